/**
 * What a file's name tells. Two naming schemes are known: `audit.jsonl` rotated to `audit.jsonl.2024-01-15`, and
 * `audit-2024-01-15.jsonl`; each also as logrotate goes on to name it (`.1`, `-20240115`) and compressed.
 */
import { daysFromCivil } from '../../base/timestamp.ts';

const DAY = '\\d{4}-\\d\\d-\\d\\d';
const SCHEME = new RegExp(
  `^audit(?:-(?:${DAY}|\\d{8}))?\\.jsonl(?:[.-](?:${DAY}|\\d{8}|\\d{1,5}|gz|zst|zstd|bz2|xz|lz4|lzma|z|7z|rar))*$`,
  'i',
);
const DATE = /(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)|(?<!\d)(\d{4})(\d\d)(\d\d)(?!\d)/;
/** Formats that are a zip inside and never hold logs: not worth a list of their parts. */
const DOCUMENT = /\.(?:docx|xlsx|pptx|od[pst]|epub|jar|apk|whl)$/i;

/** Whether a file's name (without folders) fits one of the naming schemes. */
export function isSchemeName(name: string): boolean {
  return SCHEME.test(name);
}

/** Whether a zip of this name is a document or a program, not an archive somebody packed. */
export function isDocumentName(name: string): boolean {
  return DOCUMENT.test(name);
}

/** The day in a file's name, `YYYY-MM-DD`; undefined where there is none or no such day. */
export function readDay(name: string): string | undefined {
  const match = DATE.exec(name);
  if (!match) return undefined;
  const [year, month, day] = [match[1] ?? match[4], match[2] ?? match[5], match[3] ?? match[6]];
  if (Number.isNaN(daysFromCivil(Number(year), Number(month), Number(day)))) return undefined;
  return `${year}-${month}-${day}`;
}

/** The last part of a path with `/`. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Makes a member's name a relative path: it is a label only, and leads nowhere. */
export function normaliseMemberName(name: string): string {
  const parts = name.replaceAll('\\', '/').split('/');
  return parts.filter((part) => part !== '' && part !== '.' && part !== '..').join('/') || '_';
}

/** Orders paths folder by folder, runs of digits compared as numbers; the same on every system and in every locale. */
export function comparePaths(a: string, b: string): number {
  const left = a.split('/');
  const right = b.split('/');
  for (let at = 0; at < left.length && at < right.length; at++) {
    const order = compareNames(left[at]!, right[at]!);
    if (order !== 0) return order;
  }
  return left.length - right.length || compareText(a, b);
}

function compareNames(a: string, b: string): number {
  const left = splitDigits(a);
  const right = splitDigits(b);
  for (let at = 0; at < left.length && at < right.length; at++) {
    const order = comparePart(left[at]!, right[at]!, at % 2 === 1);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** Text and digits in turn, text first. */
function splitDigits(name: string): string[] {
  return name.split(/(\d+)/);
}

function comparePart(a: string, b: string, isDigits: boolean): number {
  if (!isDigits) return compareText(a, b);
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
