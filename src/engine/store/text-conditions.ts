/**
 * A filter's conditions on text: substrings by their needles, regular expressions entry by entry, each also negated.
 *
 * A pattern is a person's and runs on V8's engine, which may take exponential time on some: it runs on a search thread,
 * which is ended where one segment takes too long (search-entries.ts).
 */
import type { EntryFilter } from '../../contract/entry.ts';
import { createFailure } from '../base/failure.ts';
import type { Database } from './database.ts';
import { compileNeedle } from './needle.ts';
import { readContent } from './read-content.ts';
import { findRows } from './search-text.ts';
import type { SegmentHead, Segments } from './segments.ts';

/** What of a filter is about text; plain data, for threads. */
export type TextFilter = Pick<EntryFilter, 'text' | 'pattern'> & {
  readonly not?: Pick<EntryFilter, 'text' | 'pattern'>;
};

/** Rows of a segment for which all conditions hold, ascending. */
export type FindText = (db: Database, segments: Segments, segment: SegmentHead) => Uint32Array;

/** The conditions on text; undefined where a filter has none. */
export function pickText({ text, pattern, not }: EntryFilter): TextFilter | undefined {
  if (!text && !pattern && !not?.text && !not?.pattern) return undefined;
  return {
    ...(text ? { text } : {}),
    ...(pattern ? { pattern } : {}),
    ...(not?.text || not?.pattern ? { not: { text: not.text, pattern: not.pattern } } : {}),
  };
}

/** True where a condition's time has no bound that follows from its content's size. */
export function hasPattern({ pattern, not }: TextFilter): boolean {
  return pattern !== undefined || not?.pattern !== undefined;
}

/** Compiles conditions. Failure: `bad-request` for a pattern that is none. */
export function compileText({ text, pattern, not = {} }: TextFilter): FindText {
  const wanted = [...listSearches(text, pattern)];
  const refused = [...listSearches(not.text, not.pattern)];
  return (db, segments, segment) => {
    let kept: Uint32Array | undefined;
    for (const find of wanted) kept = find(db, segments, segment, kept);
    kept ??= Uint32Array.from({ length: segment.rows }, (_, row) => row);
    for (const find of refused) {
      if (kept.length === 0) break;
      const leftOut = new Set(find(db, segments, segment, kept));
      kept = kept.filter((row) => !leftOut.has(row));
    }
    return kept;
  };
}

/** Rows for which one condition holds, of those that are left where some are. */
type Search = (db: Database, segments: Segments, segment: SegmentHead, among?: Uint32Array) => Uint32Array;

function* listSearches(text: string | undefined, pattern: string | undefined): Iterable<Search> {
  if (text) {
    const needle = compileNeedle(text);
    yield (db, segments, segment, among) => {
      const found = findRows(db, segments, segment, needle);
      if (!among) return found;
      const both = new Set(among);
      return found.filter((row) => both.has(row));
    };
  }
  if (pattern) {
    const compiled = compilePattern(pattern);
    yield (db, segments, segment, among) => matchPattern(db, segments, segment, compiled, among);
  }
}

/** As `EntryFilter.pattern` says. Failure: `bad-request`. */
function compilePattern(pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'iu');
  } catch (cause) {
    throw createFailure('bad-request', 'this is no regular expression', { subject: pattern, cause });
  }
}

function matchPattern(
  db: Database,
  segments: Segments,
  segment: SegmentHead,
  pattern: RegExp,
  among: Uint32Array = Uint32Array.from({ length: segment.rows }, (_, row) => row),
): Uint32Array {
  if (among.length === 0) return among;
  const { file, offsetBytes, lengthBytes } = segment;
  const whole = readContent(db, file, offsetBytes, offsetBytes + lengthBytes);
  const content = Buffer.from(whole.buffer, whole.byteOffset, whole.byteLength);
  const offset = segments.column(segment, 'offset');
  const length = segments.column(segment, 'length');
  return among.filter((row) => {
    const line = content.toString('utf8', offset[row]!, offset[row]! + length[row]!);
    return pattern.test(line) || (line.includes('\\') && pattern.test(decodeEscapes(line)));
  });
}

const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The line with JSON's escapes decoded; what is no escape stays. */
function decodeEscapes(line: string): string {
  return line.replace(/\\(?:u([0-9a-f]{4})|(["\\/bfnrt]))/gi, (_, hex: string | undefined, short: string) =>
    hex === undefined ? (SHORT[short] ?? short) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
