/**
 * One entry for a person to look at: its values with the text they were written with. `1.0`, `NaN`, 2^63 and
 * duplicate keys survive, since nothing is parsed into a number or an object.
 */
import type { WrittenValue } from '../../contract/entry.ts';
import { canonicalForm } from './canonical-form.ts';
import { readText } from './dictionary.ts';
import { FIELD_NAMES } from './scan-json.ts';

export interface EntryValues {
  readonly oldValues: readonly WrittenValue[];
  readonly newValues: readonly WrittenValue[];
  /** Top-level keys without a column of their own. */
  readonly extra: readonly WrittenValue[];
}

/** A key of an object, and where its value lies. */
export interface Member {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

const decoder = new TextDecoder();
const columns: ReadonlySet<string> = new Set(FIELD_NAMES.filter((name) => name !== 'type'));

/** Reads an entry's bytes; of a torn one whatever is whole. */
export function readEntry(bytes: Uint8Array): EntryValues {
  const members = listMembers(bytes, 0);
  const data = members.findLast(({ key }) => key === 'data');
  const inData = data ? listMembers(bytes, data.from) : [];
  const values = (inner: string, top: string): WrittenValue[] => {
    const found = inData.findLast(({ key }) => key === inner) ?? members.findLast(({ key }) => key === top);
    return found ? listMembers(bytes, found.from).map((member) => writeValue(bytes, member)) : [];
  };
  const extraInData = inData.filter(({ key }) => key !== 'old' && key !== 'new');
  return {
    oldValues: values('old', 'old_values'),
    newValues: values('new', 'new_values'),
    extra: [
      ...members.filter(({ key }) => !columns.has(key)).map((member) => writeValue(bytes, member)),
      ...extraInData.map((member) => writeValue(bytes, { ...member, key: `data.${member.key}` })),
    ],
  };
}

/** The timestamp of an entry's bytes, as written; empty where it has none. */
export function readWrittenTs(bytes: Uint8Array): string {
  const start = bytes[0] === 0x7b ? 0 : -1;
  const ts = listMembers(bytes, start).findLast(({ key }) => key === 'ts');
  return ts ? safeText(bytes.subarray(ts.from, ts.to)) : '';
}

/** A key as a path (`data.new.phone`), and its value in each line as written; absent where a line lacks the key. */
export interface Difference {
  readonly key: string;
  readonly one?: string;
  readonly other?: string;
}

/** Objects whose keys are told one by one; what lies deeper is a value. */
const OPENED: ReadonlySet<string> = new Set(['data', 'data.old', 'data.new', 'old_values', 'new_values']);

/** Lists the keys whose values differ by more than spelling. Of a key that is written twice the last one counts. */
export function listDifferences(one: Uint8Array, other: Uint8Array): Difference[] {
  const ours = flatten(one, 0, '');
  const theirs = flatten(other, 0, '');
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((key): Difference[] => {
    const [a, b] = [ours.get(key), theirs.get(key)];
    if (a && b && canonicalForm(a) === canonicalForm(b)) return [];
    return [{ key, ...(a && { one: decoder.decode(a) }), ...(b && { other: decoder.decode(b) }) }];
  });
}

function flatten(bytes: Uint8Array, open: number, prefix: string): Map<string, Uint8Array> {
  const found = new Map<string, Uint8Array>();
  for (const { key: name, from, to } of listMembers(bytes, open)) {
    const key = prefix + name;
    if (OPENED.has(key) && bytes[from] === 0x7b) {
      for (const [inner, value] of flatten(bytes, from, `${key}.`)) found.set(inner, value);
    } else {
      found.set(key, bytes.subarray(from, to));
    }
  }
  return found;
}

function writeValue(bytes: Uint8Array, { key, from, to }: Member): WrittenValue {
  return { key, text: decoder.decode(bytes.subarray(from, to)) };
}

/** Members of the object whose brace is at `open` (-1: just before the first byte); ends where the text stops being one. */
export function listMembers(bytes: Uint8Array, open: number): Member[] {
  const members: Member[] = [];
  let p = open + 1;
  if (open >= 0 && bytes[open] !== 0x7b) return members;
  for (;;) {
    p = skipSpace(bytes, p);
    if (bytes[p] !== 0x22) return members;
    const keyTo = skipString(bytes, p);
    const colon = skipSpace(bytes, keyTo);
    if (bytes[colon] !== 0x3a) return members;
    const from = skipSpace(bytes, colon + 1);
    const to = skipValue(bytes, from);
    const next = skipSpace(bytes, to);
    if (to <= from || next >= bytes.length) return members;
    members.push({ key: safeText(bytes.subarray(p, keyTo)), from, to });
    if (bytes[next] !== 0x2c) return members;
    p = next + 1;
  }
}

function skipValue(bytes: Uint8Array, from: number): number {
  let p = from;
  let depth = 0;
  while (p < bytes.length) {
    const byte = bytes[p]!;
    if (byte === 0x22) {
      p = skipString(bytes, p);
    } else {
      if (byte === 0x7b || byte === 0x5b) depth++;
      else if (byte === 0x7d || byte === 0x5d) {
        if (depth === 0) break;
        depth--;
      } else if (depth === 0 && (byte === 0x2c || byte <= 0x20)) break;
      p++;
    }
    if (
      depth === 0 &&
      p < bytes.length &&
      (bytes[p - 1] === 0x7d || bytes[p - 1] === 0x5d || bytes[p - 1] === 0x22)
    )
      break;
  }
  return p;
}

function skipString(bytes: Uint8Array, from: number): number {
  let p = from + 1;
  while (p < bytes.length && bytes[p] !== 0x22) p += bytes[p] === 0x5c ? 2 : 1;
  return Math.min(p + 1, bytes.length);
}

function skipSpace(bytes: Uint8Array, from: number): number {
  let p = from;
  while (p < bytes.length && bytes[p]! <= 0x20) p++;
  return p;
}

/** A key of a damaged line may hold what JSON forbids; it is then shown as written. */
function safeText(written: Uint8Array): string {
  try {
    return readText(written);
  } catch {
    return decoder.decode(written);
  }
}
