/** Which stream each entry is in, held against the streams that the analysis of the same node tells. */
import { expect, test } from 'vitest';
import { analyseNode } from '../../../src/engine/analysis/analyse.ts';
import { labelStreams } from '../../../src/engine/analysis/label-streams.ts';
import type { SortedChunk, SortedEntries } from '../../../src/engine/analysis/sorted-entries.ts';
import { drawOptions, PROFILES } from '../../simulator/draw-options.ts';
import { simulateLog } from '../../simulator/simulate-log.ts';
import { sortEntries } from '../../simulator/sort-entries.ts';
import { tamperLog } from '../../simulator/tamper-log.ts';

interface Labelled {
  readonly seqs: readonly number[];
  readonly refs: ReadonlySet<number>;
}

function label(entries: SortedEntries) {
  const told: { readonly ref: number; readonly seq: number; readonly run: number }[] = [];
  const { streams, streamOf } = labelStreams(entries, (ref, seq, _, run) => told.push({ ref, seq, run }));
  const grouped = Map.groupBy(told, ({ run }) => streamOf[run]!);
  const labelled = streams.map(({ index }): Labelled => {
    const own = grouped.get(index) ?? [];
    return {
      seqs: own.map(({ seq }) => seq).sort((a, b) => a - b),
      refs: new Set(own.map(({ ref }) => ref)),
    };
  });
  return { told, streams, labelled };
}

test.each([
  ['steady', PROFILES.steady],
  ['stress', PROFILES.stress],
] as const)('every entry is in the stream that the report tells: %s', (_, profile) => {
  let inverted = 0;
  for (let seed = 81_000; seed < 81_030; seed += 1) {
    const log = simulateLog(drawOptions(seed, profile));
    const { removed } = tamperLog(log, 'mixed', seed);
    for (const [node, name] of log.nodeNames.entries()) {
      const entries = sortEntries(log, node, removed);
      const { streams, gaps } = analyseNode({ node: name, entries, files: [], malformed: [] });
      const { told, labelled, streams: own } = label(entries);
      expect(own).toEqual(streams);
      expect(new Set(told.map(({ ref }) => ref)).size).toBe(entries.count);
      for (const { index, firstSeq, lastSeq, entries: count, firstRef, lastRef } of streams) {
        const { seqs, refs } = labelled[index]!;
        // No seq twice: one process never gives the same again.
        expect([seqs[0], seqs.at(-1), new Set(seqs).size, seqs.length]).toEqual([
          firstSeq,
          lastSeq,
          count,
          count,
        ]);
        expect([refs.has(firstRef), refs.has(lastRef)]).toEqual([true, true]);
      }
      for (const { before, after } of gaps) {
        const [end, start] = [before[0], after[0]];
        if (end) expect(labelled[end.stream]!.refs.has(end.ref)).toBe(true);
        if (start) expect(labelled[start.stream]!.refs.has(start.ref)).toBe(true);
      }
      inverted += countInverted(entries);
    }
  }
  // Threads, whose entries may turn out to be another run's, are among them.
  if (profile === PROFILES.stress) expect(inverted).toBeGreaterThan(100);
});

/** Entries that bear a later time than one of the next seq: only near each other, and so threads. */
function countInverted(entries: SortedEntries): number {
  let count = 0;
  for (const { seq, count: size } of entries.chunks()) {
    for (let i = 1; i < size; i += 1) if (seq[i] === seq[i - 1]! - 1) count += 1;
  }
  return count;
}

test('the same entry in several lines is in one stream', () => {
  const rows = [1, 2, 2, 2, 3].map((seq, line) => ({ seq, ts: seq * 1_000_000, ref: line + 1 }));
  const chunk: SortedChunk = {
    count: rows.length,
    tsMicros: Float64Array.from(rows, ({ ts }) => ts),
    seq: Float64Array.from(rows, ({ seq }) => seq),
    ref: Float64Array.from(rows, ({ ref }) => ref),
  };
  const { told, streams } = label({ count: rows.length, chunks: () => [chunk] });
  expect(told.map(({ ref, seq }) => [ref, seq])).toEqual(rows.map(({ ref, seq }) => [ref, seq]));
  expect(new Set(told.map(({ run }) => run)).size).toBe(1);
  expect(streams.map(({ entries }) => entries)).toEqual([3]);
});
