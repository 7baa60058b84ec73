import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TimeCounts } from '../../../src/engine/gather/time-counts.ts';

const MINUTE = 60_000_000;
const batch = fc.record({
  node: fc.constantFrom('a', 'b', 'c'),
  times: fc.array(fc.oneof(fc.nat(20), fc.nat(5000), fc.integer({ min: -1e9, max: 2e9 })), { maxLength: 30 }),
});

test('every entry is in the bucket of its time, and there are never many buckets', () => {
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 12 }), (batches) => {
      const counts = new TimeCounts();
      const all: { node: string; ts: number }[] = [];
      for (const { node, times } of batches) {
        const sorted = times.map((minutes) => minutes * MINUTE + 7).sort((a, b) => a - b);
        counts.add(node, Float64Array.from(sorted));
        all.push(...sorted.map((ts) => ({ node, ts })));
      }
      const { entries, fromMicros, bucketMicros, buckets, nodes, otherEntries } = counts.tell(2);
      expect(entries).toBe(all.length);
      expect(buckets).toBeLessThanOrEqual(160);
      expect(nodes.length).toBeLessThanOrEqual(2);
      expect(nodes.reduce((sum, node) => sum + node.entries, otherEntries)).toBe(all.length);
      for (const { node, entries: own, counts: inBuckets } of nodes) {
        expect(inBuckets).toHaveLength(buckets);
        const expected = new Array<number>(buckets).fill(0);
        for (const entry of all) {
          if (entry.node === node) expected[Math.floor((entry.ts - fromMicros) / bucketMicros)]! += 1;
        }
        expect(inBuckets).toEqual(expected);
        expect(own).toBe(expected.reduce((sum, count) => sum + count, 0));
      }
    }),
  );
});

test('nothing is told of nothing', () => {
  expect(new TimeCounts().tell(6)).toEqual({
    entries: 0,
    fromMicros: 0,
    bucketMicros: MINUTE,
    buckets: 0,
    nodes: [],
    otherEntries: 0,
  });
});

test('the first and the last year of all make buckets wide, and no more of them', () => {
  const counts = new TimeCounts();
  counts.add('a', Float64Array.from([-62_167_219_200_000_000, 0, 253_402_300_799_999_000]));
  const { buckets, nodes } = counts.tell(6);
  expect(buckets).toBeLessThanOrEqual(160);
  expect(nodes[0]?.entries).toBe(3);
});

test('of a million nodes a bounded number is counted apart, and the others together', () => {
  const counts = new TimeCounts();
  for (let node = 0; node < 1000; node++) counts.add(`node-${node}`, Float64Array.from([node]));
  const { entries, nodes, otherEntries } = counts.tell(1000);
  expect([entries, nodes.length, otherEntries]).toEqual([1000, 200, 800]);
});
