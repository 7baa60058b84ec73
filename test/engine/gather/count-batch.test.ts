import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ROW_SALVAGED } from '../../../src/engine/batch.ts';
import { type CountedBatch, countBatch } from '../../../src/engine/gather/count-batch.ts';

const DAY = 86_400_000_000;
const nodes = ['a', 'b', 'c'];

interface Row {
  readonly tsMicros: number;
  readonly seq: number;
  readonly code: number;
  readonly isSalvaged: boolean;
}

const row: fc.Arbitrary<Row> = fc.record({
  // Few times, at the edges of days: many are equal, and out of order.
  tsMicros: fc.constantFrom(0, 1, DAY - 1, DAY, 2 * DAY, 2 * DAY + 5, 19_000 * DAY),
  seq: fc.oneof({ weight: 9, arbitrary: fc.nat(20) }, fc.constant(2 ** 40)),
  // Two tuples of each node.
  code: fc.nat(5),
  isSalvaged: fc.boolean(),
});

function createBatch(rows: readonly Row[]): CountedBatch {
  return {
    file: 2,
    firstLine: 11,
    lines: rows.length,
    count: rows.length,
    tsMicros: Float64Array.from(rows, ({ tsMicros }) => tsMicros),
    seq: Float64Array.from(rows, ({ seq }) => seq),
    code: Uint32Array.from(rows, ({ code }) => code),
    line: Uint32Array.from(rows, (_, line) => line),
    flags: Uint8Array.from(rows, ({ isSalvaged }) => (isSalvaged ? ROW_SALVAGED : 0)),
    tuples: [...nodes, ...nodes].map((node) => ({ node, model: '', action: '', userId: '', userLogin: '' })),
    malformed: [],
  };
}

describe('counting a batch', () => {
  test('gives each node its entries in time order, and whole ones by day', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), (rows) => {
        const counted = countBatch(createBatch(rows)).nodes.map(({ node, entries, days, run }) => ({
          node,
          entries,
          days: new Map(days),
          run: Array.from(run.tsMicros, (tsMicros, at) => [tsMicros, run.seq[at], run.line[at]]),
        }));
        const expected = nodes.flatMap((node, slot) => {
          const own = rows
            .map((each, line) => ({ ...each, line: 11 + line }))
            .filter(({ code }) => code % 3 === slot)
            .sort((a, b) => a.tsMicros - b.tsMicros || a.seq - b.seq || a.line - b.line);
          const whole = own.filter(({ isSalvaged }) => !isSalvaged);
          const byDay = Map.groupBy(whole, ({ tsMicros }) => Math.floor(tsMicros / DAY));
          const days = new Map([...byDay].map(([day, { length }]) => [day, length]));
          const run = own.map(({ tsMicros, seq, line }) => [tsMicros, seq, line]);
          return own.length === 0 ? [] : [{ node, entries: whole.length, days, run }];
        });
        expect(counted).toEqual(expected);
      }),
    );
  });
});
