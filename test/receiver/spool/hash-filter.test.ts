import { expect, test } from 'vitest';
import { HashFilter } from '../../../src/receiver/spool/hash-filter.ts';
import { hashPayload } from '../../../src/receiver/spool/spool-line.ts';

const hashes = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => hashPayload(Buffer.from(String(from + i))));

test('it has all that was added, and takes few others for that', () => {
  const filter = new HashFilter(10_000);
  const added = hashes(0, filter.capacity);
  for (const hash of added) filter.add(hash);
  expect(added.every((hash) => filter.mayHave(hash))).toBe(true);
  const others = hashes(1e6, 10_000).filter((hash) => filter.mayHave(hash));
  expect(others.length).toBeLessThan(300);
});
