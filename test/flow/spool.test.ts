/** The receiver's spool as a log. */
import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../src/contract/report.ts';
import { openEngine, verifyPaths } from '../../src/engine/engine.ts';
import { ReceiverLog } from '../../src/receiver/spool/receiver-log.ts';
import { retainDays } from '../../src/receiver/spool/retain-days.ts';
import { openSpool, type Spool } from '../../src/receiver/spool/spool.ts';
import { hashPayload } from '../../src/receiver/spool/spool-line.ts';
import { appendOne } from '../receiver/spool/append-one.ts';

const options = { signal: new AbortController().signal };
const START_MS = Date.parse('2026-11-24T10:00:00Z');
let root: string;
let directory: string;
let spool: Spool;
let nowMs = START_MS;
const now = (): number => nowMs;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'unbroken-flow-spool-'));
  directory = join(root, 'spool');
  nowMs = START_MS;
  open();
});

afterEach(async () => {
  await spool.close();
  rmSync(root, { recursive: true });
});

function open(): void {
  const files = { directory, indexFile: join(root, 'index.sqlite') };
  spool = openSpool({ ...files, minFreeBytes: 0, maxWaitingBytes: 1e8, now, onTrouble: () => {} }).spool;
}

/** The entry of that seq, a second after the one before. */
function entry(seq: number, name = 'Ana \u2028"\\'): string {
  const ts = new Date(START_MS + seq * 1000).toISOString().replace('Z', '001+00:00');
  const data = { old: { name: 'x' }, new: { name } };
  const rest = {
    rule_name: 'R',
    model: 'res.partner',
    res_id: 7,
    method: 'write',
    user_id: 2,
    user_login: 'a',
  };
  return JSON.stringify({ ...rest, data, seq, ts, node: 'vm' });
}

async function send(payloads: readonly string[], sender = 'openspp'): Promise<void> {
  await Promise.all(
    payloads.map((payload) =>
      appendOne(spool, { sender, transport: 'http', peer: '127.0.0.1:1', payload: Buffer.from(payload) }),
    ),
  );
}

const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));

const kinds = ({ findings }: Report) => findings.map(({ kind, count, cause }) => [kind, count, cause?.code]);

test('payloads are what is checked: lines, hashes and bytes are theirs', async () => {
  const lines = [entry(1).replaceAll(',"', ',\n"'), ...range(2, 9), 'no entry', '{"seq": 1'];
  await send(lines);
  const workspace = join(root, 'w.unbroken');
  const engine = openEngine({ workspace, evidence: [directory] });
  const report = await engine.importPaths([directory], options);
  expect(report.files).toMatchObject([
    { path: 'received-2026-11-24.jsonl', compression: 'spool', lines: 11, entries: 9, malformed: 2 },
  ]);
  expect(kinds(report).map(([kind]) => kind)).toEqual(['malformed', 'malformed']);
  const { rows } = engine.entries.page(
    { model: ['res.partner'] },
    { order: 'oldest-first', offset: 0, limit: 20 },
  );
  const details = rows.map(({ id }) => engine.detail(id));
  expect(details.slice(1).map((detail) => detail?.sha256)).toEqual(
    range(2, 9).map((line) => hashPayload(Buffer.from(line))),
  );
  expect(details[0]?.raw).toBe(entry(1).replaceAll(',"', ',\r"'));
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  await engine.close();
});

test('a spool that grows is read on, and its new senders are found', async () => {
  const engine = openEngine({ workspace: join(root, 'w.unbroken'), evidence: [directory] });
  await send(range(1, 5));
  await engine.importPaths([directory], options);
  await send(range(6, 8));
  await send([entry(1, 'other').replace('"vm"', '"db"')], 'second');
  const report = await engine.importPaths([directory], options);
  expect([report.verdict, engine.entries.count({}), kinds(report)]).toEqual(['intact', 9, []]);
  await engine.close();
});

test('other content of the same seq is a conflict; copies by two ways are compared', async () => {
  await send([...range(1, 20), entry(5, 'edited')]);
  await send(range(1, 17), 'relay');
  const report = await verifyPaths([directory], options);
  expect(report.sources.map(({ paths, entries }) => [paths, entries])).toEqual([
    [['openspp'], 21],
    [['relay'], 17],
  ]);
  expect(report.verdict).toBe('contradicted');
  expect(kinds(report).map(([kind, count]) => [kind, count])).toContainEqual(['missing-in-copy', 3]);
});

test('a gap over the time in which the receiver was down has that cause, and another gap has not', async () => {
  const log = new ReceiverLog({ directory, version: '1', now });
  await log.start();
  await send([...range(1, 10), ...range(13, 20)]);
  nowMs = START_MS + 20_500;
  await log.stop();
  nowMs = START_MS + 300_000;
  const next = new ReceiverLog({ directory, version: '1', now });
  await next.start();
  await next.stop();
  await send(range(301, 310));
  const report = await verifyPaths([directory], options);
  expect(kinds(report)).toEqual([
    ['gap', 2, 'unexplained'],
    ['gap', 280, 'receiver-down'],
  ]);
  const [, gap] = report.findings;
  expect(gap?.evidence.map(({ text }) => text)).toContain(
    'The receiver has written down itself that it was not running from 2026-11-24T10:00:20.500000+00:00 to 2026-11-24T10:05:00+00:00.',
  );
});

test('a last line that is cut off is told, and a damaged one is malformed', async () => {
  await send(range(1, 3));
  await spool.close();
  const file = join(directory, 'senders', 'openspp', 'received-2026-11-24.jsonl');
  appendFileSync(file, '{"spool":1,"id":"openspp.2026-11-24.4","payload":"x\n{"spool":1,"id":"op');
  const report = await verifyPaths([directory], options);
  expect(kinds(report)).toEqual([
    ['unreadable', undefined, 'truncated-compression'],
    ['malformed', 1, 'torn'],
  ]);
  truncateSync(file, 0);
  writeFileSync(file, '');
  open();
});

const retain = (days: number) => retainDays(directory, spool, { days }, nowMs);

test('what retention removed is told, and nobody is accused of it', async () => {
  await send(range(1, 5));
  const earlier = join(root, 'earlier.json');
  writeFileSync(earlier, JSON.stringify(await verifyPaths([directory], options)));
  const elsewhere = mkdtempSync(join(tmpdir(), 'unbroken-flow-case-'));
  const engine = openEngine({ workspace: join(elsewhere, 'case.unbroken'), evidence: [directory] });
  await engine.importPaths([directory], options);
  nowMs += 2 * 86_400_000;
  await send(range(6, 9));
  expect(await retain(1)).toHaveLength(1);
  for (const report of [
    await verifyPaths([directory], { ...options, against: earlier }),
    await engine.importPaths([directory], options),
  ]) {
    expect(kinds(report)).toEqual([]);
    expect(report.removed).toMatchObject([
      { path: 'senders/openspp/received-2026-11-24.jsonl', day: '2026-11-24', lines: 5 },
    ]);
    const limit = report.notVisible.find(({ code }) => code === 'removed-by-retention');
    expect(limit?.values).toEqual({ first: '2026-11-24', last: '2026-11-24', count: 5 });
  }
  await engine.close();
  rmSync(elsewhere, { recursive: true });
  const { compared } = await verifyPaths([directory], { ...options, against: earlier });
  expect(compared).toMatchObject({ absent: 0, removed: 1 });
});

test('a day that somebody else removed, or changed before, is missed', async () => {
  await send(range(1, 5));
  const earlier = join(root, 'earlier.json');
  writeFileSync(earlier, JSON.stringify(await verifyPaths([directory], options)));
  nowMs += 2 * 86_400_000;
  await send(range(6, 9));
  const file = join(directory, 'senders', 'openspp', 'received-2026-11-24.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Ana', 'Eva'));
  await retain(1);
  const report = await verifyPaths([directory], { ...options, against: earlier });
  expect(kinds(report).map(([kind]) => kind)).toEqual(['rewritten']);
  expect(report.compared).toMatchObject({ absent: 1 });
});

test('the receiver’s own workspace keeps no longer than the spool', async () => {
  await send(range(1, 5));
  const engine = openEngine({ workspace: join(root, 'w.unbroken'), evidence: [directory] });
  await engine.importPaths([directory], options);
  nowMs += 2 * 86_400_000;
  await send(range(6, 9));
  await retain(1);
  await engine.importPaths([directory], options);
  expect(engine.entries.count({})).toBe(4);
  await engine.close();
  const db = new Database(join(root, 'w.unbroken'), { readonly: true });
  expect(db.prepare('SELECT path FROM file').pluck().all()).toEqual(['received-2026-11-26.jsonl']);
  expect(db.prepare('SELECT count(DISTINCT file) FROM block').pluck().get()).toBe(1);
  db.close();
});

test('processes that syslog names are the streams, and what they lost is theirs', async () => {
  const write = (pid: number, seqs: readonly number[], second: number) =>
    seqs.map((seq, i) => {
      const ts = new Date(START_MS + (second + i) * 1000).toISOString().replace('Z', '001+00:00');
      const payload = Buffer.from(entry(seq).replace(/"ts":"[^"]*"/, `"ts":"${ts}"`));
      const envelope = Buffer.from(`<134>Nov 24 10:00:00 vm openspp-audit[${pid}]: `);
      return { sender: 'openspp', transport: 'syslog-tcp' as const, peer: '127.0.0.1:1', payload, envelope };
    });
  // Without their names the two read as unbroken: 12 stopped just where 11 lost an entry.
  for (const arrival of [
    ...write(11, [1, 2, 3], 0),
    ...write(12, [1, 2, 3, 4], 10),
    ...write(11, [5, 6], 20),
  ])
    await appendOne(spool, arrival);
  const engine = openEngine({ workspace: join(root, 'w.unbroken'), evidence: [directory] });
  for (const report of [
    await verifyPaths([directory], options),
    await engine.importPaths([directory], options),
  ]) {
    expect(report.findings).toMatchObject([{ kind: 'gap', firstSeq: 4, lastSeq: 4, count: 1 }]);
    expect(report.nodes).toMatchObject([{ streams: 2, missing: 1, inferred: { streams: 2, missing: 0 } }]);
  }
  const { rows } = engine.entries.page({}, { order: 'oldest-first', offset: 0, limit: 20 });
  const streams = await Promise.all(rows.map(async ({ id }) => (await engine.streams.look(id))?.id));
  expect(streams.map((id) => streams.indexOf(id))).toEqual([0, 0, 0, 3, 3, 3, 3, 0, 0]);
  await engine.close();
});

test('what a relay kept back and sent later settles a gap, provisional or not', async () => {
  const engine = openEngine({ workspace: join(root, 'w.unbroken'), evidence: [directory] });
  const check = (following: 'begun' | 'open') => engine.importPaths([directory], { ...options, following });
  const provisional = ({ findings }: Report) =>
    findings.map(({ kind, provisional = false }) => [kind, provisional]);
  await send([...range(1, 4), ...range(7, 8)]);
  expect(provisional(await check('begun'))).toEqual([['gap', true]]);
  await send(range(9, 40));
  // Half a minute later it is one, until what is missing comes after all.
  expect(provisional(await check('open'))).toEqual([['gap', false]]);
  await send([entry(6), entry(5)]);
  const settled = await check('open');
  expect(settled.findings).toEqual([]);
  expect(settled.verdict).toBe('intact');
  await engine.close();
});
