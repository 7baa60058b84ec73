/**
 * Everything that happened to one record: its entries, what each left in each key, and where that does not fit.
 *
 * Guaranteed: a contradiction is told only where two readings of a value truly differ; spelling, and `1` for `1.0`,
 * are no difference. Not guaranteed: that a contradiction means anything was removed. A transaction that was rolled
 * back, two entries of one moment in the other order, or a record of the same name in another database look the same.
 */
import type { EntryRow, WrittenValue } from '../../contract/entry.ts';
import type {
  Contradiction,
  RecordEntry,
  RecordHistory,
  RecordName,
  RecordValue,
} from '../../contract/record.ts';
import type { Report } from '../../contract/report.ts';
import { clipText } from '../base/clip-text.ts';
import { canonicalForm } from '../parse/canonical-form.ts';
import { readEntry } from '../parse/read-entry.ts';
import type { EntryQueries } from '../store/open-store.ts';
import { chooseSource, type LogGap, listGaps, rankGaps, selectSource } from './possible-gaps.ts';

/** Entries read before the first one told, for what they left. */
const READ_BEFORE = 100;
const MAX_KEYS = 60;
const MAX_VALUE = 400;
const SHOWN_COUNTS = 50;

export interface HistoryQuestion {
  readonly record: RecordName;
  readonly source?: number | undefined;
  readonly offset: number;
  readonly limit: number;
}

/** What the last entry with a key left in it. */
interface Standing {
  readonly left: string;
  /** What it found there; undefined where it did not say. */
  readonly found: string | undefined;
  readonly row: EntryRow;
}

export function tellHistory(
  entries: Pick<EntryQueries, 'page' | 'facets' | 'find'>,
  report: Report,
  { record: { model, resId }, source: asked, offset, limit }: HistoryQuestion,
): RecordHistory {
  const source = chooseSource(report, asked);
  const filter = { ...selectSource(report, source), model: [model], record: [`${model},${resId}`] };
  const page = (from: number, rows: number) =>
    entries.page(filter, { order: 'oldest-first', offset: from, limit: rows });
  const facets = entries.facets(filter);
  const from = Math.max(0, offset - READ_BEFORE);
  const { rows, total } = page(from, offset - from + limit);
  const first = from === 0 ? rows[0] : page(0, 1).rows[0];
  const isToEnd = from + rows.length >= total && (rows.length > 0 || total === 0);
  const last = isToEnd ? rows.at(-1) : page(total - 1, 1).rows[0];
  const gapsOfLife = listGaps(report, source, ...boundLife(first, last));
  const told = compareEntries(rows, (id) => entries.find(id)?.bytes, gapsOfLife.gaps);
  const toldIds = new Set(rows.slice(offset - from).map(({ id }) => id));
  const contradictions = told.flatMap(({ row, values }) =>
    values.flatMap(({ contradiction }) =>
      contradiction ? [{ from: contradiction.tsMicros, to: row.tsMicros }] : [],
    ),
  );
  return {
    ...(source === undefined ? {} : { source }),
    total,
    offset,
    rows: toldIds.size,
    ...(first && last ? { first, last } : {}),
    entries: told.filter(({ row }) => toldIds.has(row.id)),
    actions: facets.action.slice(0, SHOWN_COUNTS),
    users: facets.user.slice(0, SHOWN_COUNTS),
    nodes: facets.node.slice(0, SHOWN_COUNTS),
    gaps: rankGaps(
      gapsOfLife,
      new Set(facets.node.map(({ value }) => value)),
      (gap) => contradictions.filter(({ from: a, to: b }) => overlaps(gap, a, b)).length,
    ),
  };
}

/** From its creation to its deletion, as far as the log has them; an end that is not there is open. */
function boundLife(first: EntryRow | undefined, last: EntryRow | undefined): [from: number, to: number] {
  return [
    first?.action === 'create' ? first.tsMicros : Number.NEGATIVE_INFINITY,
    last?.action === 'unlink' ? last.tsMicros : Number.POSITIVE_INFINITY,
  ];
}

/** Entries in time order, each compared with what those before it left. */
function compareEntries(
  rows: readonly EntryRow[],
  readBytes: (id: string) => Uint8Array | undefined,
  gaps: readonly LogGap[],
): RecordEntry[] {
  const standing = new Map<string, Standing>();
  const told: RecordEntry[] = [];
  const seen = new Map<string, RecordEntry>();
  for (const row of rows) {
    const bytes = readBytes(row.id) ?? new Uint8Array();
    // The same line twice is one event: its old values are right once.
    const identity = `${row.tsMicros} ${row.seq} ${row.node} ${Buffer.from(bytes).toString('latin1')}`;
    const same = seen.get(identity);
    if (same) {
      same.duplicates++;
      continue;
    }
    const pairs = pairValues(readEntry(bytes));
    const values = pairs.map(([key, pair]): RecordValue => {
      const before = standing.get(key);
      const contradiction =
        before && pair.old !== undefined && !isSameValue(before.left, pair.old)
          ? tellContradiction(before, pair.old, row, gaps)
          : undefined;
      const left = pair.new ?? pair.old ?? '';
      standing.set(key, { left, found: pair.old, row });
      return {
        key: clipText(key, MAX_VALUE),
        ...(pair.old === undefined ? {} : { old: clipText(pair.old, MAX_VALUE) }),
        ...(pair.new === undefined ? {} : { new: clipText(pair.new, MAX_VALUE) }),
        ...(contradiction ? { contradiction } : {}),
      };
    });
    // Contradictions are never among those left out.
    const shown = [
      ...values.filter(({ contradiction }) => contradiction),
      ...values.filter(({ contradiction }) => !contradiction),
    ].slice(0, MAX_KEYS);
    const entry = {
      row,
      values: values.length > MAX_KEYS ? shown : values,
      moreKeys: Math.max(0, values.length - MAX_KEYS),
      duplicates: 0,
    };
    seen.set(identity, entry);
    told.push(entry);
  }
  return told;
}

function tellContradiction(
  before: Standing,
  old: string,
  row: EntryRow,
  gaps: readonly LogGap[],
): Contradiction {
  return {
    left: clipText(before.left, MAX_VALUE),
    id: before.row.id,
    tsMicros: before.row.tsMicros,
    asIfUndone: before.found !== undefined && isSameValue(before.found, old),
    gaps: gaps.filter((gap) => overlaps(gap, before.row.tsMicros, row.tsMicros)).length,
  };
}

function overlaps(gap: LogGap, fromMicros: number, toMicros: number): boolean {
  return gap.fromMicros <= toMicros && gap.toMicros >= fromMicros;
}

/** Of a key that is written twice the last one counts, as for the module's own reader. */
function pairValues({ oldValues, newValues }: ReturnType<typeof readEntry>) {
  const pairs = new Map<string, { old?: string; new?: string }>();
  const put = (side: 'old' | 'new', values: readonly WrittenValue[]): void => {
    for (const { key, text } of values) pairs.set(key, { ...pairs.get(key), [side]: text });
  };
  put('old', oldValues);
  put('new', newValues);
  return [...pairs];
}

/** Whether two values as written are the same one, whatever their spelling. */
export function isSameValue(one: string, other: string): boolean {
  if (one === other || trimNumber(one) === trimNumber(other)) return true;
  // Only these have more than one spelling.
  if (!/^["[{]/.test(one) || one[0] !== other[0]) return false;
  const encoder = new TextEncoder();
  return canonicalForm(encoder.encode(one)) === canonicalForm(encoder.encode(other));
}

/** A whole number in a field of fractions is written `5`, and read back `5.0`. */
function trimNumber(text: string): string {
  return /^-?\d+\.\d+$/.test(text) ? text.replace(/\.?0+$/, '').replace(/^-0$/, '0') : text;
}
