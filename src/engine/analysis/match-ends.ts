/** Gives starts their ends, and groups gaps that overlap in time. */
import type { Runs } from './link-runs.ts';

/** Goes through `starts` (in time order) and gives each the greatest end that fits: as many as can be get one. */
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
