/** Following a log that is written to, on real files: every way it grows and rotates, and what is told meanwhile. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../src/contract/report.ts';
import { type Engine, openEngine, verifyPaths } from '../../src/engine/engine.ts';
import { makeZip } from '../engine/source/make-files.ts';

let directory = '';
let evidence = '';
let engine: Engine;
let following: ReturnType<Engine['follow']> | undefined;
let reports: Report[] = [];
let watchers: (() => void)[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-follow-'));
  evidence = join(directory, 'audit');
  mkdirSync(evidence);
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  reports = [];
  watchers = [];
});
afterEach(async () => {
  await following?.close();
  following = undefined;
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

const DAY = 'audit-2025-01-01.jsonl';
const at = (name: string): string => join(evidence, name);

function line(seq: number, day = 1): string {
  const ts = `2025-01-0${day}T10:${String(Math.floor(seq / 60)).padStart(2, '0')}:${String(seq % 60).padStart(2, '0')}.000001+00:00`;
  return `${JSON.stringify({ seq, ts, node: 'web-1', model: 'res.partner', res_id: seq, method: 'write', user_id: 2, user_login: 'ana', old_values: {}, new_values: { name: 'x'.repeat(40) } })}\n`;
}
const lines = (from: number, to: number, day = 1): string =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index, day)).join('');

async function checkNow(following?: 'begun' | 'open' | 'settled'): Promise<Report> {
  const report = await engine.importPaths([evidence], { signal: new AbortController().signal, following });
  if (report !== reports.at(-1)) reports.push(report);
  for (const tell of watchers) tell();
  return report;
}

/** Imports, and follows from then on. */
async function follow(quietMs?: number): Promise<void> {
  await checkNow('begun');
  following = engine.follow([evidence], { check: async (state) => void (await checkNow(state)), quietMs });
}

/** Waits for a report that is so. */
function waitFor(isSo: (report: Report) => boolean): Promise<Report> {
  return new Promise((done) => {
    const look = (): void => {
      const report = reports.at(-1);
      if (report && isSo(report)) done(report);
    };
    watchers.push(look);
    look();
  });
}
const entries = (count: number) => (report: Report) => report.totals.entries === count;
const kindsOf = ({ findings }: Report): string[] => findings.map(({ kind }) => kind);

/** What is told of what is there now is what a fresh check tells. */
async function expectLikeFresh({ totals, verdict, findings }: Report): Promise<void> {
  const fresh = await verifyPaths([evidence], { signal: new AbortController().signal });
  expect({ totals, verdict, findings }).toEqual({
    totals: fresh.totals,
    verdict: fresh.verdict,
    findings: fresh.findings,
  });
  expect(engine.entries.count({})).toBe(totals.entries);
  expect(engine.check()).toEqual([]);
}

test('lines that are appended and the new day’s file are told', async () => {
  writeFileSync(at(DAY), lines(1, 50));
  await follow();
  appendFileSync(at(DAY), lines(51, 60));
  await expectLikeFresh(await waitFor(entries(60)));
  appendFileSync(at('audit-2025-01-02.jsonl'), lines(61, 70, 2));
  const report = await waitFor(entries(70));
  expect(report.files).toHaveLength(2);
  await expectLikeFresh(report);
});

test('a line that is written in two halves is pending, then an entry; a last one without newline is one too', async () => {
  writeFileSync(at(DAY), lines(1, 50));
  await follow();
  const next = line(51);
  appendFileSync(at(DAY), next.slice(0, 20));
  const half = await waitFor(({ open }) => open?.pending === 1);
  expect(half).toMatchObject({ verdict: 'intact', totals: { entries: 50, malformed: 0 }, findings: [] });
  expect(half.statement.code).toBe('intact-open');
  expect(half.notVisible[0]).toMatchObject({ code: 'open-end', values: { pending: 1, provisional: 0 } });
  appendFileSync(at(DAY), next.slice(20, -1));
  const whole = await waitFor(entries(51));
  expect(whole.open).toBeUndefined();
  await expectLikeFresh(whole);
  appendFileSync(at(DAY), `\n${line(52)}`);
  await expectLikeFresh(await waitFor(entries(52)));
});

test('a half line that names its entry is pending, not an entry, until it is whole or left alone', async () => {
  const named = (seq: number): string => line(seq).slice(0, 90);
  const none = { entries: 50, salvaged: 0, malformed: 0, missing: 0 };
  writeFileSync(at(DAY), lines(1, 50) + named(51));
  expect(await checkNow('begun')).toMatchObject({ totals: none, open: { pending: 1 }, verdict: 'intact' });
  expect(engine.entries.count({})).toBe(50);
  // Appended to what was read before, and then whole.
  appendFileSync(at(DAY), line(51).slice(90) + named(52));
  const half = await checkNow('open');
  expect(half).toMatchObject({ totals: { ...none, entries: 51 }, open: { pending: 1 }, findings: [] });
  expect(engine.entries.count({})).toBe(51);
  appendFileSync(at(DAY), line(52).slice(90));
  await expectLikeFresh(await checkNow('open'));
  expect(engine.entries.count({})).toBe(52);
  appendFileSync(at(DAY), named(53));
  expect(await checkNow('open')).toMatchObject({
    totals: { entries: 52, salvaged: 0 },
    open: { pending: 1 },
  });
});

test.each(['settled', undefined, 'open', 'begun'] as const)(
  'what was held back of a half line is told as torn, once, by a check (%s) when nobody writes any more',
  async (state) => {
    writeFileSync(at(DAY), lines(1, 50));
    await checkNow('begun');
    appendFileSync(at(DAY), line(51).slice(0, 90));
    expect(await checkNow('open')).toMatchObject({ totals: { salvaged: 0 }, open: { pending: 1 } });
    // Settled, and not followed, whatever the file's date is.
    if (state === 'open' || state === 'begun') {
      const before = new Date(Date.now() - 300_000);
      utimesSync(at(DAY), before, before);
    }
    for (const again of [state, state, 'settled'] as const) {
      const told = await checkNow(again);
      expect(told.totals).toMatchObject({ entries: 50, salvaged: 1, malformed: 1 });
      expect(told.open).toBeUndefined();
      expect(told.findings).toMatchObject([{ kind: 'malformed', salvaged: [{ seq: 51 }] }]);
      expect(engine.entries.count({})).toBe(51);
      expect(engine.check()).toEqual([]);
    }
  },
);

test('a half line is torn once its file was left alone, or the writer has gone on in another', async () => {
  writeFileSync(at(DAY), lines(1, 50) + line(51).slice(0, 20));
  await follow();
  expect(await checkNow('open')).toMatchObject({ open: { pending: 1 }, totals: { malformed: 0 } });
  const before = new Date(Date.now() - 300_000);
  utimesSync(at(DAY), before, before);
  const settled = await checkNow('settled');
  expect(kindsOf(settled)).toEqual(['malformed']);
  await expectLikeFresh(settled);
  const recent = new Date(Date.now() - 10_000);
  utimesSync(at(DAY), recent, recent);
  appendFileSync(at('audit-2025-01-02.jsonl'), lines(52, 60, 2));
  const gone = await waitFor(entries(59));
  expect(gone).toMatchObject({ totals: { malformed: 1 }, verdict: 'incomplete' });
});

test('a rename while the writer keeps the old file, then its new one', async () => {
  writeFileSync(at('audit.jsonl'), lines(1, 50));
  await follow();
  const writer = openSync(at('audit.jsonl'), 'a');
  renameSync(at('audit.jsonl'), at('audit.jsonl.2025-01-01'));
  writeSync(writer, lines(51, 55));
  await waitFor(entries(55));
  closeSync(writer);
  writeFileSync(at('audit.jsonl'), lines(56, 60));
  const report = await waitFor(entries(60));
  expect(report.findings).toEqual([]);
  await expectLikeFresh(report);
});

test('a copy and a truncation lose nothing where the copy is whole', async () => {
  writeFileSync(at('audit.jsonl'), lines(1, 80));
  await follow();
  copyFileSync(at('audit.jsonl'), at('audit.jsonl.2025-01-01'));
  await waitFor(({ files }) => files.some(({ copyOf }) => copyOf !== undefined));
  truncateSync(at('audit.jsonl'), 0);
  await waitFor(({ files }) => files.every(({ copyOf }) => copyOf === undefined));
  appendFileSync(at('audit.jsonl'), lines(81, 90));
  const report = await waitFor(entries(90));
  expect(report.findings).toEqual([]);
  await expectLikeFresh(report);
});

test.each([
  ['truncated', 'shortened', () => truncateSync(at(DAY), line(1).length * 3)],
  ['deleted', 'absent', () => rmSync(at(DAY))],
  [
    'changed where it was read already',
    'edited',
    () => writeFileSync(at(DAY), readFileSync(at(DAY), 'utf8').replace('ana', 'eva') + line(51)),
  ],
])('a file that was %s is rewritten', async (_, cause, change) => {
  writeFileSync(at(DAY), lines(1, 50));
  writeFileSync(at('audit-2025-01-02.jsonl'), lines(51, 60, 2));
  await follow();
  change();
  const report = await waitFor(({ verdict }) => verdict === 'contradicted');
  expect(report.findings.find(({ kind }) => kind === 'rewritten')).toMatchObject({
    path: DAY,
    cause: { code: cause },
  });
});

test('a gap in the last seconds decides nothing until it stands; an entry that comes late fills it', async () => {
  writeFileSync(at(DAY), lines(1, 50));
  await follow();
  appendFileSync(at(DAY), line(52));
  const open = await waitFor(entries(51));
  expect(open).toMatchObject({ verdict: 'intact', totals: { missing: 0 }, open: { provisional: 1 } });
  expect(open.findings).toMatchObject([{ kind: 'gap', provisional: true }]);
  appendFileSync(at(DAY), line(51));
  await expectLikeFresh(await waitFor(entries(52)));
  appendFileSync(at(DAY), line(54));
  await waitFor(({ open: end }) => end?.provisional === 1);
  appendFileSync(at(DAY), lines(55, 70));
  const settled = await waitFor(entries(69));
  expect(settled).toMatchObject({ verdict: 'incomplete', totals: { missing: 1 } });
  await expectLikeFresh(settled);
});

test('what was provisional settles by itself when the log has been quiet', async () => {
  writeFileSync(at(DAY), lines(1, 50) + line(52));
  await follow(1);
  await expectLikeFresh(await waitFor(({ verdict, open }) => verdict === 'incomplete' && open === undefined));
});

test('a report says which files were not hashed again, and the next opening hashes all', async () => {
  const old = new Date('2025-01-02T00:00:00Z');
  writeFileSync(at(DAY), lines(1, 50));
  utimesSync(at(DAY), old, old);
  writeFileSync(at('audit-2025-01-02.jsonl'), lines(51, 60, 2));
  const first = await checkNow('begun');
  expect((await checkNow('open')).made).toEqual(first.made);
  appendFileSync(at('audit-2025-01-02.jsonl'), line(61, 2));
  const grown = await checkNow('open');
  expect(grown.notVisible[0]).toMatchObject({ code: 'taken-as-unchanged', values: { count: 1 } });
  expect((await checkNow('begun')).notVisible.map(({ code }) => code)).not.toContain('taken-as-unchanged');
});

test('nor are archives that look as they did, while one that was changed is', async () => {
  const old = new Date('2025-01-03T00:00:00Z');
  const pack = (text: string): Buffer =>
    makeZip([{ name: 'audit-2025-01-02.jsonl', data: Buffer.from(text) }]);
  writeFileSync(at('old.zip'), pack(lines(1, 50, 2)));
  utimesSync(at('old.zip'), old, old);
  writeFileSync(at(DAY), lines(1, 20));
  const [first] = (await checkNow('begun')).archives;
  appendFileSync(at(DAY), line(21));
  const grown = await checkNow('open');
  expect(grown.archives).toEqual([first]);
  // The archive, and the file in it.
  expect(grown.notVisible[0]).toMatchObject({ code: 'taken-as-unchanged', values: { count: 2 } });
  const other = pack(lines(1, 50, 2).replace('ana', 'bob'));
  writeFileSync(at('old.zip'), other);
  const changed = await checkNow('open');
  expect(changed.archives[0]?.sha256).toBe(createHash('sha256').update(other).digest('hex'));
  expect(changed.verdict).toBe('contradicted');
});
