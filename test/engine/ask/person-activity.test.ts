/** What a person did, against the plain way: go through all entries and count. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatTs } from '../../../src/engine/base/timestamp.ts';
import { type Engine, openEngine } from '../../../src/engine/engine.ts';
import { createRandom } from '../../simulator/random.ts';

interface Entry {
  readonly ts: number;
  readonly node: string;
  readonly model: string;
  readonly id: number;
  readonly user: string;
}

// Over the change of clocks in Europe on 2025-03-30, at 01:00 UTC, and back on 2025-10-26.
const STARTS = [Date.UTC(2025, 2, 28), Date.UTC(2025, 9, 24)];
const HOUR = 3_600_000_000;
/** A burst of one user's: 90 entries in two hours that follow each other. */
const BURST = Date.UTC(2025, 2, 29, 14) * 1000;

let directory = '';
let engine: Engine;
let entries: Entry[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-person-'));
  const evidence = join(directory, 'audit');
  mkdirSync(evidence);
  const random = createRandom(3);
  const draw = (ts: number, user: string): Entry => ({
    ts,
    node: `n${random.int(2)}`,
    model: random.pick(['res.partner', 'spp.cycle']),
    id: random.int(40) + 1,
    user,
  });
  const usual = STARTS.flatMap((start) =>
    Array.from({ length: 900 }, () =>
      draw(start * 1000 + random.int(5 * 24 * 3600) * 1e6 + 7, random.pick(['ana', 'bo', 'ana'])),
    ),
  );
  const burst = Array.from({ length: 90 }, (_, i) => draw(BURST + i * 79e6, 'ana'));
  entries = [...usual, ...burst].sort((a, b) => a.ts - b.ts);
  const seqs = new Map<string, number>();
  const lines = entries.flatMap(({ ts, node, model, id, user }, index) => {
    const seq = (seqs.get(node) ?? 0) + 1;
    seqs.set(node, seq);
    // One in the burst is missing.
    if (ts === BURST + 45 * 79e6) entries[index] = { ...entries[index]!, user: '' };
    return ts === BURST + 45 * 79e6
      ? []
      : [
          `{"seq": ${seq}, "ts": "${formatTs(ts)}", "node": "${node}", "model": "${model}", "res_id": ${id}, "method": "write", "user_id": ${user === 'ana' ? 2 : 3}, "user_login": "${user}", "old_values": {}, "new_values": {}}\n`,
        ];
  });
  writeFileSync(join(evidence, 'audit.jsonl'), lines.join(''));
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: [evidence] });
  await engine.importPaths([evidence], { signal: new AbortController().signal });
});
afterAll(async () => {
  await engine.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Weekday and hour as a clock in the zone shows them, from Monday's first hour on. */
function readClock(ts: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(ts / 1000);
  const get = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
  return days.indexOf(get('weekday')) * 24 + Number(get('hour'));
}

test.each(['UTC', 'Europe/Paris', 'Asia/Kathmandu', 'America/St_Johns', 'Australia/Lord_Howe'])(
  'the week by the clock of %s',
  (zone) => {
    const own = entries.filter(({ user }) => user === 'ana');
    const week = new Array<number>(168).fill(0);
    for (const { ts } of own) week[readClock(ts, zone)]!++;
    const activity = engine.activity({ user: 'ana', zone });
    expect(activity.week).toEqual(week);
    expect(activity.total).toBe(own.length);
    const ofWeek = week.indexOf(Math.max(...week));
    const hours = engine.hours({ user: 'ana', zone, ofWeek });
    expect(hours.shown.reduce((sum, { count }) => sum + count, 0)).toBe(week[ofWeek]);
    for (const { fromMicros, toMicros, count } of hours.shown) {
      expect(readClock(fromMicros, zone)).toBe(ofWeek);
      expect(own.filter(({ ts }) => ts >= fromMicros && ts < toMicros)).toHaveLength(count);
    }
  },
);

test('a burst is found by the rule that is told with it', () => {
  const { habit, bursts } = engine.activity({ user: 'ana', zone: 'UTC' });
  const counts = new Map<number, number>();
  for (const { ts, user } of entries) {
    const hour = Math.floor(ts / HOUR);
    if (user === 'ana') counts.set(hour, (counts.get(hour) ?? 0) + 1);
  }
  const sorted = [...counts.values()].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  expect(habit).toMatchObject({ hours: counts.size, median, threshold: Math.max(20, 5 * median) });
  const first = counts.get(BURST / HOUR)!;
  const second = counts.get(BURST / HOUR + 1)!;
  expect(bursts).toEqual({
    total: 1,
    shown: [{ fromMicros: BURST, toMicros: BURST + 2 * HOUR, count: first + second }],
  });
  // Too few hours to judge by.
  expect(engine.activity({ user: 'nobody', zone: 'UTC' })).toMatchObject({
    total: 0,
    habit: { hours: 0, median: 0 },
    bursts: { total: 0 },
  });
});

test('nodes, models and records are counted, and one user is found by login and by id', () => {
  const own = entries.filter(({ user }) => user === 'ana');
  const count = (values: readonly string[]) => {
    const counts = new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    return [...counts].map(([value, n]) => ({ value, count: n })).sort((a, b) => b.count - a.count);
  };
  const activity = engine.activity({ user: 'ana', zone: 'UTC' });
  expect(activity.nodes.shown).toEqual(count(own.map(({ node }) => node)));
  expect(activity.models.shown).toEqual(count(own.map(({ model }) => model)));
  const records = count(own.map(({ model, id }) => `${model},${id}`));
  expect(activity.records.total).toBe(records.length);
  expect(activity.records.shown.map((record) => record.count)).toEqual(
    records.slice(0, 12).map((record) => record.count),
  );
  for (const { model, resId, count: told } of activity.records.shown) {
    expect(records).toContainEqual({ value: `${model},${resId}`, count: told });
  }
  expect(activity.first?.tsMicros).toBe(own[0]?.ts);
  expect(activity.last?.tsMicros).toBe(own.at(-1)?.ts);
  expect(activity.names.shown).toEqual([{ userId: '2', userLogin: 'ana', count: own.length }]);
  expect(engine.activity({ user: '2', zone: 'UTC' })).toEqual(activity);
});

test('a gap is told with what they did around it', () => {
  const { gaps } = engine.activity({ user: 'ana', zone: 'UTC' });
  expect(gaps).toMatchObject({ total: 1, missing: 1 });
  const [gap] = gaps.shown;
  expect(gap).toMatchObject({ sameNode: true });
  const near = entries.filter(
    ({ ts, user }) =>
      user === 'ana' &&
      ts >= Math.floor(gap!.fromMicros / 900e6) * 900e6 - HOUR &&
      ts < (Math.floor(gap!.toMicros / 900e6) + 1) * 900e6 + HOUR,
  );
  expect(gap?.near).toBe(near.length);
});

test('a zone that is none is refused', () => {
  expect(() => engine.activity({ user: 'ana', zone: 'Mars/Base' })).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'bad-request' }) }),
  );
});
