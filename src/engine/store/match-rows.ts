/**
 * Which rows a filter selects, segment by segment, exactly.
 *
 * Node, model, action and user become one set of tuple ids, so a filter is one scan over a segment's tuple column;
 * times narrow a segment by binary search, since its rows are in time order. Text is searched in the content itself.
 */
import type { EntryFilter } from '../../contract/entry.ts';
import { createFailure } from '../base/failure.ts';
import { parseTs } from '../base/timestamp.ts';
import type { Tuple } from '../batch.ts';
import type { Database } from './database.ts';
import { searchText } from './search-text.ts';
import type { SegmentHead, Segments } from './segments.ts';

/** Rows of one segment that match, ascending and so in time order. */
export interface Match {
  readonly segment: SegmentHead;
  readonly ts: Float64Array;
  /** The matching rows; undefined stands for all from `firstRow` on. */
  readonly rows: Uint32Array | undefined;
  readonly firstRow: number;
  readonly count: number;
}

/** The row at a position among a match's rows. */
export function rowAt(match: Match, position: number): number {
  return match.rows === undefined ? match.firstRow + position : match.rows[position]!;
}

/** All matches in the order of segments. Failure: `bad-request` for a time that is none. */
export function matchRows(db: Database, segments: Segments, filter: EntryFilter): Match[] {
  const from = readBound(filter.from, Number.NEGATIVE_INFINITY);
  const to = readBound(filter.to, Number.POSITIVE_INFINITY);
  const record = readRecord(filter.record);
  const wanted = selectTuples(segments.tuples(), filter, record?.model);
  const files = filter.path && new Set(filter.path.map((path) => findFile(db, path)));
  const matches: Match[] = [];
  for (const segment of segments.list()) {
    if (files && !files.has(segment.file)) continue;
    if (segment.rows === 0 || segment.maxTs < from || segment.minTs >= to) continue;
    const ts = segments.column(segment, 'ts');
    const firstRow = segment.minTs >= from ? 0 : countBefore(ts, from);
    const endRow = segment.maxTs < to ? segment.rows : countBefore(ts, to);
    let match: Match = { segment, ts, rows: undefined, firstRow, count: endRow - firstRow };
    if (wanted) match = keepRows(match, segments.column(segment, 'tuple'), (id) => wanted[id] === 1);
    if (record) {
      match = keepRows(
        match,
        segments.column(segment, 'res'),
        (id) => segments.formatResId(id) === record.resId,
      );
    }
    if (filter.text) match = searchText(db, segments, match, filter.text);
    if (match.count > 0) matches.push(match);
  }
  return matches;
}

/** Keeps the rows whose value passes. */
function keepRows(
  match: Match,
  column: Uint32Array | Float64Array,
  passes: (value: number) => boolean,
): Match {
  const rows = new Uint32Array(match.count);
  let count = 0;
  for (let position = 0; position < match.count; position++) {
    const row = rowAt(match, position);
    if (passes(column[row]!)) rows[count++] = row;
  }
  return { ...match, rows: rows.slice(0, count), count };
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
