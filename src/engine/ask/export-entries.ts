/**
 * Entries of a filter as a file: their lines byte for byte, or a table; with values left out where that is wanted.
 *
 * Without values a line is no longer what was written: it is told anew as JSON, from the columns and the names of the
 * keys. Who, when and on what record stay; what a torn line holds beyond its keys is left out with the rest.
 */
import { createHash } from 'node:crypto';
import type { EntryFilter, EntryRow, ExportForm, WrittenValue } from '../../contract/entry.ts';
import { readEntry } from '../parse/read-entry.ts';
import { renderCsvRow } from '../report/render-csv.ts';
import type { EntryQueries } from '../store/open-store.ts';

export interface ExportOptions {
  readonly form: ExportForm;
  readonly order: 'oldest-first' | 'newest-first';
  /** Leaves values out. */
  readonly mask: boolean;
  /** At most so many. */
  readonly limit?: number | undefined;
}

export interface ExportPiece {
  readonly bytes: Buffer;
  /** Entries in it. */
  readonly count: number;
}

const PAGE = 1000;
const NEWLINE = Buffer.from('\n');
/** Excel reads UTF-8 only behind it. */
const BYTE_ORDER_MARK = '\ufeff';
const LEFT_OUT = '"***"';

const columns = [
  ...['ts', 'node', 'seq', 'model', 'res_id', 'action', 'user_id', 'user_login', 'path', 'line', 'salvaged'],
  ...['sha256', 'tags', 'note', 'old_values', 'new_values', 'other_values'],
];

/** The file in pieces, a page of entries each. A text must have been searched before (`EntrySearch.run`). */
export function* exportEntries(
  entries: EntryQueries,
  filter: EntryFilter,
  { form, order, mask, limit = Number.POSITIVE_INFINITY }: ExportOptions,
): Iterable<ExportPiece> {
  if (form === 'csv') yield { bytes: Buffer.from(BYTE_ORDER_MARK + renderCsvRow(columns)), count: 0 };
  for (let offset = 0; offset < limit; offset += PAGE) {
    const wanted = Math.min(PAGE, limit - offset);
    const { rows } = entries.page(filter, { order, offset, limit: wanted });
    const lines = entries.pageBytes(filter, { order, offset, limit: wanted });
    const parts = rows.flatMap((row, index): Uint8Array[] => {
      const bytes = lines[index] ?? new Uint8Array();
      if (form === 'csv') return [Buffer.from(writeTableRow(row, bytes, mask))];
      return [mask ? Buffer.from(writeMasked(row, bytes)) : bytes, NEWLINE];
    });
    if (rows.length > 0) yield { bytes: Buffer.concat(parts), count: rows.length };
    if (rows.length < wanted) return;
  }
}

function writeTableRow(row: EntryRow, bytes: Uint8Array, mask: boolean): string {
  const { oldValues, newValues, extra } = readEntry(bytes);
  return renderCsvRow([
    ...[row.ts, row.node, row.seq, row.model, row.resId, row.action, row.userId, row.userLogin],
    ...[row.path, row.line, row.salvaged ? 1 : 0, createHash('sha256').update(bytes).digest('hex')],
    ...[row.mark?.tags.join(', ') ?? '', row.mark?.note ?? ''],
    ...[oldValues, newValues, extra].map((values) => writeObject(values, mask)),
  ]);
}

function writeMasked(row: EntryRow, bytes: Uint8Array): string {
  const { oldValues, newValues, extra } = readEntry(bytes);
  const { ts, node, seq, model, resId, action, userId, userLogin } = row;
  const head = { ts, node, seq, model, res_id: resId, action, user_id: userId, user_login: userLogin };
  const values = [
    `"old_values": ${writeObject(oldValues, true)}`,
    `"new_values": ${writeObject(newValues, true)}`,
    `"other_values": ${writeObject(extra, true)}`,
  ];
  return `${JSON.stringify(head).slice(0, -1)}, ${values.join(', ')}}`;
}

/** A JSON object with each value as it was written, or without. */
function writeObject(values: readonly WrittenValue[], mask: boolean): string {
  return `{${values.map(({ key, text }) => `${JSON.stringify(key)}: ${mask ? LEFT_OUT : text}`).join(', ')}}`;
}
