/** Entries per bucket of time and node, model or action, exactly; a segment that lies in one bucket is counted without being read. */
import type { EntryHistogram, HistogramKey } from '../../contract/entry.ts';
import { countBefore, type Match, rowAt } from './match-rows.ts';
import type { Segments } from './segments.ts';

/** Divides the time from the first to the last match into equal buckets. */
export function countByTime(
  segments: Segments,
  matches: readonly Match[],
  by: HistogramKey,
  buckets: number,
): EntryHistogram {
  if (matches.length === 0) return { fromMicros: 0, bucketMicros: 1, buckets: 0, total: 0, counts: {} };
  const { first, last } = findSpan(segments, matches);
  const bucketMicros = Math.max(1, Math.ceil((last - first + 1) / buckets));
  const tuples = segments.tuples();
  const values = [...new Set(tuples.flatMap((tuple) => (tuple ? [tuple[by]] : [])))];
  const slots = new Map(values.map((value, slot) => [value, slot]));
  const slotOf = Uint32Array.from(tuples, (tuple) => (tuple ? slots.get(tuple[by])! : 0));
  // All buckets of a value lie together: [slot * buckets + bucket].
  const counts = new Float64Array(values.length * buckets);
  const bucketOf = (ts: number): number => Math.floor((ts - first) / bucketMicros);
  let total = 0;
  for (const match of matches) {
    const { segment } = match;
    total += match.count;
    const bucket = bucketOf(segment.minTs);
    if (match.tuples && segment.minTs >= first && bucket === bucketOf(segment.maxTs)) {
      addTuples(match.tuples, slotOf, counts, bucket, buckets);
    } else {
      addRows(segments, match, slotOf, counts, { first, bucketMicros, buckets });
    }
  }
  const present = values.flatMap((value, slot) => {
    const own = [...counts.subarray(slot * buckets, (slot + 1) * buckets)];
    return own.some((count) => count > 0) ? [[value, own] as const] : [];
  });
  return { fromMicros: first, bucketMicros, buckets, total, counts: Object.fromEntries(present) };
}

/** Times of the first and the last match; segments come in the order of their first times. */
function findSpan(segments: Segments, matches: readonly Match[]): { first: number; last: number } {
  const timeAt = (match: Match, position: number): number =>
    segments.column(match.segment, 'ts')[rowAt(match, position)]!;
  let first = Number.POSITIVE_INFINITY;
  for (const match of matches) {
    if (match.segment.minTs >= first) break;
    first = Math.min(first, timeAt(match, 0));
  }
  let last = Number.NEGATIVE_INFINITY;
  for (const match of [...matches].sort((a, b) => b.segment.maxTs - a.segment.maxTs)) {
    if (match.segment.maxTs <= last) break;
    last = Math.max(last, timeAt(match, match.count - 1));
  }
  return { first, last };
}

function addTuples(
  { counts: { ids, counts }, wanted }: NonNullable<Match['tuples']>,
  slotOf: Uint32Array,
  into: Float64Array,
  bucket: number,
  buckets: number,
): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i]!;
    if (!wanted || wanted[id] === 1) into[slotOf[id]! * buckets + bucket]! += counts[i]!;
  }
}

function addRows(
  segments: Segments,
  match: Match,
  slotOf: Uint32Array,
  into: Float64Array,
  { first, bucketMicros, buckets }: { first: number; bucketMicros: number; buckets: number },
): void {
  const ts = segments.column(match.segment, 'ts');
  const tuple = segments.column(match.segment, 'tuple');
  const rows = match.rows();
  for (let position = 0; position < match.count; ) {
    const at = rows === undefined ? match.firstRow + position : rows[position]!;
    const bucket = Math.floor((ts[at]! - first) / bucketMicros);
    // Rows are in time order: those before this row share the bucket.
    const endRow = countBefore(ts, first + (bucket + 1) * bucketMicros);
    if (rows === undefined) {
      const end = Math.min(endRow, match.firstRow + match.count);
      for (let row = at; row < end; row++) into[slotOf[tuple[row]!]! * buckets + bucket]!++;
      position = end - match.firstRow;
    } else {
      while (position < match.count && rows[position]! < endRow) {
        into[slotOf[tuple[rows[position]!]!]! * buckets + bucket]!++;
        position++;
      }
    }
  }
}
