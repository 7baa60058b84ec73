import { existsSync } from 'node:fs';
import { escapeMarked, showMarks } from '../catalogue/show-marks.ts';
import { createFailure } from '../engine/base/failure.ts';
import { openEngine } from '../engine/engine.ts';
import { renderCsvRow } from '../engine/report/render-csv.ts';
import { writeOut } from './write-out.ts';

interface SqlCommandOptions {
  readonly workspace: string;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `unbroken sql`: one statement that reads; a table with tabs, JSON lines or CSV. */
export async function runSql(sql: string, { workspace, json, csv }: SqlCommandOptions): Promise<void> {
  if (!existsSync(workspace))
    throw createFailure('path-not-found', 'there is no such workspace', { subject: workspace });
  const engine = openEngine({ workspace, evidence: [] });
  try {
    const { columns, rows } = engine.sql(sql);
    if (csv) await writeOut(renderCsvRow(columns));
    else if (json) refuseDoubled(columns);
    else await writeOut(`${columns.map(showMarks).join('\t')}\n`);
    for (const row of rows) {
      if (csv) await writeOut(renderCsvRow(row));
      else if (json) await writeOut(`${escapeMarked(JSON.stringify(toObject(columns, row)))}\n`);
      else await writeOut(`${row.map((value) => showMarks(String(value ?? ''))).join('\t')}\n`);
    }
  } finally {
    await engine.close();
  }
}

/** Of two columns with one name an object would have the last alone. */
function refuseDoubled(columns: readonly string[]): void {
  const doubled = columns.find((name, i) => columns.indexOf(name) < i);
  if (doubled !== undefined)
    throw createFailure('bad-request', 'two columns have one name; AS gives one of them another', {
      subject: doubled,
    });
}

function toObject(columns: readonly string[], row: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(columns.map((column, i) => [column, row[i]]));
}
