/** What the reviewer says is kept beside what it is about, whatever becomes of the files: marks, reviews, filters. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../src/engine/engine.ts';

const fixture = join(import.meta.dirname, '../fixtures/documented/audit');
const all = { order: 'oldest-first', offset: 0, limit: 1000 } as const;

let directory = '';
let evidence = '';
let engine: Engine;

const importAll = () => engine.importPaths([evidence], { signal: new AbortController().signal });

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-marks-'));
  evidence = join(directory, 'audit');
  cpSync(fixture, evidence, { recursive: true });
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  await importAll();
});
afterEach(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

function mark(id: string, tags: string[], note = ''): void {
  const { row, bytes } = engine.entries.find(id)!;
  engine.marks.set(row, bytes, tags, note);
}

test('tags select entries, leave them out, and are there on their rows', () => {
  const { rows, total } = engine.entries.page({}, all);
  const [first, second, third] = [rows[3]!, rows[70]!, rows[71]!];
  mark(first.id, ['odd', 'ask Ana']);
  mark(second.id, ['odd']);
  mark(third.id, [], 'only a note');
  const idsOf = (filter: object): string[] => engine.entries.page(filter, all).rows.map(({ id }) => id);
  expect(idsOf({ tag: ['odd'] })).toEqual([first.id, second.id]);
  expect(idsOf({ tag: ['ask Ana', 'unknown'] })).toEqual([first.id]);
  expect(idsOf({ marked: true })).toEqual([first.id, second.id, third.id]);
  expect(idsOf({ marked: true, not: { tag: ['ask Ana'] } })).toEqual([second.id, third.id]);
  expect(engine.entries.count({ not: { tag: ['odd'] } })).toBe(total - 2);
  expect(engine.entries.find(first.id)?.row.mark).toMatchObject({ tags: ['odd', 'ask Ana'], note: '' });
  mark(second.id, []);
  expect(idsOf({ tag: ['odd'] })).toEqual([first.id]);
  expect(engine.entries.find(second.id)?.row.mark).toBeUndefined();
});

test('marks survive a file that is moved, grows, is lost and comes back; another line does not inherit them', async () => {
  const { rows } = engine.entries.page({}, all);
  const { id, path, line } = rows[5]!;
  mark(id, ['kept'], 'seen');
  const file = join(evidence, path.split('/').at(-1)!);
  const content = readFileSync(file);
  rmSync(file);
  await importAll();
  expect(engine.entries.page({ tag: ['kept'] }, all).total).toBe(0);
  expect(engine.entries.listMarked()).toMatchObject([{ stored: { mark: { note: 'seen' } }, row: undefined }]);

  writeFileSync(join(evidence, 'audit-2031-01-01.jsonl'), content);
  await importAll();
  expect(engine.entries.page({ tag: ['kept'] }, all).rows).toMatchObject([{ line, mark: { note: 'seen' } }]);

  // The same node, time and seq with other values is another entry.
  const edited = content.toString().split('\n');
  edited[line - 1] = edited[line - 1]!.replace(/"model": "[^"]*"/, '"model": "other.model"');
  writeFileSync(join(evidence, 'audit-2031-01-01.jsonl'), edited.join('\n'));
  await importAll();
  expect(engine.entries.page({ tag: ['kept'] }, all).total).toBe(0);
});

test('a review stays with its finding from check to check, and after its file was renamed', async () => {
  const findings = engine.report()!.findings;
  const gap = findings.find(({ kind }) => kind === 'gap')!;
  engine.setReview({ finding: gap.id, state: 'dismissed', note: 'a restart, told by operations' });
  const before = await importAll();
  expect(before.findings.map(({ id }) => id)).toEqual(findings.map(({ id }) => id));
  expect(engine.listReviews()).toMatchObject({ reviews: [{ finding: gap.id, state: 'dismissed' }], gone: 0 });

  for (const name of readdirSync(evidence)) renameSync(join(evidence, name), join(evidence, `moved-${name}`));
  const after = await importAll();
  const same = after.findings.find(
    ({ kind, node, firstSeq, fromTs }) =>
      kind === 'gap' && node === gap.node && firstSeq === gap.firstSeq && fromTs === gap.fromTs,
  )!;
  expect(same.id).not.toBe(gap.id);
  expect(engine.listReviews()).toMatchObject({
    reviews: [{ finding: same.id, state: 'dismissed', note: 'a restart, told by operations' }],
    gone: 0,
  });
  expect(() => engine.setReview({ finding: 'gap-none', state: 'reviewed', note: '' })).toThrow(
    'no such finding',
  );
});

test('entries around a gap are the lines it names, and what its node wrote in its time', () => {
  const report = engine.report()!;
  for (const finding of report.findings.filter(({ kind }) => kind === 'gap')) {
    const { before = [], after = [], node, fromTs, toTs } = finding;
    const { rows } = engine.entries.page({ finding: finding.id }, all);
    const places = rows.map(({ path, line }) => `${path}:${line}`);
    for (const { path, line } of [...before, ...after]) expect(places).toContain(`${path}:${line}`);
    const own = engine.entries.page({ node: [node!], from: fromTs, to: toTs }, all).rows;
    for (const { path, line } of own) expect(places).toContain(`${path}:${line}`);
    for (const row of rows) expect(row.node).toBe(node);
    expect(engine.entries.count({ finding: finding.id, not: { node: [node!] } })).toBe(0);
  }
  expect(() => engine.entries.count({ finding: 'gap-none' })).toThrow('no such finding');
});

test('filters are kept under a name, one each', () => {
  engine.marks.saveFilter({ name: 'Deletions', filter: { action: ['unlink'] } });
  engine.marks.saveFilter({ name: 'All but cron', filter: { not: { user: ['__system__'] } } });
  engine.marks.saveFilter({
    name: 'Deletions',
    filter: { action: ['unlink'], not: { model: ['res.partner'] } },
  });
  expect(engine.marks.listFilters()).toEqual([
    { name: 'All but cron', filter: { not: { user: ['__system__'] } } },
    { name: 'Deletions', filter: { action: ['unlink'], not: { model: ['res.partner'] } } },
  ]);
  engine.marks.removeFilter('Deletions');
  expect(engine.marks.listFilters()).toHaveLength(1);
});

test('what is written while an import runs is committed and told at once', async () => {
  await engine.close();
  let committed = 0;
  const watch = () => ({
    prepare: () => {},
    commit: (commit: () => void) => {
      commit();
      committed++;
    },
  });
  engine = openEngine({ workspace: join(directory, 'other.unbroken'), evidence: [evidence], watch });
  let before: number | undefined;
  await engine.importPaths([evidence], {
    signal: new AbortController().signal,
    onProgress: () => {
      if (before !== undefined) return;
      before = committed;
      engine.marks.saveFilter({ name: 'mine', filter: {} });
      expect(committed).toBeGreaterThan(before);
    },
  });
  expect(before).toBeDefined();
  expect(engine.marks.listFilters()).toEqual([{ name: 'mine', filter: {} }]);
  expect(engine.report()?.totals.entries).toBeGreaterThan(0);
  expect(engine.check()).toEqual([]);
});
