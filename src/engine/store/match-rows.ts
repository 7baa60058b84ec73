/**
 * Which rows a filter selects, segment by segment, exactly.
 *
 * Node, model, action and user become one set of tuple ids. Each segment knows how many rows each tuple has, so most
 * are counted without being read; their rows are collected only where a page or a bucket's edge lies in them. Times
 * narrow a segment by binary search, since its rows are in time order. Text, findings and marks narrow what is found here.
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

/** All matches in the order of segments by columns alone. Failure: `bad-request` for a time that is none. */
export function matchRows(db: Database, segments: Segments, filter: EntryFilter): Match[] {
  const from = readBound(filter.from, Number.NEGATIVE_INFINITY);
  const to = readBound(filter.to, Number.POSITIVE_INFINITY);
  const files = filter.path && new Set(filter.path.map((path) => findFile(db, path)));
  const leftOut = new Set(filter.not?.path?.map((path) => findFile(db, path)));
  const conditions = {
    from,
    to,
    wanted: selectTuples(segments.tuples(), filter),
    records: filter.record && selectRecords(segments, filter.record),
    others: selectRecords(segments, filter.not?.record ?? []),
  };
  const matches: Match[] = [];
  for (const segment of segments.list()) {
    if (leftOut.has(segment.file) || (files && !files.has(segment.file))) continue;
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
  readonly records: readonly RecordIds[] | undefined;
  /** Records whose entries are left out. */
  readonly others: readonly RecordIds[];
}

function matchSegment(
  segments: Segments,
  segment: SegmentHead,
  { from, to, wanted, records, others }: Conditions,
): Match | undefined {
  const counts = segments.tupleCounts(segment);
  const inSegment = wanted ? sumWanted(counts, wanted) : segment.rows;
  if (inSegment === 0) return undefined;
  const firstRow = segment.minTs >= from ? 0 : countBefore(segments.column(segment, 'ts'), from);
  const endRow = segment.maxTs < to ? segment.rows : countBefore(segments.column(segment, 'ts'), to);
  // A period that ends before it begins has none.
  if (firstRow >= endRow) return undefined;
  const isWhole = firstRow === 0 && endRow === segment.rows;
  const isAll = inSegment === segment.rows;
  if (records || others.length > 0) {
    const tuple = isAll ? undefined : segments.column(segment, 'tuple');
    const isWanted = tuple && ((row: number) => wanted![tuple[row]!] === 1);
    const found = records
      ? collectRecords(segments, segment, records, firstRow, endRow)
      : Uint32Array.from({ length: endRow - firstRow }, (_, at) => firstRow + at);
    const leftOut = new Set(collectRecords(segments, segment, others, firstRow, endRow));
    return matchOf(
      segment,
      found.filter((row) => !leftOut.has(row) && (!isWanted || isWanted(row))),
    );
  }
  if (isAll) {
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

/** Rows of any of the records, ascending. */
function collectRecords(
  segments: Segments,
  segment: SegmentHead,
  records: readonly RecordIds[],
  firstRow: number,
  endRow: number,
): Uint32Array {
  if (records.length === 0) return new Uint32Array();
  const res = segments.column(segment, 'res');
  const rows = new Set<number>();
  for (const { resIds, tuples } of records) {
    const tuple = tuples && segments.column(segment, 'tuple');
    for (const id of resIds) {
      for (let row = res.indexOf(id, firstRow); row >= 0 && row < endRow; row = res.indexOf(id, row + 1)) {
        if (!tuple || tuples[tuple[row]!] === 1) rows.add(row);
      }
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

/** Values of res_id that stand for a record, and the tuples of its model; undefined where any model will do. */
interface RecordIds {
  readonly resIds: readonly number[];
  readonly tuples: Uint8Array | undefined;
}

/** Each is `model,id`, or an id alone; a string res_id keeps its quotes as JSON text. */
function selectRecords(segments: Segments, records: readonly string[]): RecordIds[] {
  const models = listModels(segments.tuples());
  return records
    .flatMap((record) => readRecord(record, models))
    .map(({ model, resId }) => {
      const isOf = (tuple: Tuple | undefined): number => (tuple?.model === model ? 1 : 0);
      const tuples = model === undefined ? undefined : Uint8Array.from(segments.tuples(), isOf);
      return { resIds: segments.findResIds(resId), tuples };
    });
}

function listModels(tuples: readonly (Tuple | undefined)[]): ReadonlySet<string> {
  return new Set(tuples.flatMap((tuple) => (tuple ? tuple.model : [])));
}

interface RecordReading {
  /** Undefined where any model will do. */
  readonly model: string | undefined;
  readonly resId: string;
}

/** A model's name and an id may both hold commas: every comma after a model that the log has is one reading. */
function readRecord(record: string, models: ReadonlySet<string>): RecordReading[] {
  const text = record.trim();
  const readings: RecordReading[] = /^[["{]|^[^,]*$/.test(text) ? [{ model: undefined, resId: text }] : [];
  for (let at = record.indexOf(','); at >= 0; at = record.indexOf(',', at + 1)) {
    const written = record.slice(0, at);
    const model = models.has(written) ? written : written.trim();
    if (models.has(model)) readings.push({ model, resId: record.slice(at + 1).trim() });
  }
  return readings;
}

/** A 1 for each wanted tuple id; undefined where every tuple is. */
function selectTuples(
  tuples: readonly (Tuple | undefined)[],
  { not = {}, ...filter }: EntryFilter,
): Uint8Array | undefined {
  const keys = ['node', 'model', 'action', 'user'] as const;
  const wants = keys.flatMap((key) => (filter[key] ? [{ key, values: new Set(filter[key]) }] : []));
  const refuses = keys.flatMap((key) => (not[key] ? [{ key, values: new Set(not[key]) }] : []));
  // Most segments have no entry of a record's model, and need not be read.
  const models = filter.record ? listModels(tuples) : new Set<string>();
  const named = filter.record?.flatMap((record) => readRecord(record, models)).map(({ model }) => model);
  if (named?.every((model) => model !== undefined)) wants.push({ key: 'model', values: new Set(named) });
  if (wants.length + refuses.length === 0) return undefined;
  const isOf = (tuple: Tuple, { key, values }: (typeof wants)[number]): boolean =>
    key === 'user' ? values.has(tuple.userLogin) || values.has(tuple.userId) : values.has(tuple[key]);
  return Uint8Array.from(tuples, (tuple) =>
    tuple !== undefined &&
    wants.every((want) => isOf(tuple, want)) &&
    !refuses.some((refuse) => isOf(tuple, refuse))
      ? 1
      : 0,
  );
}

/** The current file at a path of the report. */
export function findFile(db: Database, path: string): number | undefined {
  const find = db.prepare("SELECT id FROM file WHERE path = ? AND state = 'current'").pluck();
  return find.get(path) as number | undefined;
}
