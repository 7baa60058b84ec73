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
export function takeEnds(linked: Linked, isFree: NonNullable<LinkOrders['isFree']>): boolean {
  const { runs, endsBelow, tried, endOf } = linked;
  const given = new Map<number, number>();
  const taken = new Set<number>();
  // Fewer were remembered where there was too much to look at.
  for (let run = 0; run < runs.count; run += 1) {
    if (needsEnd(linked, run, isFree) && !endsBelow.has(run)) return false;
  }
  for (const [start, ends] of endsBelow) {
    if (isFree(runs.firstSeq[start]!, runs.firstTs[start]!, runs.firstRef[start]!)) continue;
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
  for (const [start, end] of given) endOf.set(start, end);
  return true;
}

/** Tells whether a run continues no other and nothing explains its start. */
export function needsEnd({ runs }: Linked, run: number, isFree?: LinkOrders['isFree']): boolean {
  if (runs.firstSeq[run] === 1 || runs.continues[run] !== -1) return false;
  return !isFree?.(runs.firstSeq[run]!, runs.firstTs[run]!, runs.firstRef[run]!);
}
