import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseNode, type NodeInput } from '../../../src/engine/analysis/analyse.ts';
import { labelStreams } from '../../../src/engine/analysis/label-streams.ts';
import { REF_LINES } from '../../../src/engine/batch.ts';

interface Written {
  readonly process: number;
  readonly seq: number;
  readonly tsMicros: number;
}

/** A node's input of entries as they lie in one file, and who wrote them. */
function toInput(
  written: readonly Written[],
  named = true,
): NodeInput & Required<Pick<NodeInput, 'processes'>> {
  const processes = Uint32Array.from([0, ...written.map(({ process }) => (named ? process : 0))]);
  const sorted = written
    .map((entry, i) => ({ ...entry, ref: REF_LINES + i + 1 }))
    .sort((a, b) => a.tsMicros - b.tsMicros || a.seq - b.seq || a.ref - b.ref);
  const column = (of: (entry: (typeof sorted)[number]) => number) => Float64Array.from(sorted, of);
  const chunk = {
    count: sorted.length,
    tsMicros: column(({ tsMicros }) => tsMicros),
    seq: column(({ seq }) => seq),
    ref: column(({ ref }) => ref),
  };
  return {
    node: 'vm',
    entries: { count: sorted.length, chunks: () => [chunk] },
    files: [],
    malformed: [],
    processes: new Map([[1, processes]]),
  };
}

const at = (second: number): number => 1.7e15 + second * 1e6;
const run = (process: number, from: number, to: number, second: number, step = 1): Written[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    process,
    seq: from + i,
    tsMicros: at(second + i * step),
  }));

const tell = (input: NodeInput) => {
  const { streams, gaps, inferred } = analyseNode(input);
  return {
    streams: streams.map(({ firstSeq, lastSeq, missing, start }) => [firstSeq, lastSeq, missing, start]),
    gaps: gaps.map(({ firstSeq, lastSeq, atLeast, streams: of }) => [firstSeq, lastSeq, atLeast, of]),
    inferred,
  };
};

describe('where syslog names the processes', () => {
  test('an entry just above another stream’s end is missed, which seqs and times alone do not see', () => {
    // 11 lost its seq 6, and 12 stopped at 6 a moment before: the two read as unbroken without their names.
    const written = [...run(11, 1, 5, 0), ...run(12, 1, 6, 0.5), ...run(11, 7, 9, 20)];
    expect(tell(toInput(written))).toEqual({
      streams: [
        [1, 9, 1, 'one'],
        [1, 6, 0, 'one'],
      ],
      gaps: [[6, 6, false, [0]]],
      inferred: { streams: 2, missing: 0 },
    });
    expect(tell(toInput(written, false)).gaps).toEqual([]);
  });

  test('a number that is used again is another process, also where it forks above where the first stopped', () => {
    const written = [
      ...run(1, 1, 5, 0),
      ...run(30, 6, 20, 10),
      ...run(31, 6, 12, 10.5),
      // After a restart the master went further before it forked.
      ...run(1, 1, 40, 100),
      ...run(30, 41, 50, 200),
      ...run(31, 41, 45, 200.5),
    ];
    const { gaps, streams } = tell(toInput(written));
    expect(gaps).toEqual([]);
    expect(streams.map(([first]) => first)).toEqual([1, 6, 6, 1, 41, 41]);
  });

  test('one entry of an unknown process, and all is inferred', () => {
    const written = [...run(11, 1, 5, 0), ...run(0, 1, 6, 0.5)];
    expect(tell(toInput(written)).inferred).toBeUndefined();
  });

  test('an entry that came late, or twice, belongs where its time says', () => {
    const written = [...run(11, 1, 4, 0), ...run(11, 7, 9, 6), ...run(11, 5, 6, 4), ...run(11, 8, 8, 7)];
    expect(tell(toInput(written)).gaps).toEqual([]);
    expect(analyseNode(toInput(written)).same).toHaveLength(1);
  });

  test('whatever is lost between a process’s first and last entry is found exactly, and each entry labelled with its process', () => {
    const entries = fc.array(
      fc.record({
        process: fc.integer({ min: 1, max: 5 }),
        lost: fc.boolean(),
        step: fc.integer({ min: 1, max: 5 }),
      }),
      { minLength: 1, maxLength: 120 },
    );
    fc.assert(
      fc.property(entries, (steps) => {
        const seqs = new Map<number, number>();
        let second = 0;
        const all = steps.map(({ process, lost, step }) => {
          const seq = (seqs.get(process) ?? 0) + 1;
          seqs.set(process, seq);
          second += step;
          // The first is always there: what is cut off an end, nobody sees.
          return { process, seq, tsMicros: at(second), lost: lost && seq > 1 };
        });
        const written = all.filter(({ lost }) => !lost);
        const lastOf = new Map(written.map(({ process, seq }) => [process, seq]));
        const lost = all.filter(({ process, seq, lost: isLost }) => isLost && seq < lastOf.get(process)!);
        const input = toInput(written);
        const analysis = analyseNode(input);
        expect(analysis.missing).toBe(lost.length);
        expect(analysis.streams).toHaveLength(lastOf.size);
        const runOf = new Map<number, number>();
        const { streamOf } = labelStreams(
          input.entries,
          (ref, _, __, of) => runOf.set(ref, of),
          input.processes,
        );
        const byProcess = Map.groupBy(written.keys(), (i) => written[i]!.process);
        for (const [, own] of byProcess) {
          expect(new Set(own.map((i) => streamOf[runOf.get(REF_LINES + i + 1)!])).size).toBe(1);
        }
      }),
      { numRuns: 300 },
    );
  });
});
