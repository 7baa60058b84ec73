import { expect, test } from 'vitest';
import { setPeriod } from '../../src/renderer/ui/period.ts';

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
