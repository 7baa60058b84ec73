/** The documented fixture as rows and details, for a fake engine: read plainly, without any of the real one's care. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { EntryDetail, EntryRow } from '../../../src/contract/entry.ts';
import type { ReportFile } from '../../../src/contract/report.ts';
import { readMicros } from '../../../src/renderer/ui/format.ts';

export interface FakeLog {
  readonly rows: EntryRow[];
  readonly files: ReportFile[];
  readonly lines: ReadonlyMap<string, string>;
}

const columns = new Set([
  'seq',
  'ts',
  'node',
  'model',
  'res_id',
  'method',
  'action',
  'user_id',
  'user_login',
  'old_values',
  'new_values',
]);

export function readFakeLog(folder: string): FakeLog {
  const rows: EntryRow[] = [];
  const lines = new Map<string, string>();
  const files = readdirSync(folder).map((path): ReportFile => {
    const stored = readFileSync(join(folder, path));
    const content = path.endsWith('.gz') ? gunzipSync(stored) : stored;
    const texts = content.toString('utf8').trimEnd().split('\n');
    const found = texts.flatMap((text, index) => {
      lines.set(`${path}:${index + 1}`, text);
      return readRow(text, path, index + 1);
    });
    rows.push(...found);
    const times = found.map(({ ts }) => ts).sort();
    return {
      path,
      source: 0,
      bytes: stored.length,
      sha256: hash(stored),
      ...(content === stored ? {} : { contentSha256: hash(content), compression: 'gzip' }),
      dialect: 'documented',
      lines: texts.length,
      entries: found.length,
      malformed: texts.length - found.filter(({ salvaged }) => !salvaged).length,
      salvaged: found.filter(({ salvaged }) => salvaged).length,
      firstTs: times[0] ?? '',
      lastTs: times.at(-1) ?? '',
    };
  });
  return { rows: rows.sort((a, b) => a.tsMicros - b.tsMicros), files, lines };
}

/** One row, or that of the whole entry that a torn one is glued to, or none. */
function readRow(text: string, path: string, line: number): EntryRow[] {
  const from = [0, text.lastIndexOf('{"seq"')].find((at) => isJson(text.slice(at)));
  if (from === undefined) return [];
  const entry = JSON.parse(text.slice(from)) as Record<string, unknown>;
  const ts = String(entry['ts']);
  return [
    {
      id: `${path}:${line}`,
      ts,
      tsMicros: readMicros(ts),
      node: String(entry['node']),
      seq: Number(entry['seq']),
      model: String(entry['model'] ?? ''),
      resId: entry['res_id'] === undefined ? '' : JSON.stringify(entry['res_id']),
      action: String(entry['method'] ?? entry['action'] ?? ''),
      userId: String(entry['user_id'] ?? ''),
      userLogin: String(entry['user_login'] ?? ''),
      path,
      line,
      salvaged: from > 0,
    },
  ];
}

export function tellDetail(row: EntryRow, raw: string): EntryDetail {
  const entry = isJson(raw) ? (JSON.parse(raw) as Record<string, unknown>) : {};
  const write = (value: unknown) =>
    Object.entries((value ?? {}) as object).map(([key, inner]) => ({ key, text: JSON.stringify(inner) }));
  const extra = Object.entries(entry).filter(([key]) => !columns.has(key));
  return {
    row,
    oldValues: write(entry['old_values']),
    newValues: write(entry['new_values']),
    extra: write(Object.fromEntries(extra)),
    raw,
    rawBase64: Buffer.from(raw).toString('base64'),
    sha256: hash(Buffer.from(raw)),
  };
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object';
  } catch {
    return false;
  }
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
