/** What the record's and the person's page draw: stretches of values, their places on the axis, cells of the week. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contradiction, RecordEntry } from '../../src/contract/record.ts';
import { moveInWeek, nameWeek } from '../../src/renderer/person/week.ts';
import { chooseTone } from '../../src/renderer/record/choose-tone.ts';
import { drawLanes, scaleCourse } from '../../src/renderer/record/course.ts';

const contradiction: Contradiction = { left: '1', id: '1-0', tsMicros: 0, asIfUndone: false, gaps: 0 };

function entry(tsMicros: number, action: string, values: RecordEntry['values']): RecordEntry {
  const row = {
    ...{ id: `1-${tsMicros}`, ts: '', tsMicros, node: 'a', seq: 1, model: 'm', resId: '7', action },
    ...{ userId: '2', userLogin: 'ana', path: 'audit.jsonl', line: 1, salvaged: false },
  };
  return { row, values, moreKeys: 0, duplicates: 0 };
}

describe('lanes', () => {
  test('run from one change to the next, from what stood before to the deletion', () => {
    const lanes = drawLanes([
      entry(1, 'write', [{ key: 'name', old: '"a"', new: '"b"' }]),
      entry(2, 'write', [{ key: 'name', old: '"b"', new: '"b"' }]),
      entry(3, 'write', [
        { key: 'name', old: '"c"', new: '"a"', contradiction },
        { key: 'state', new: '"draft"' },
      ]),
      entry(4, 'unlink', [{ key: 'name', old: '"a"' }]),
    ]);
    // Where the record stands comes first.
    expect(lanes.map(({ key }) => key)).toEqual(['state', 'name']);
    expect(lanes[0]?.stretches).toEqual([{ from: 2, to: 3, text: '"draft"', value: 0 }]);
    expect(lanes[1]).toMatchObject({
      contradictions: 1,
      stretches: [
        { from: -1, to: 0, text: '"a"', value: 0 },
        { from: 0, to: 2, text: '"b"', value: 1 },
        { from: 2, to: 3, text: '"a"', value: 0, contradiction },
      ],
    });
  });

  test('have no hole, whatever the values', () => {
    const value = fc.option(fc.constantFrom('1', '2', '3'), { nil: undefined });
    const pair = fc.record({ old: value, new: value }).filter((own) => (own.old ?? own.new) !== undefined);
    const drawn = fc.array(pair, { maxLength: 12 });
    fc.assert(
      fc.property(drawn, (values) => {
        const [lane] = drawLanes(
          values.map((own, at) =>
            entry(at, 'write', [
              {
                key: '__proto__',
                ...(own.old === undefined ? {} : { old: own.old }),
                ...(own.new === undefined ? {} : { new: own.new }),
              },
            ]),
          ),
        );
        const stretches = lane?.stretches ?? [];
        stretches.forEach(({ from, to }, index) => {
          const next = stretches[index + 1];
          expect(to).toBe(next?.from);
          if (next) expect(next.from).toBeGreaterThan(from);
        });
      }),
    );
  });
});

test('the axis keeps order, by time and by entry', () => {
  const times = fc.uniqueArray(fc.nat(1_000_000), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(times, fc.constantFrom('time' as const, 'entry' as const), (drawn, by) => {
      const sorted = drawn.sort((a, b) => a - b);
      const scale = scaleCourse(
        sorted.map((ts) => entry(ts, 'write', [])),
        by,
      );
      for (const [index, ts] of sorted.entries()) {
        expect(scale.place(ts)).toBeCloseTo(scale.positions[index]!, 9);
        if (index > 0) {
          expect(scale.positions[index]).toBeGreaterThan(scale.positions[index - 1]!);
          const between = scale.place((ts + sorted[index - 1]!) / 2);
          expect(between).toBeLessThan(scale.positions[index]!);
          expect(between).toBeGreaterThan(scale.positions[index - 1]!);
        }
      }
      expect([scale.place(-1), scale.place(2e6)]).toEqual([0, 1]);
    }),
  );
});

test('a contradiction that was as if undone stands out less, unless another does not fit at all', () => {
  const undone = { ...contradiction, asIfUndone: true };
  expect([chooseTone(), chooseTone(undone), chooseTone(undone, contradiction)]).toEqual([
    undefined,
    'incomplete',
    'contradicted',
  ]);
});

test('the week is named in a language, and arrows stay within it', () => {
  const { days, hours } = nameWeek('fr');
  expect(days.map(({ long }) => long)).toEqual([
    ...['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  ]);
  expect([hours.length, hours[9], hours[24]]).toEqual([25, '09:00', '00:00']);
  expect(moveInWeek(0, 'ArrowLeft')).toBeUndefined();
  expect(moveInWeek(0, 'ArrowDown')).toBe(24);
  expect(moveInWeek(30, 'Home')).toBe(24);
  expect(moveInWeek(30, 'End')).toBe(47);
  expect(moveInWeek(167, 'ArrowDown')).toBeUndefined();
  expect(moveInWeek(5, 'a')).toBeUndefined();
});
