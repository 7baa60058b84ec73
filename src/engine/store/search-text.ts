/**
 * Text search, ignoring case, in what a person would read (decoded values) and in the raw bytes.
 *
 * A stretch of content is searched as one string of single-byte characters, so positions are byte offsets. That
 * finds ASCII text as written. Text beyond ASCII may be written as UTF-8 or as escapes, and case then has no
 * single-byte form: those rows are decoded one by one.
 */

import type { Database } from './database.ts';
import type { Match } from './match-rows.ts';
import { rowAt } from './match-rows.ts';
import { readContent } from './read-content.ts';
import type { Segments } from './segments.ts';

const utf8 = new TextDecoder();
/** What an ASCII text can be written as only in one way: no quote, backslash, slash or control. */
const PLAIN = /^[ !#-.0-[\]-~]+$/;
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|(.))/g;
const SIMPLE: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

export function searchText(db: Database, segments: Segments, match: Match, text: string): Match {
  if (match.count === 0) return match;
  const { segment } = match;
  const content = readContent(
    db,
    segment.file,
    segment.offsetBytes,
    segment.offsetBytes + segment.lengthBytes,
  );
  const offset = segments.column(segment, 'offset');
  const length = segments.column(segment, 'length');
  const needle = text.toLowerCase();
  const contains = PLAIN.test(text)
    ? createPlainSearch(content, needle)
    : (from: number, to: number) => {
        const line = utf8.decode(content.subarray(from, to));
        return line.toLowerCase().includes(needle) || decodeEscapes(line).toLowerCase().includes(needle);
      };
  const rows = new Uint32Array(match.count);
  let count = 0;
  for (let position = 0; position < match.count; position++) {
    const row = rowAt(match, position);
    if (contains(offset[row]!, offset[row]! + length[row]!)) rows[count++] = row;
  }
  return { ...match, rows: rows.slice(0, count), count };
}

/** Finds all places once; a row contains the text where a place lies wholly inside it. */
function createPlainSearch(content: Uint8Array, needle: string): (from: number, to: number) => boolean {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const folded = bytes.toString('latin1').toLowerCase();
  const places: number[] = [];
  for (let at = folded.indexOf(needle); at >= 0; at = folded.indexOf(needle, at + 1)) places.push(at);
  return (from, to) => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[middle]! < from) low = middle + 1;
      else high = middle;
    }
    return low < places.length && places[low]! + needle.length <= to;
  };
}

/** JSON string escapes as the characters they stand for, wherever they are in the line. */
function decodeEscapes(line: string): string {
  return line.replace(ESCAPE, (_, hex: string | undefined, simple: string | undefined) =>
    hex === undefined ? (SIMPLE[simple!] ?? simple!) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
