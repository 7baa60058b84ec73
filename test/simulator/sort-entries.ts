/** Gives the entries of one node of a simulated log as the analysis takes them: sorted columns, in chunks of any size. */
import type { SortedChunk, SortedEntries } from '../../src/engine/analysis/sorted-entries.ts';
import type { SimulatedLog } from './simulate-log.ts';

/** Sorts what is left of one node by (ts, seq, ref). The ref is the entry's number in the log. */
export function sortEntries(
  log: SimulatedLog,
  node: number,
  removed: Uint8Array,
  chunkSize = 65_536,
): SortedEntries {
  const picked: number[] = [];
  for (let i = 0; i < log.count; i += 1) if (log.node[i] === node && removed[i] === 0) picked.push(i);
  // Nearly sorted already (file order), which is what this sort is fastest at.
  picked.sort((a, b) => log.tsMicros[a]! - log.tsMicros[b]! || log.seq[a]! - log.seq[b]! || a - b);
  return sliceEntries(
    Float64Array.from(picked, (i) => log.tsMicros[i]!),
    Float64Array.from(picked, (i) => log.seq[i]!),
    Float64Array.from(picked),
    chunkSize,
  );
}

/** Wraps sorted columns. */
export function sliceEntries(
  tsMicros: Float64Array,
  seq: Float64Array,
  ref: Float64Array,
  chunkSize = 65_536,
): SortedEntries {
  const count = tsMicros.length;
  return {
    count,
    *chunks(): Iterable<SortedChunk> {
      for (let from = 0; from < count; from += chunkSize) {
        const to = Math.min(count, from + chunkSize);
        yield {
          count: to - from,
          tsMicros: tsMicros.subarray(from, to),
          seq: seq.subarray(from, to),
          ref: ref.subarray(from, to),
        };
      }
    },
  };
}
