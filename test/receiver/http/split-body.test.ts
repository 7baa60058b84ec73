import { expect, test } from 'vitest';
import { splitBody } from '../../../src/receiver/http/split-body.ts';

test.each([
  ['lines', '1\n'.repeat(1000), 'application/x-ndjson'],
  ['an array', `[${'1,'.repeat(999)}1]`, 'application/json'],
])('of too many in %s it keeps one more than may be, and no more', (_, text, type) => {
  const count = (max: number) => splitBody(Buffer.from(text), type, max).payloads.length;
  expect([count(999), count(1000), count(3)]).toEqual([1000, 1000, 4]);
});

test('what ends as no array is one payload, however much of it was one', () => {
  expect(splitBody(Buffer.from('[1,2,3,4'), 'application/json', 2).payloads).toHaveLength(1);
});
