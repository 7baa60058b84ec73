import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RunBudget, SortedRuns, sortRun } from '../../../src/engine/base/sorted-runs.ts';
import { REF_LINES, type SortedEntries } from '../../../src/engine/batch.ts';

function list(entries: SortedEntries): number[][] {
  const rows: number[][] = [];
  for (const { count, tsMicros, seq, ref } of entries.chunks()) {
    for (let i = 0; i < count; i++) rows.push([tsMicros[i] ?? 0, seq[i] ?? 0, ref[i] ?? 0]);
  }
  return rows;
}

test('whatever order runs come in, in memory or spilled, entries come out sorted, again and again', () => {
  const entry = fc.tuple(fc.nat(50), fc.oneof(fc.nat(5), fc.constant(2 ** 40)));
  fc.assert(
    fc.property(
      fc.array(fc.array(entry, { maxLength: 12 }), { maxLength: 6 }),
      fc.nat(600),
      (files, budgetBytes) => {
        const budget = new RunBudget({ budgetBytes });
        try {
          const runs = new SortedRuns(budget);
          const expected: number[][] = [];
          for (const [file, rows] of files.entries()) {
            const line = Uint32Array.from(rows, (_, i) => i + 1);
            expected.push(...rows.map(([ts, seq], i) => [ts, seq, file * REF_LINES + i + 1]));
            const tsMicros = Float64Array.from(rows, ([ts]) => ts);
            const isWide = rows.some(([, seq]) => seq > 0xffffffff);
            const seqs = rows.map(([, seq]) => seq);
            const seq = isWide ? Float64Array.from(seqs) : Uint32Array.from(seqs);
            runs.add(file, sortRun({ tsMicros, seq, line }));
          }
          expected.sort(
            (a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0),
          );
          expect(list(runs)).toEqual(expected);
          expect(list(runs)).toEqual(expected);
          expect(runs.count).toBe(expected.length);
        } finally {
          budget.close();
        }
      },
    ),
  );
});
