/**
 * Which rows a filter selects, segment by segment, exactly.
 *
 * Node, model, action and user become one set of tuple ids. Each segment knows how many rows each tuple has, so most
 * are counted without being read; their rows are collected only where a page or a bucket's edge lies in them. Times
 * narrow a segment by binary search, since its rows are in time order. Text is searched in the content itself.
 */
import type { EntryFilter } from '../../contract/entry.ts';
import { createFailure } from '../base/failure.ts';
import { parseTs } from '../base/timestamp.ts';
import type { Tuple } from '../batch.ts';
import type { Database } from './database.ts';
import type { SegmentHead, Segments, TupleCounts } from './segments.ts';

/** Rows of one segment that match, ascending and so in time order; at least one. */
export interface Match {
  readonly segment: SegmentHead;
  readonly count: number;
  /** Set where rows are chosen by their tuple alone and from the whole segment: how many each has. */
  readonly tuples: { readonly counts: TupleCounts; readonly wanted: Uint8Array | undefined } | undefined;
  /** The rows; undefined stands for all `count` from `firstRow` on. Collected when first asked for. */
  readonly rows: () => Uint32Array | undefined;
  readonly firstRow: number;
}

/** The row at a position among a match's rows. */
export function rowAt(match: Match, position: number): number {
  const rows = match.rows();
  return rows === undefined ? match.firstRow + position : rows[position]!;
}

/** All matches in the order of segments, text left aside. Failure: `bad-request` for a time that is none. */
export function matchRows(db: Database, segments: Segments, filter: EntryFilter): Match[] {
  const from = readBound(filter.from, Number.NEGATIVE_INFINITY);
  const to = readBound(filter.to, Number.POSITIVE_INFINITY);
  const record = readRecord(filter.record);
  const wanted = selectTuples(segments.tuples(), filter, record?.model);
  const files = filter.path && new Set(filter.path.map((path) => findFile(db, path)));
  const conditions = { from, to, wanted, resIds: record && segments.findResIds(record.resId) };
  const matches: Match[] = [];
  for (const segment of segments.list()) {
    if (files && !files.has(segment.file)) continue;
    if (segment.rows === 0 || segment.maxTs < from || segment.minTs >= to) continue;
    const match = matchSegment(segments, segment, conditions);
    if (match) matches.push(match);
  }
  return matches;
}

interface Conditions {
  readonly from: number;
  readonly to: number;
  /** A 1 for each tuple that is wanted; undefined where all are. */
  readonly wanted: Uint8Array | undefined;
  readonly resIds: readonly number[] | undefined;
}

function matchSegment(
  segments: Segments,
  segment: SegmentHead,
  { from, to, wanted, resIds }: Conditions,
): Match | undefined {
  const counts = segments.tupleCounts(segment);
  const inSegment = wanted ? sumWanted(counts, wanted) : segment.rows;
  if (inSegment === 0) return undefined;
  const firstRow = segment.minTs >= from ? 0 : countBefore(segments.column(segment, 'ts'), from);
  const endRow = segment.maxTs < to ? segment.rows : countBefore(segments.column(segment, 'ts'), to);
  // A period that ends before it begins has none.
  if (firstRow >= endRow) return undefined;
  const isWhole = firstRow === 0 && endRow === segment.rows;
  if (resIds) {
    const tuple = wanted && inSegment < segment.rows ? segments.column(segment, 'tuple') : undefined;
    const isWanted = tuple && ((row: number) => wanted![tuple[row]!] === 1);
    return matchOf(segment, collectRecord(segments, segment, resIds, firstRow, endRow, isWanted));
  }
  if (inSegment === segment.rows) {
    const tuples = isWhole ? { counts, wanted: undefined } : undefined;
    return { segment, count: endRow - firstRow, tuples, rows: () => undefined, firstRow };
  }
  const collect = (): Uint32Array =>
    collectWanted(segments.column(segment, 'tuple'), wanted!, firstRow, endRow, inSegment);
  if (!isWhole) return matchOf(segment, collect());
  let rows: Uint32Array | undefined;
  return {
    segment,
    count: inSegment,
    tuples: { counts, wanted },
    rows: () => (rows ??= collect()),
    firstRow: 0,
  };
}

/** A match of exactly these rows; undefined where there is none. */
export function matchOf(segment: SegmentHead, rows: Uint32Array): Match | undefined {
  if (rows.length === 0) return undefined;
  return { segment, count: rows.length, tuples: undefined, rows: () => rows, firstRow: rows[0]! };
}

function sumWanted({ ids, counts }: TupleCounts, wanted: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < ids.length; i++) if (wanted[ids[i]!] === 1) sum += counts[i]!;
  return sum;
}

function collectWanted(
  tuple: Uint32Array | Uint16Array,
  wanted: Uint8Array,
  firstRow: number,
  endRow: number,
  most: number,
): Uint32Array {
  const rows = new Uint32Array(Math.min(most, endRow - firstRow));
  let count = 0;
  for (let row = firstRow; row < endRow; row++) if (wanted[tuple[row]!] === 1) rows[count++] = row;
  return rows.subarray(0, count);
}

function collectRecord(
  segments: Segments,
  segment: SegmentHead,
  resIds: readonly number[],
  firstRow: number,
  endRow: number,
  wanted: ((row: number) => boolean) | undefined,
): Uint32Array {
  const res = segments.column(segment, 'res');
  const rows: number[] = [];
  for (const id of resIds) {
    for (let row = res.indexOf(id, firstRow); row >= 0 && row < endRow; row = res.indexOf(id, row + 1)) {
      if (!wanted || wanted(row)) rows.push(row);
    }
  }
  return Uint32Array.from(rows).sort();
}

/** How many of the ascending times are before `bound`. */
export function countBefore(ts: Float64Array, bound: number): number {
  let low = 0;
  let high = ts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ts[middle]! < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

function readBound(text: string | undefined, none: number): number {
  if (text === undefined) return none;
  const micros = parseTs(text.length === 10 ? `${text}T00:00:00Z` : text);
  if (Number.isNaN(micros))
    throw createFailure('bad-request', 'a time is written as ISO 8601', { subject: text });
  return micros;
}

/** `model,id`, or an id alone; a string res_id keeps its quotes as JSON text. */
function readRecord(record: string | undefined): { model: string | undefined; resId: string } | undefined {
  if (record === undefined) return undefined;
  const comma = record.indexOf(',');
  return comma < 0
    ? { model: undefined, resId: record.trim() }
    : { model: record.slice(0, comma).trim(), resId: record.slice(comma + 1).trim() };
}

/** A 1 for each wanted tuple id; undefined where every tuple is. */
function selectTuples(
  tuples: readonly (Tuple | undefined)[],
  filter: EntryFilter,
  model: string | undefined,
): Uint8Array | undefined {
  const { node, model: models, action, user } = filter;
  if (!node && !models && !action && !user && model === undefined) return undefined;
  return Uint8Array.from(tuples, (tuple) =>
    tuple !== undefined &&
    (!node || node.includes(tuple.node)) &&
    (!models || models.includes(tuple.model)) &&
    (model === undefined || tuple.model === model) &&
    (!action || action.includes(tuple.action)) &&
    (!user || user.includes(tuple.userLogin) || user.includes(tuple.userId))
      ? 1
      : 0,
  );
}

function findFile(db: Database, path: string): number | undefined {
  const find = db.prepare("SELECT id FROM file WHERE path = ? AND state = 'current'").pluck();
  return find.get(path) as number | undefined;
}
