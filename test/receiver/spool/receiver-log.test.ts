import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReceiverMark } from '../../../src/contract/spool.ts';
import { LossTally } from '../../../src/receiver/loss-tally.ts';
import { Metrics } from '../../../src/receiver/metrics.ts';
import { ReceiverLog } from '../../../src/receiver/spool/receiver-log.ts';
import { retainDays } from '../../../src/receiver/spool/retain-days.ts';
import { openSpool } from '../../../src/receiver/spool/spool.ts';
import { appendOne } from './append-one.ts';

let directory: string;
let nowMs = Date.parse('2026-11-24T23:59:00Z');
const log = (): ReceiverLog => new ReceiverLog({ directory, version: '1.2.3', now: () => nowMs });
const path = (day: string): string => join(directory, 'receiver', `received-${day}.jsonl`);
const read = (day: string): ReceiverMark[] =>
  readFileSync(path(day), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => ReceiverMark.parse(JSON.parse(line)));

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-log-'));
});

afterEach(() => rmSync(directory, { recursive: true }));

test('a start says since when nothing was received: from the last sign of life, past a torn line', async () => {
  const first = log();
  await first.start();
  nowMs += 60_000;
  await first.beat();
  appendFileSync(path('2026-11-25'), '{"spool":1,"rec');
  nowMs += 600_000;
  const second = log();
  await second.start();
  await second.stop();
  expect(read('2026-11-24')).toEqual([
    { spool: 1, receiver: 'start', at: '2026-11-24T23:59:00.000Z', version: '1.2.3' },
  ]);
  expect(read('2026-11-25').map(({ receiver, downSince }) => [receiver, downSince])).toEqual([
    ['heartbeat', undefined],
    ['start', '2026-11-25T00:00:00.000Z'],
    ['stop', undefined],
  ]);
});

test('losses are told as sums since the last telling, again where the disk failed, and not twice', async () => {
  nowMs = Date.parse('2026-11-24T10:00:00Z');
  const metrics = new Metrics();
  const tally = new LossTally(metrics);
  const one = log();
  await one.start();
  for (let i = 0; i < 1000; i++)
    metrics.count('unbroken_lost_total', 'transport="syslog-udp",reason="kernel"', 2);
  metrics.count('unbroken_refused_total', 'reason="busy"');
  metrics.set('unbroken_sequence_missing', 5, 'sender="relay"');
  await expect(tally.tell(() => Promise.reject(new Error('disk')))).rejects.toThrow('disk');
  nowMs += 60_000;
  await tally.tell((lost) => one.beat(lost));
  // Two came late, and then another is missing.
  metrics.set('unbroken_sequence_missing', 3, 'sender="relay"');
  nowMs += 60_000;
  await tally.tell((lost) => one.beat(lost));
  metrics.set('unbroken_sequence_missing', 4, 'sender="relay"');
  nowMs += 30_000;
  await tally.tell((lost) => one.stop(lost));
  const marks = read('2026-11-24');
  expect(marks.map(({ receiver }) => receiver)).toEqual([
    ...['start', 'loss', 'loss', 'loss', 'heartbeat'],
    ...['heartbeat', 'loss', 'stop'],
  ]);
  expect(marks.flatMap(({ at, since, loss }) => (loss ? { at, since, loss } : []))).toEqual([
    ...[
      { kind: 'kernel-drops', transport: 'syslog-udp', count: 2000 },
      { kind: 'refused', reason: 'busy', count: 1 },
      { kind: 'sequence-hole', sender: 'relay', count: 5 },
    ].map((loss) => ({ at: '2026-11-24T10:01:00.000Z', since: '2026-11-24T10:00:00.000Z', loss })),
    {
      at: '2026-11-24T10:02:30.000Z',
      since: '2026-11-24T10:02:00.000Z',
      loss: { kind: 'sequence-hole', sender: 'relay', count: 1 },
    },
  ]);
});

test('retention removes whole days, says what they were, and never the current one', async () => {
  let dayMs = Date.parse('2026-11-20T12:00:00Z');
  const { spool } = openSpool({
    directory,
    indexFile: join(directory, '..', `${Date.now()}-${process.pid}.sqlite`),
    minFreeBytes: 0,
    maxWaitingBytes: 1e6,
    now: () => dayMs,
    onTrouble: () => {},
  });
  const send = (sender: string) =>
    appendOne(spool, { sender, transport: 'http', peer: 'x', payload: Buffer.from(`{"day":${dayMs}}`) });
  for (let day = 0; day < 4; day++) {
    await send('a');
    await send('b');
    dayMs += 86_400_000;
  }
  dayMs -= 86_400_000;
  expect(await retainDays(directory, spool, {}, dayMs)).toEqual([]);
  const removed = await retainDays(directory, spool, { days: 2 }, dayMs);
  expect(removed.map(({ file, lines }) => [file, lines])).toEqual([
    ['senders/a/received-2026-11-20.jsonl', 1],
    ['senders/b/received-2026-11-20.jsonl', 1],
    ['senders/a/received-2026-11-21.jsonl', 1],
    ['senders/b/received-2026-11-21.jsonl', 1],
  ]);
  expect(await retainDays(directory, spool, { maxBytes: 1 }, dayMs)).toHaveLength(2);
  expect((await send('a')).again).toBe(true);
  dayMs = Date.parse('2026-11-20T12:00:00Z');
  expect((await send('a')).again).toBe(false);
  const told = readFileSync(join(directory, 'removed.jsonl'), 'utf8').trimEnd().split('\n');
  expect(told.map((line) => JSON.parse(line).sha256)).toHaveLength(6);
  await spool.close();
});
