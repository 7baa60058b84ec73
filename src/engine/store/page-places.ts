/**
 * Rows by their position among all that match, in time order, segment order among equals.
 *
 * Segments overlap in time. Their bounds alone narrow the time at a position to a stretch that few segments reach into;
 * only in those are rows collected, counted and merged.
 */
import { countBefore, type Match, rowAt } from './match-rows.ts';
import type { SegmentHead, Segments } from './segments.ts';

/** A part of all that matches. */
export interface PageOptions {
  readonly order: 'oldest-first' | 'newest-first';
  readonly offset: number;
  readonly limit: number;
}

export interface Place {
  readonly match: Match;
  readonly row: number;
}

/** The rows at positions [from, to), which must be there. */
export function listPlaces(segments: Segments, matches: readonly Match[], from: number, to: number): Place[] {
  const start = findTimeAt(segments, matches, from);
  let skip = from;
  const waiting: Match[] = [];
  const open: Cursor[] = [];
  for (const match of matches) {
    const before = countMatchesBefore(segments, match, start);
    skip -= before;
    if (before === match.count) continue;
    if (before === 0 && match.segment.minTs > start) waiting.push(match);
    else open.push(new Cursor(segments, match, before));
  }
  waiting.reverse();
  const places: Place[] = [];
  while (places.length < to - from) {
    let best = findEarliest(open);
    // Matches come in the order of their segments' first times.
    while (waiting.length > 0 && !(best && best.ts < waiting.at(-1)!.segment.minTs)) {
      open.push(new Cursor(segments, waiting.pop()!, 0));
      best = findEarliest(open);
    }
    // Rows of one time may lie in several segments; those before the position are passed over.
    if (skip > 0) skip--;
    else places.push({ match: best!.match, row: best!.row });
    if (!best!.advance()) open.splice(open.indexOf(best!), 1);
  }
  return places;
}

/** The position of a row among all that match: the reverse of `listPlaces`; undefined where it does not match. */
export function findPosition(
  segments: Segments,
  matches: readonly Match[],
  { id }: SegmentHead,
  row: number,
): number | undefined {
  const own = matches.findIndex(({ segment }) => segment.id === id);
  const match = matches[own];
  if (!match) return undefined;
  const ts = segments.column(match.segment, 'ts')[row]!;
  const within = findRow(match, row);
  if (within === undefined) return undefined;
  let position = within;
  for (const [index, other] of matches.entries()) {
    // Matches come in the order of segments, which decides among equal times; times are whole microseconds.
    if (index !== own) position += countMatchesBefore(segments, other, index < own ? ts + 1 : ts);
  }
  return position;
}

/** Where a row stands in its match. */
function findRow(match: Match, row: number): number | undefined {
  let low = 0;
  let high = match.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rowAt(match, middle) < row) low = middle + 1;
    else high = middle;
  }
  return low < match.count && rowAt(match, low) === row ? low : undefined;
}

class Cursor {
  readonly match: Match;
  readonly #ts: Float64Array;
  #position: number;

  constructor(segments: Segments, match: Match, position: number) {
    this.match = match;
    this.#ts = segments.column(match.segment, 'ts');
    this.#position = position;
  }

  get row(): number {
    return rowAt(this.match, this.#position);
  }

  get ts(): number {
    return this.#ts[this.row]!;
  }

  /** False at the end. */
  advance(): boolean {
    return ++this.#position < this.match.count;
  }
}

function findEarliest(open: readonly Cursor[]): Cursor | undefined {
  let best: Cursor | undefined;
  for (const cursor of open) {
    if (!best || cursor.ts < best.ts || (cursor.ts === best.ts && isEarlier(cursor, best))) best = cursor;
  }
  return best;
}

function isEarlier({ match: { segment } }: Cursor, { match: { segment: other } }: Cursor): boolean {
  return (
    segment.minTs < other.minTs ||
    (segment.minTs === other.minTs && (segment.file - other.file || segment.firstLine - other.firstLine) < 0)
  );
}

/** The greatest time before which there are at most `position` matches. */
function findTimeAt(segments: Segments, matches: readonly Match[], position: number): number {
  let { low, high } = narrowByBounds(matches, position);
  while (low < high) {
    const middle = low + Math.ceil((high - low) / 2);
    let before = 0;
    for (const match of matches) before += countMatchesBefore(segments, match, middle);
    if (before <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Of all bounds, the last with at most `position` matches before it for certain, and the first with more for certain. */
function narrowByBounds(matches: readonly Match[], position: number): { low: number; high: number } {
  const begins = matches.map(({ segment, count }) => ({ ts: segment.minTs, count }));
  const ends = matches
    .map(({ segment, count }) => ({ ts: segment.maxTs, count }))
    .sort((a, b) => a.ts - b.ts);
  let low = begins[0]!.ts;
  for (let i = 0, begun = 0; i < begins.length && begun <= position; i++) {
    low = begins[i]!.ts;
    begun += begins[i]!.count;
  }
  let high = ends.at(-1)!.ts;
  for (let i = 0, ended = 0; i < ends.length && ended <= position; i++) {
    high = ends[i]!.ts;
    ended += ends[i]!.count;
  }
  return { low, high };
}

function countMatchesBefore(segments: Segments, match: Match, ts: number): number {
  const { segment, count, firstRow } = match;
  if (segment.minTs >= ts) return 0;
  if (segment.maxTs < ts) return count;
  const times = segments.column(segment, 'ts');
  const rows = match.rows();
  if (rows === undefined) return Math.min(Math.max(countBefore(times, ts) - firstRow, 0), count);
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[rows[middle]!]! < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
