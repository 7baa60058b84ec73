import { expect, test } from 'vitest';
import { TokenBuckets } from '../../../src/receiver/http/token-buckets.ts';

test('a burst, then as many as come back, for each key alone', () => {
  let nowMs = 0;
  const buckets = new TokenBuckets(0.5, 2, () => nowMs);
  expect([1, 2, 3].map(() => buckets.take('a'))).toEqual([0, 0, 2]);
  expect(buckets.take('b')).toBe(0);
  nowMs = 2000;
  expect([buckets.take('a'), buckets.take('a')]).toEqual([0, 2]);
});
