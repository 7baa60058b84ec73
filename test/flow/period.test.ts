/** A period asked for: counted is what lies in it, to the entry; analysed is the whole log. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { createTranslate } from '../../src/catalogue/translate.ts';
import type { Report } from '../../src/contract/report.ts';
import { openEngine, verifyPaths } from '../../src/engine/engine.ts';
import { renderHtml } from '../../src/engine/report/render-html.ts';
import { renderText } from '../../src/engine/report/render-text.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const days = join(fixtures, 'days', 'audit');
const documented = join(fixtures, 'documented', 'audit');
const signal = new AbortController().signal;

function verify(path: string, from?: string, to?: string): Promise<Report> {
  return verifyPaths([path], { signal, from, to });
}

/** An oracle without the engine: each line that is JSON is an entry, and its time decides. */
function readEntries(path: string): { node: string; ts: string; file: string }[] {
  return readdirSync(path).flatMap((file) =>
    readText(join(path, file))
      .split('\n')
      .flatMap((line) => {
        try {
          const { node, ts } = JSON.parse(line);
          return [{ node, ts, file }];
        } catch {
          return [];
        }
      }),
  );
}

function readText(file: string): string {
  const bytes = readFileSync(file);
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

function isWithin(ts: string, from: string, to: string): boolean {
  return Date.parse(ts) >= Date.parse(from) && Date.parse(ts) < Date.parse(to);
}

function sum(parts: readonly { readonly entries: number }[]): number {
  return parts.reduce((total, { entries }) => total + entries, 0);
}

test.each([
  [days, '2024-01-15T12:00:00+00:00', '2024-01-17T09:30:00+00:00'],
  [documented, '2025-03-01T10:00:00+00:00', '2025-03-02T12:00:00+00:00'],
])('a period that cuts days of %s is counted to the entry', async (path, from, to) => {
  const all = readEntries(path);
  const within = all.filter(({ ts }) => isWithin(ts, from, to));
  expect(within.length).toBeGreaterThan(0);
  expect(within.length).toBeLessThan(all.length);
  const { totals, found, nodes, coverage, streams, statement, findings } = await verify(path, from, to);
  expect(totals.entries).toBe(within.length);
  expect(found).toMatchObject({
    days: new Set(within.map(({ ts }) => ts.slice(0, 10))).size,
    nodes: new Set(within.map(({ node }) => node)).size,
    files: new Set(within.map(({ file }) => file)).size,
    outside: all.length - within.length,
  });
  const times = within.map(({ ts }) => Date.parse(ts));
  expect(Date.parse(found.firstTs!)).toBe(Math.min(...times));
  expect(Date.parse(found.lastTs!)).toBe(Math.max(...times));
  for (const node of nodes) {
    const own = within.filter((entry) => entry.node === node.node);
    expect(node.entries).toBe(own.length);
    expect(sum(coverage.filter((cell) => cell.node === node.node))).toBe(own.length);
    const missing = findings.filter((finding) => finding.kind === 'gap' && finding.node === node.node);
    expect(node.missing).toBe(missing.reduce((total, { count = 0 }) => total + count, 0));
    expect(node.streams).toBe(streams.filter((stream) => stream.node === node.node).length);
  }
  expect(sum(nodes)).toBe(within.length);
  for (const { node, day, entries } of coverage) {
    expect(entries).toBe(within.filter((entry) => entry.node === node && entry.ts.startsWith(day)).length);
  }
  for (const { firstTs, lastTs } of streams) {
    expect(Date.parse(firstTs)).toBeLessThan(Date.parse(to));
    expect(Date.parse(lastTs)).toBeGreaterThanOrEqual(Date.parse(from));
  }
  expect(statement.values).toMatchObject({
    entries: within.length,
    streams: streams.length,
    from: found.firstTs,
    to: found.lastTs,
  });
});

test.each([days, documented])('a period around all of %s tells what no period tells', async (path) => {
  const whole = await verify(path);
  const around = await verify(path, '2000-01-01', '2100-01-01');
  const untold = { made: 0, requested: 0, notVisible: 0, statement: 0 };
  expect({ ...around, ...untold, found: { ...around.found, outside: undefined } }).toEqual({
    ...whole,
    ...untold,
    found: { ...whole.found, outside: undefined },
  });
  expect(around.statement).toEqual(whole.statement);
  expect(around.found.outside).toBe(0);
});

test('periods that adjoin share the log out among them', async () => {
  const bounds = ['2025-01-01', '2025-03-01T11:11:11.111111+00:00', '2025-03-02', '2025-04-01'];
  const parts = await Promise.all(bounds.slice(1).map((to, index) => verify(documented, bounds[index], to)));
  const whole = await verify(documented);
  expect(sum(parts.map(({ totals }) => totals))).toBe(whole.totals.entries);
  expect(parts.map(({ totals, found }) => totals.entries + found.outside!)).toEqual(
    parts.map(() => whole.totals.entries),
  );
});

test('a gap at the edge is judged by what lies outside, and counted on the first day of the period', async () => {
  const whole = await verify(documented);
  const gap = whole.findings.find(({ kind }) => kind === 'gap')!;
  const from = new Date(Date.parse(gap.toTs!)).toISOString();
  const report = await verify(documented, from);
  expect(report.findings.find(({ id }) => id === gap.id)).toEqual(gap);
  const cell = report.coverage.find(({ node, day }) => node === gap.node && day === from.slice(0, 10));
  expect(cell?.missing).toBeGreaterThanOrEqual(gap.count!);
  expect(report.coverage.every(({ day }) => day >= from.slice(0, 10))).toBe(true);
});

test('every form of the report says how much was read outside', async () => {
  const report = await verify(days, '2024-01-16', '2024-01-17');
  const translate = createTranslate('en');
  const said = translate('report.outside', { count: report.found.outside! });
  expect(said).toContain('outside the period asked for were read as well');
  const text = renderText(report, translate, { colour: false, width: 100 });
  expect(text.replaceAll('\n', ' ')).toContain(said);
  expect(text).toContain(`${report.totals.entries} entries`);
  const html = renderHtml(report, translate, { locale: 'en', zone: 'UTC' });
  expect(html).toContain(said);
  expect(html).toContain(report.statement.text.slice(0, 30));
});

test('what was before the log is a limit of a period only where the log begins in it', async () => {
  const limits = async (from: string): Promise<string[]> =>
    (await verify(days, from)).notVisible.map(({ code }) => code);
  expect(await limits('2024-01-01')).toContain('before-log');
  expect(await limits('2024-01-17')).not.toContain('before-log');
});

test('a period without an entry has no verdict, and says what there is', async () => {
  const report = await verify(days, '2023-01-01', '2023-02-01');
  expect(report).toMatchObject({
    verdict: 'none',
    statement: { code: 'none-in-period', values: { entries: 1143 } },
    found: { days: 0, nodes: 0, files: 0, outside: 1143 },
    totals: { entries: 0, streams: 0, lines: 0 },
  });
});

test('what was recorded before contradicts a period without entries too, and its sentence has no hole', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-period-'));
  try {
    const sums = join(directory, 'SHA256SUMS');
    writeFileSync(sums, `${'0'.repeat(64)}  audit-2024-01-15.jsonl\n`);
    const report = await verifyPaths([days], { signal, against: sums, from: '2023-01-01', to: '2023-02-01' });
    expect(report.verdict).toBe('contradicted');
    expect(report.statement.text).toContain('0 entries from … to ….');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test.each(['2024-01-16', '2024-01-15T00:00:00+00:00'])(
  'a period that ends before %s is refused',
  async (from) => {
    await expect(verify(days, from, '2024-01-15')).rejects.toMatchObject({
      failure: { code: 'bad-request', message: 'the period has to end after it begins' },
    });
  },
);

test('copies and a workspace count alike', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-period-'));
  try {
    const copy = join(directory, 'copy');
    cpSync(days, copy, { recursive: true });
    const period = { from: '2024-01-15T12:00:00+00:00', to: '2024-01-17' };
    const alone = await verify(days, period.from, period.to);
    const both = await verifyPaths([days, copy], { signal, ...period });
    expect(both.sources.map(({ entries, streams }) => [entries, streams])).toEqual(
      [1, 2].map(() => [alone.totals.entries, alone.totals.streams]),
    );
    expect(both.found.outside).toBe(alone.found.outside);
    const engine = openEngine({ workspace: join(directory, 'case.unbroken'), evidence: [days] });
    const imported = await engine.importPaths([days], { signal, ...period });
    await engine.close();
    expect({ ...imported, made: 0 }).toEqual({ ...alone, made: 0 });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test('an entry recovered from a malformed line is in the period of its time, and not among the whole ones', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-period-'));
  try {
    const line = (seq: number): string =>
      JSON.stringify({
        ...{ seq, ts: `2024-03-01T10:00:0${seq}+00:00`, node: 'a', model: 'm', res_id: 1, method: 'write' },
        ...{ user_id: 1, user_login: 'x', old_values: {}, new_values: {} },
      });
    writeFileSync(
      join(directory, 'audit-2024-03-01.jsonl'),
      `${[line(1), line(2), line(3).slice(0, 40) + line(4), line(5)].join('\n')}\n`,
    );
    const { totals } = await verify(directory, '2024-03-01T10:00:03+00:00', '2024-03-01T10:00:06+00:00');
    expect(totals).toMatchObject({ entries: 1, salvaged: 1 });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
