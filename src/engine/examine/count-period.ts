/** What of a log lies in the period asked for, counted entry by entry: a period may cut a day, a file and a stream. */
import type { SortedRuns } from '../base/sorted-runs.ts';
import { dayNumber, parseTs } from '../base/timestamp.ts';
import { REF_LINES } from '../batch.ts';
import type { PlacedEntry } from './place-book.ts';

/** From inclusive, to exclusive; infinite where open. */
export interface Period {
  readonly fromMicros: number;
  readonly toMicros: number;
}

/** One node's entries within the period. */
export interface PeriodCount {
  /** Whole ones per UTC day (days since the epoch). */
  readonly days: ReadonlyMap<number, number>;
  readonly salvaged: number;
  /** Files that hold any. */
  readonly files: ReadonlySet<number>;
  /** Of all, those recovered too; undefined where there is none. */
  readonly ends: { readonly first: PlacedEntry; readonly last: PlacedEntry } | undefined;
}

/** Reads the period asked for, whose bounds have been checked. */
export function readPeriod({
  from,
  to,
}: {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}): Period {
  return {
    fromMicros: from === undefined ? Number.NEGATIVE_INFINITY : parseTs(from),
    toMicros: to === undefined ? Number.POSITIVE_INFINITY : parseTs(to),
  };
}

/** Whether something that lasts from its first moment to its last lies in the period, or reaches into it. */
export function reaches({ fromMicros, toMicros }: Period, firstMicros: number, lastMicros: number): boolean {
  return firstMicros < toMicros && lastMicros >= fromMicros;
}

/** Counts one node's entries within the period; `broken`: the lines whose entries were recovered. */
export function countPeriod(
  runs: SortedRuns,
  { fromMicros, toMicros }: Period,
  broken: ReadonlySet<number>,
): PeriodCount {
  const days = new Map<number, number>();
  const files = new Set<number>();
  let salvaged = 0;
  let first: PlacedEntry | undefined;
  let last = { ref: Number.NaN, tsMicros: Number.NaN };
  for (const { count, tsMicros: times, ref: refs } of runs.chunks()) {
    // In time order: none of the chunks that follow has any.
    if (times[0]! >= toMicros) break;
    let from = 0;
    while (from < count && times[from]! < fromMicros) from++;
    let to = count;
    while (to > from && times[to - 1]! >= toMicros) to--;
    if (from === to) continue;
    first ??= { ref: refs[from]!, tsMicros: times[from]! };
    last = { ref: refs[to - 1]!, tsMicros: times[to - 1]! };
    for (let i = from; i < to; i++) {
      files.add(Math.floor(refs[i]! / REF_LINES));
      if (broken.has(refs[i]!)) salvaged++;
      else {
        const day = dayNumber(times[i]!);
        days.set(day, (days.get(day) ?? 0) + 1);
      }
    }
  }
  return { days, salvaged, files, ends: first && { first, last } };
}
