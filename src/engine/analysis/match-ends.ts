/** Gives starts their ends, and groups gaps that overlap in time. */

import { PredecessorSet } from './predecessor-set.ts';
import type { Runs } from './run-table.ts';

/** Goes through the starts (in time order) and gives each the greatest end of its boot below it; for any number of them. */
export function pairGreatest(
  runs: Runs,
  startsByBoot: readonly (readonly number[])[],
  free: readonly number[],
  boots: Int32Array,
  toleranceMicros: number,
): Map<number, number> {
  const bySeq = free.toSorted((a, b) => runs.lastSeq[a]! - runs.lastSeq[b]! || a - b);
  const byTime = free.toSorted((a, b) => runs.lastTs[a]! - runs.lastTs[b]! || a - b);
  const rank = new Map(bySeq.map((run, index) => [run, index]));
  const findRank = (seq: number): number => {
    let low = 0;
    let high = bySeq.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (runs.lastSeq[bySeq[middle]!]! < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const pairs = new Map<number, number>();
  for (const [boot, starts] of startsByBoot.entries()) {
    const open = new PredecessorSet(Math.max(1, bySeq.length));
    const ends = byTime.filter((run) => boots[run] === boot);
    let next = 0;
    for (const start of starts) {
      const limit = runs.firstTs[start]! + toleranceMicros;
      while (next < ends.length && runs.lastTs[ends[next]!]! <= limit) {
        open.add(rank.get(ends[next]!)!);
        next += 1;
      }
      const found = open.findBelow(findRank(runs.firstSeq[start]! - 1));
      if (found < 0) continue;
      open.remove(found);
      pairs.set(start, bySeq[found]!);
    }
  }
  return pairs;
}

/** The same for few starts, and ends that need to fit otherwise: as many starts as can be get one. */
export function matchGreatest(
  runs: Runs,
  starts: readonly number[],
  ends: readonly number[],
  fits: (end: number, start: number) => boolean,
): Map<number, number> {
  const left = ends.toSorted(
    (a, b) => runs.lastSeq[b]! - runs.lastSeq[a]! || runs.lastTs[a]! - runs.lastTs[b]!,
  );
  const pairs = new Map<number, number>();
  for (const start of starts) {
    const at = left.findIndex((end) => fits(end, start));
    if (at >= 0) pairs.set(start, left.splice(at, 1)[0]!);
  }
  return pairs;
}

/** Groups spans between which no moment lies that none of them covers; in order of time. */
export function* groupByTime<T extends { readonly from: number; readonly to: number }>(
  spans: readonly T[],
  toleranceMicros: number,
): Generator<T[]> {
  let group: T[] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const span of spans.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (group.length > 0 && span.from > until + toleranceMicros) {
      yield group;
      group = [];
    }
    group.push(span);
    until = Math.max(until, span.to);
  }
  if (group.length > 0) yield group;
}
