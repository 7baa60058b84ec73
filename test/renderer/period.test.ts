import { expect, test } from 'vitest';
import type { Report } from '../../src/contract/report.ts';
import { countRows, countSalvaged, selectCounted } from '../../src/renderer/session/sources.ts';
import { isEmptyPeriod, narrowPeriod, setPeriod } from '../../src/renderer/ui/period.ts';

const asked = { paths: ['/logs'], against: '/before.json', from: '2025-01-01T00:00:00.000Z' };

test('a period takes the place of the one before, and all else stays', () => {
  expect(setPeriod(asked, { to: '2025-02-01T00:00:00.000Z' })).toStrictEqual({
    paths: ['/logs'],
    against: '/before.json',
    to: '2025-02-01T00:00:00.000Z',
  });
});

test('an end that was emptied is not asked for', () => {
  expect(setPeriod(asked, { from: undefined, to: undefined })).toStrictEqual({
    paths: ['/logs'],
    against: '/before.json',
  });
});

test.each([
  [{}, {}, {}],
  [{ from: '2025-01-01T00:00:00Z' }, {}, { from: '2025-01-01T00:00:00Z' }],
  [
    { from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z' },
    { from: '2025-01-01T08:00:00+09:00', to: '2025-01-01T12:00:00+00:00' },
    { from: '2025-01-01T00:00:00Z', to: '2025-01-01T12:00:00+00:00' },
  ],
])('of %o and %o the time that lies in both', (one, other, both) => {
  expect(narrowPeriod(one, other)).toStrictEqual(both);
  expect(narrowPeriod(other, one)).toStrictEqual(both);
});

test('a period ends after it begins', () => {
  const [early, late] = ['2025-01-01T09:00:00+09:00', '2025-01-01T00:00:01Z'];
  expect(isEmptyPeriod({ from: early, to: late })).toBe(false);
  expect(isEmptyPeriod({ from: late, to: early })).toBe(true);
  expect(isEmptyPeriod({ from: early, to: '2025-01-01T00:00:00Z' })).toBe(true);
  expect(isEmptyPeriod({ from: late })).toBe(false);
});

test('a workspace has the rows of all time, each once; what a report counts are those of the period', () => {
  const file = (path: string, copyOf?: string) => ({ path, source: 0, entries: 5, salvaged: 1, copyOf });
  const report = {
    requested: { from: '2025-01-01T00:00:00Z' },
    totals: { entries: 2 },
    sources: [{ entries: 2, salvaged: 0 }],
    files: [file('a'), file('b'), file('c', 'a')],
  } as unknown as Report;
  expect([countRows(report), countSalvaged(report)]).toEqual([12, 2]);
  expect(selectCounted(report, 0)).toEqual({ from: '2025-01-01T00:00:00Z' });
});
