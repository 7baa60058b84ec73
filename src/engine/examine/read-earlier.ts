/**
 * What was recorded of a log before: an earlier report of ours, a document that was composed of one, or a list of SHA-256
 * sums, whatever tool wrote it.
 */
import { readFileSync } from 'node:fs';
import { EarlierReport } from '../../contract/report.ts';
import { createFailure } from '../base/failure.ts';

export interface EarlierFile {
  /** As it was recorded, with `/`. */
  readonly path: string;
  readonly sha256: string;
  /** Undefined in a list of sums, which has no sizes. */
  readonly contentBytes: number | undefined;
  readonly contentSha256: string;
  readonly entries: number | undefined;
}

export interface EarlierRecord {
  readonly kind: 'report' | 'sha256sums';
  readonly files: readonly EarlierFile[];
}

/** GNU coreutils: `HASH  NAME`, `HASH *NAME` in binary mode, with a backslash before it where the name is escaped. */
const GNU_LINE = /^(\\?)([0-9a-f]{64}) [ *](.+)$/i;
/** BSD, `sha256sum --tag` and openssl: `SHA256 (NAME) = HASH`, `SHA2-256(NAME)= HASH`. */
const TAG_LINE = /^(\\?)SHA(?:2-)?256 ?\((.+)\) ?= ([0-9a-f]{64})$/i;

/** Reads the record before any work is done. Failure: `comparison-unreadable`. */
export function readEarlier(file: string): EarlierRecord {
  const fail = (cause: unknown): never => {
    throw createFailure('comparison-unreadable', 'this is neither a report of ours nor a SHA256SUMS', {
      subject: file,
      cause,
    });
  };
  let text = '';
  try {
    text = decodeText(readFileSync(file));
  } catch (cause) {
    fail(cause);
  }
  if (!text.trimStart().startsWith('{')) {
    const files = readSums(text);
    return files && files.length > 0 ? { kind: 'sha256sums', files } : fail('no sum in some line');
  }
  try {
    return { kind: 'report', files: readReport(text) };
  } catch (cause) {
    return fail(cause);
  }
}

/** PowerShell's `>` writes UTF-16 with a byte order mark. */
function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

function readReport(text: string): EarlierFile[] {
  const recorded = JSON.parse(text);
  // A document holds its report, with the files where their hashes were chosen.
  const isDocument = String(recorded.format).startsWith('unbroken.document/');
  const report = EarlierReport.parse(isDocument ? recorded.report : recorded);
  return report.files.map(({ path, bytes, sha256, contentBytes, contentSha256, entries }) => ({
    path,
    sha256,
    entries,
    contentBytes: contentBytes ?? bytes,
    contentSha256: contentSha256 ?? sha256,
  }));
}

/** Undefined where some line is none: a record that was read in part would seem to vouch for all. */
function readSums(text: string): EarlierFile[] | undefined {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '' && !line.startsWith('#'));
  const files = lines.map((line) => {
    const gnu = GNU_LINE.exec(line);
    const tag = TAG_LINE.exec(line);
    const [mark, name = '', hash = ''] = gnu ? [gnu[1], gnu[3], gnu[2]] : [tag?.[1], tag?.[2], tag?.[3]];
    const sha256 = hash.toLowerCase();
    const path = (mark ? unescapeName(name) : name.replaceAll('\\', '/')).replace(/^(\.\/)+/, '');
    return { path, sha256, contentSha256: sha256, contentBytes: undefined, entries: undefined };
  });
  return files.every(({ sha256 }) => sha256 !== '') ? files : undefined;
}

function unescapeName(name: string): string {
  return name.replace(/\\([\\nr])/g, (_, code: string) => (code === 'n' ? '\n' : code === 'r' ? '\r' : '\\'));
}
