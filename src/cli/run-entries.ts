import { escapeMarked, showMarks } from '../catalogue/show-marks.ts';
import type { EntryFilter, EntryRow } from '../contract/entry.ts';
import { createFailure } from '../engine/base/failure.ts';
import { openEngine } from '../engine/engine.ts';
import { bringUpToDate, type WorkspaceOptions } from './bring-up-to-date.ts';
import { writeOut } from './write-out.ts';

const PAGE = 1000;

interface EntriesOptions extends WorkspaceOptions {
  readonly node?: string[];
  readonly model?: string[];
  readonly record?: string[];
  readonly user?: string[];
  readonly action?: string[];
  readonly pattern?: string;
  readonly finding?: string;
  readonly tag?: string[];
  readonly marked?: true;
  readonly notNode?: string[];
  readonly notModel?: string[];
  readonly notRecord?: string[];
  readonly notUser?: string[];
  readonly notAction?: string[];
  readonly notText?: string;
  readonly notPattern?: string;
  readonly notTag?: string[];
  readonly from?: string;
  readonly to?: string;
  readonly text?: string;
  readonly limit?: number;
  readonly json?: boolean;
  readonly raw?: boolean;
  readonly csv?: boolean;
  /** With `raw` and `csv`. */
  readonly mask?: boolean;
}

/** `unbroken entries`: rows in columns, JSON lines, a table for a spreadsheet, or the raw bytes. */
export async function runEntries(options: EntriesOptions): Promise<void> {
  const {
    workspace: named,
    data,
    limit = Number.POSITIVE_INFINITY,
    json,
    raw,
    csv,
    mask = false,
    ...conditions
  } = options;
  const filter = readFilter(conditions);
  const workspace = await bringUpToDate({ ...(named && { workspace: named }), ...(data && { data }) });
  const engine = openEngine({ workspace, evidence: [] });
  try {
    await engine.search.run(filter);
    if (raw || csv) {
      const form = csv ? 'csv' : 'raw';
      const pieces = engine.export(filter, { form, order: 'oldest-first', mask, limit });
      for (const { bytes } of pieces) await writeOut(bytes);
      return;
    }
    if (mask) throw createFailure('bad-request', 'only --raw and --csv tell values, which --mask leaves out');
    for (let offset = 0; offset < limit; offset += PAGE) {
      const page = { order: 'oldest-first', offset, limit: Math.min(PAGE, limit - offset) } as const;
      const { rows } = engine.entries.page(filter, page);
      for (const row of rows) {
        await writeOut(json ? `${escapeMarked(JSON.stringify(row))}\n` : describeRow(row));
      }
      if (rows.length < page.limit) break;
    }
  } finally {
    await engine.close();
  }
}

type Conditions = Omit<EntriesOptions, 'workspace' | 'data' | 'limit' | 'json' | 'raw' | 'csv' | 'mask'>;

/** Options `--not-x` are what the filter has as `not.x`. */
function readFilter({
  notNode: node,
  notModel: model,
  notRecord: record,
  notUser: user,
  notAction: action,
  notText: text,
  notPattern: pattern,
  notTag: tag,
  ...filter
}: Conditions): EntryFilter {
  const not = { node, model, record, user, action, text, pattern, tag };
  return Object.values(not).some((value) => value !== undefined) ? { ...filter, not } : filter;
}

function describeRow(row: EntryRow): string {
  const record = row.resId === '' ? row.model : `${row.model},${row.resId}`;
  const user = row.userLogin || row.userId;
  const columns = [row.ts, row.node, row.seq, row.action, record, user, `${row.path}:${row.line}`];
  return `${columns.map((column) => showMarks(String(column))).join('  ')}${row.salvaged ? '  (salvaged)' : ''}\n`;
}
