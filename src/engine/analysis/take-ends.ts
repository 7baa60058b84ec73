/** Gives starts their ends after a pass, where another pass over all entries would find the same. */
import type { Linked, LinkOrders } from './link-runs.ts';

/**
 * Gives each start that is not free the greatest end that was open below it and is not given to another yet.
 *
 * That is what a pass does that is told which starts are free. An end that nothing ever went on from changes no link when
 * it is taken; where one is wanted that a process later went on from, or one beyond those remembered, all that follows may
 * be other than it was: then nothing is given, and the pass must be made.
 *
 * @returns whether the ends were given
 */
export function takeEnds(
  { runs, endsBelow, tried, endOf }: Linked,
  isFree: NonNullable<LinkOrders['isFree']>,
): boolean {
  const given = new Map<number, number>();
  const taken = new Set<number>();
  let needing = 0;
  for (const [start, ends] of endsBelow) {
    if (isFree(runs.firstSeq[start]!, runs.firstTs[start]!, runs.firstRef[start]!)) continue;
    needing += 1;
    const at = ends.runs.findIndex((run) => !taken.has(run));
    if (at < 0) {
      if (ends.areAll) continue;
      return false;
    }
    const end = ends.runs[at]!;
    if (runs.lastSeq[end] !== ends.seqs[at] || runs.continuedBy[end] !== -1 || tried.has(end)) return false;
    taken.add(end);
    given.set(start, end);
  }
  if (needing < countNeeding(runs, isFree)) return false;
  for (const [start, end] of given) endOf.set(start, end);
  return true;
}

/** Starts that need an end: fewer were remembered where there was too much to look at. */
function countNeeding(runs: Linked['runs'], isFree: NonNullable<LinkOrders['isFree']>): number {
  let needing = 0;
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.firstSeq[run] === 1 || runs.continues[run] !== -1) continue;
    if (!isFree(runs.firstSeq[run]!, runs.firstTs[run]!, runs.firstRef[run]!)) needing += 1;
  }
  return needing;
}
