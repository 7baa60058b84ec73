/** What the rows of a filter are about, in two passes over their columns: when, by whom, and on which records. */
import { SLOT_MICROS } from '../base/timestamp.ts';
import type { Tuple } from '../batch.ts';
import type { Match } from './match-rows.ts';
import type { Segments } from './segments.ts';

export interface Activity {
  /** Quarters of an hour since 1970 UTC that have rows, ascending, and how many each has. */
  readonly slots: Float64Array;
  readonly counts: Float64Array;
  /** Rows of each combination of node, model, action and user. */
  readonly tuples: readonly { readonly tuple: Tuple; readonly count: number }[];
}

export interface TopRecords {
  readonly total: number;
  /** Those with most rows first. */
  readonly shown: readonly { readonly model: string; readonly resId: string; readonly count: number }[];
}

/** Counts the rows of these matches. */
export function countActivity(segments: Segments, matches: readonly Match[]): Activity {
  const perSlot = new Map<number, number>();
  for (const match of matches) {
    const ts = segments.column(match.segment, 'ts');
    let slot = Number.NaN;
    let inSlot = 0;
    const keep = (): void => {
      if (inSlot > 0) perSlot.set(slot, (perSlot.get(slot) ?? 0) + inSlot);
      inSlot = 0;
    };
    // Rows are in time order: a slot's lie together.
    eachRow(match, (row) => {
      const own = Math.floor(ts[row]! / SLOT_MICROS);
      if (own !== slot) keep();
      slot = own;
      inSlot++;
    });
    keep();
  }
  const slots = Float64Array.from(perSlot.keys()).sort();
  const perTuple = countTuples(segments, matches);
  return {
    slots,
    counts: slots.map((slot) => perSlot.get(slot)!),
    tuples: segments
      .tuples()
      .flatMap((tuple, id) => (tuple && perTuple[id]! > 0 ? [{ tuple, count: perTuple[id]! }] : [])),
  };
}

/** The res_ids of each model lie together and are sorted: a record's rows are then a run, whatever their number. */
export function countRecords(segments: Segments, matches: readonly Match[], shown: number): TopRecords {
  const tuples = segments.tuples();
  const rowsOf = new Map<string, number>();
  for (const [id, count] of countTuples(segments, matches).entries()) {
    const model = tuples[id]?.model;
    if (model !== undefined && count > 0) rowsOf.set(model, (rowsOf.get(model) ?? 0) + count);
  }
  const idsOf = new Map([...rowsOf].map(([model, rows]) => [model, { ids: new Float64Array(rows), end: 0 }]));
  const byTuple = tuples.map((tuple) => tuple && idsOf.get(tuple.model));
  for (const match of matches) {
    const tuple = segments.column(match.segment, 'tuple');
    const res = segments.column(match.segment, 'res');
    eachRow(match, (row) => {
      const own = byTuple[tuple[row]!]!;
      // -1 stands for none: entries about no record, such as changes of rules.
      if (res[row] !== -1) own.ids[own.end++] = res[row]!;
    });
  }
  let total = 0;
  const most: { model: string; res: number; count: number }[] = [];
  for (const [model, own] of idsOf) {
    const ids = own.ids.subarray(0, own.end).sort();
    for (let from = 0, to = 0; from < ids.length; from = to) {
      while (to < ids.length && ids[to] === ids[from]) to++;
      total++;
      const count = to - from;
      const at = most.findIndex((other) => other.count < count);
      if (at < 0 && most.length >= shown) continue;
      most.splice(at < 0 ? most.length : at, 0, { model, res: ids[from]!, count });
      most.length = Math.min(most.length, shown);
    }
  }
  return {
    total,
    shown: most.map(({ model, res, count }) => ({ model, resId: segments.formatResId(res), count })),
  };
}

function countTuples(segments: Segments, matches: readonly Match[]): Float64Array {
  const perTuple = new Float64Array(segments.tuples().length);
  for (const match of matches) {
    const tuple = segments.column(match.segment, 'tuple');
    eachRow(match, (row) => perTuple[tuple[row]!]!++);
  }
  return perTuple;
}

function eachRow(match: Match, visit: (row: number) => void): void {
  const rows = match.rows();
  if (rows === undefined) {
    for (let row = match.firstRow; row < match.firstRow + match.count; row++) visit(row);
  } else for (const row of rows) visit(row);
}
