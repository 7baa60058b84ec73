import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AlertKind } from '../../../src/contract/alert.ts';
import {
  type AlertMemory,
  type Cause,
  type DueAlert,
  decideAlerts,
} from '../../../src/host/alerts/decide-alerts.ts';

const settleMs = 300;
const gap: Cause = { kind: 'gap', id: 'g1', place: 'web-1', entries: 3 };
const silent: Cause = { kind: 'sender-silent', id: 'openspp', place: 'openspp' };

/** Runs through what is seen at each time; gives what is told at each. */
function run(seen: readonly (readonly [atMs: number, causes: readonly Cause[]])[]): DueAlert[][] {
  let memory: AlertMemory = {};
  return seen.map(([nowMs, causes]) => {
    const decided = decideAlerts(memory, causes, { nowMs, settleMs });
    memory = JSON.parse(JSON.stringify(decided.memory));
    return [...decided.due];
  });
}

test('a gap that closes before it has settled rings nobody', () => {
  expect(
    run([
      [0, [gap]],
      [299, [gap]],
      [300, []],
      [301, [gap]],
      [400, [gap]],
    ]),
  ).toEqual([[], [], [], [], []]);
});

test('one that stays is told once, also after it closed for a moment', () => {
  const told = [{ kind: 'gap', state: 'began', count: 1, entries: 3, places: ['web-1'] }];
  expect(
    run([
      [0, [gap]],
      [300, [gap]],
      [900, [gap]],
      [1000, []],
      [1299, [gap]],
      [2000, [gap]],
      [3000, []],
      [3300, []],
      [4000, [gap]],
      [4300, [gap]],
    ]),
  ).toEqual([[], told, [], [], [], [], [], [], [], told]);
});

test('silence is told at once, and its end when it has lasted', () => {
  expect(
    run([
      [0, [silent]],
      [1, [silent]],
      [2, []],
      [302, []],
    ]),
  ).toEqual([
    [{ kind: 'sender-silent', state: 'began', count: 1, places: ['openspp'] }],
    [],
    [],
    [{ kind: 'sender-silent', state: 'ended', count: 1, places: ['openspp'] }],
  ]);
});

test('what comes up together is one alert', () => {
  const many = Array.from({ length: 50 }, (_, i) => ({ ...gap, id: `g${i}`, place: `web-${i % 12}` }));
  const [, [alert] = []] = run([
    [0, many],
    [300, many],
  ]);
  expect(alert).toMatchObject({ count: 50, entries: 150 });
  expect(alert?.places).toHaveLength(10);
});

test('a clock that is set back makes nothing be told twice, or never', () => {
  const told = run([
    [10_000, [gap]],
    [0, [gap]],
    [300, [gap]],
    [10_400, [gap]],
  ]);
  expect(told.map((alerts) => alerts.length)).toEqual([0, 0, 1, 0]);
});

const causes = fc.array(
  fc.record({
    kind: fc.constantFrom(...AlertKind.options),
    id: fc.constantFrom('a', 'b', '__proto__', 'constructor'),
    place: fc.constantFrom('x', 'y'),
  }),
  { maxLength: 4 },
);
const course = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), causes), { maxLength: 30 });

test('each cause is told once until it ends', () => {
  fc.assert(
    fc.property(course, (steps) => {
      let memory: AlertMemory = {};
      let nowMs = 0;
      /** By name: told and not ended; and since when it holds without a break, or is gone. */
      const open = new Set<string>();
      const heldSince = new Map<string, number>();
      const goneSince = new Map<string, number>();
      for (const [waitMs, seen] of steps) {
        nowMs += waitMs;
        const names = new Set(seen.map(({ kind, id }) => `${kind} ${id}`));
        for (const name of names) {
          if (!heldSince.has(name)) heldSince.set(name, nowMs);
          goneSince.delete(name);
        }
        for (const name of [...heldSince.keys()]) {
          if (names.has(name)) continue;
          heldSince.delete(name);
          goneSince.set(name, nowMs);
        }
        const expected = new Map<string, number>();
        const expect1 = (state: string, name: string): void => {
          const key = `${state} ${name.split(' ')[0]}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
        };
        for (const name of names) {
          const waits = name.startsWith('gap') || name.startsWith('sender-refused');
          if (open.has(name) || (waits && nowMs - (heldSince.get(name) ?? nowMs) < settleMs)) continue;
          open.add(name);
          expect1('began', name);
        }
        for (const name of [...open]) {
          const gone = goneSince.get(name);
          if (gone === undefined || nowMs - gone < settleMs) continue;
          open.delete(name);
          if (name.startsWith('sender-silent') || name.startsWith('disk-low')) expect1('ended', name);
        }
        const decided = decideAlerts(memory, seen, { nowMs, settleMs });
        memory = decided.memory;
        const told = new Map(decided.due.map(({ state, kind, count }) => [`${state} ${kind}`, count]));
        expect(told).toEqual(expected);
        expect(Object.keys(memory).length).toBeLessThanOrEqual(names.size + open.size);
      }
    }),
  );
});
