import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packColumn, unpackColumn } from '../../../src/engine/store/pack-column.ts';

test('a column comes back as it was, whatever its numbers', () => {
  const number = fc.oneof(
    fc.nat(300),
    fc.integer(),
    fc.maxSafeInteger().map((n) => Math.floor(n / 4)),
  );
  fc.assert(
    fc.property(fc.array(number, { maxLength: 60 }), (numbers) => {
      expect([
        ...unpackColumn(packColumn(Float64Array.from(numbers)), new Float64Array(numbers.length)),
      ]).toEqual(numbers);
    }),
    { numRuns: 500 },
  );
});

test('a column that steps evenly packs to next to nothing', () => {
  const even = Float64Array.from({ length: 10_000 }, (_, i) => 1.7e15 + i * 250);
  expect(packColumn(even).length).toBeLessThan(40);
});
