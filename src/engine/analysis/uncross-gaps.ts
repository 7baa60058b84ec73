/**
 * Makes few losses of many: of all ways to give the same ends to the same starts (the sum of what is missing is the same
 * for each), it looks for one in which as many starts as possible follow the seq just below them, and so lose nothing.
 */
import type { Linked } from './link-runs.ts';
import { groupByTime, matchGreatest } from './match-ends.ts';
import type { Runs } from './run-table.ts';

/** A larger group of gaps that overlap in time is left as it is: its times are wider than need be, still sound. */
const LARGEST_GROUP = 400;

/** Uncrosses the gaps of a linking in place. */
export function uncrossGaps(
  { runs, endOf }: Linked,
  restarts: readonly { readonly tsMicros: number; readonly aloneFromMicros: number }[],
  toleranceMicros: number,
): void {
  const fits = (end: number, start: number): boolean =>
    runs.lastSeq[end]! < runs.firstSeq[start]! &&
    runs.lastTs[end]! <= runs.firstTs[start]! + toleranceMicros &&
    !restarts.some(
      (restart) => runs.lastTs[end]! < restart.tsMicros && runs.firstTs[start]! >= restart.aloneFromMicros,
    );
  const pairs = [...endOf].map(([start, end]) => ({
    start,
    end,
    from: Math.min(runs.lastTs[end]!, runs.firstTs[start]!),
    to: runs.firstTs[start]!,
  }));
  for (const group of groupByTime(pairs, toleranceMicros)) {
    if (group.length > 1 && group.length <= LARGEST_GROUP) uncrossGroup(runs, endOf, group, fits);
  }
}

function uncrossGroup(
  runs: Runs,
  endOf: Map<number, number>,
  group: readonly { readonly start: number; readonly end: number }[],
  fits: (end: number, start: number) => boolean,
): void {
  let starts = group.map(({ start }) => start).sort((a, b) => runs.firstTs[a]! - runs.firstTs[b]! || a - b);
  let ends = group.map(({ end }) => end);
  let isChanged = false;
  for (const start of [...starts]) {
    for (const end of ends.filter((run) => runs.lastSeq[run] === runs.firstSeq[start]! - 1)) {
      if (!fits(end, start)) continue;
      const otherStarts = starts.filter((other) => other !== start);
      const otherEnds = ends.filter((other) => other !== end);
      if (matchGreatest(runs, otherStarts, otherEnds, fits).size < otherStarts.length) continue;
      endOf.delete(start);
      runs.continuedBy[end] = start;
      runs.continues[start] = end;
      starts = otherStarts;
      ends = otherEnds;
      isChanged = true;
      break;
    }
  }
  if (!isChanged) return;
  for (const [start, end] of matchGreatest(runs, starts, ends, fits)) endOf.set(start, end);
}
