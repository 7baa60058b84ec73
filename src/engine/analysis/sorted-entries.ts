/**
 * The entries of one node as the analysis reads them. Structurally the same as what `engine/batch.ts` exports; it is
 * declared here so that the analysis compiles and is tested by itself.
 */

/** Holds consecutive entries in columns; only the first `count` elements of each column are valid. */
export interface SortedChunk {
  readonly count: number;
  /** Microseconds since the Unix epoch. */
  readonly tsMicros: Float64Array;
  readonly seq: Float64Array;
  /** An opaque, sortable place: file * 2^33 + line. */
  readonly ref: Float64Array;
}

/** Holds one node's entries sorted by (tsMicros, seq, ref). May be read several times; never by position. */
export interface SortedEntries {
  readonly count: number;
  chunks(): Iterable<SortedChunk>;
}

/** Gives the first place from `from` on, before `count`, at which a time is not before `ts`; `count` where there is none. */
export function findTime(tsMicros: Float64Array, from: number, count: number, ts: number): number {
  let low = from;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tsMicros[middle]! < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}
