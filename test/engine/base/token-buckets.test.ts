import { expect, test } from 'vitest';
import { TokenBuckets } from '../../../src/engine/base/token-buckets.ts';

test('a burst, then as many as come back, for each key alone', () => {
  let nowMs = 0;
  const buckets = new TokenBuckets(0.5, 2, () => nowMs);
  expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 2]);
  expect(buckets.take('b')).toBe(0);
  nowMs = 2000;
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 2]);
});

test('what is given back can be taken again, and never more than a burst', () => {
  const buckets = new TokenBuckets(0.5, 2, () => 0);
  buckets.take('a');
  buckets.take('a');
  buckets.giveBack('a');
  buckets.giveBack('b');
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 2]);
  expect([1, 2, 3].map(() => buckets.take('b'))).toEqual([0, 0, 2]);
});
