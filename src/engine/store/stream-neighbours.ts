/** The entries just before and just after one in its stream, by seq. */
import { type Match, rowAt } from './match-rows.ts';
import { findPosition, listPlaces } from './page-places.ts';
import type { SegmentHead, Segments } from './segments.ts';
import type { StreamBook } from './stream-book.ts';

export interface RowPlace {
  readonly segment: SegmentHead;
  readonly row: number;
}

export interface RowNeighbours {
  readonly before: RowPlace | undefined;
  readonly after: RowPlace | undefined;
}

/** So many of a node's entries on either side are looked at before all are: a stream's are near each other. */
const NEAR = 400;

/**
 * Finds them among `matches`, which hold all of the entry's node. Breathes, where it takes longer, by yielding; beyond a
 * gap, and where a clock was set back, the next seq may be anywhere.
 */
export function* findStreamNeighbours(
  segments: Segments,
  book: StreamBook,
  matches: readonly Match[],
  { segment, row }: RowPlace,
): Generator<undefined, RowNeighbours, undefined> {
  const number = book.read(segments, segment).numbers[row]!;
  const stream = book.labels.streams[number - 1];
  if (!stream) return { before: undefined, after: undefined };
  const own = segments.column(segment, 'seq')[row]!;
  let [lower, upper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  let before: RowPlace | undefined;
  let after: RowPlace | undefined;
  const look = (
    at: SegmentHead,
    numbers: Uint16Array | Uint32Array,
    seqs: Float64Array,
    other: number,
  ): void => {
    if (numbers[other] !== number) return;
    const seq = seqs[other]!;
    if (seq < own && seq > lower) {
      lower = seq;
      before = { segment: at, row: other };
    } else if (seq > own && seq < upper) {
      upper = seq;
      after = { segment: at, row: other };
    }
  };
  const position = findPosition(segments, matches, segment, row);
  if (position !== undefined) {
    const total = matches.reduce((sum, { count }) => sum + count, 0);
    const [from, to] = [Math.max(0, position - NEAR), Math.min(total, position + NEAR + 1)];
    for (const { match, row: other } of listPlaces(segments, matches, from, to)) {
      look(
        match.segment,
        book.read(segments, match.segment).numbers,
        segments.column(match.segment, 'seq'),
        other,
      );
    }
  }
  const isSure =
    (lower === own - 1 || own === stream.firstSeq) && (upper === own + 1 || own === stream.lastSeq);
  if (isSure) return { before, after };
  for (const match of matches) {
    yield;
    const { numbers, present } = book.read(segments, match.segment);
    if (!present.has(number)) continue;
    const seqs = segments.column(match.segment, 'seq');
    for (let at = 0; at < match.count; at += 1) look(match.segment, numbers, seqs, rowAt(match, at));
  }
  return { before, after };
}
