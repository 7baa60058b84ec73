/**
 * Divides a node's entries into runs and explains how each begins, in up to three passes: the first shows the restarts
 * and the tolerance, the second which starts need no explanation, the third gives all others an end below them. A pass that
 * could only repeat the one before is left out: a log without restarts and losses needs the first alone.
 */
import { divideBoots, type Restart } from './divide-boots.ts';
import { findRules, isFreeUnder, nameStarts, type Pairing } from './explain-starts.ts';
import { type Linked, type LinkOrders, linkRuns } from './link-runs.ts';
import type { SortedEntries } from './sorted-entries.ts';
import { needsEnd, takeEnds } from './take-ends.ts';
import { uncrossGaps } from './uncross-gaps.ts';

/** The first pass allows a successor to be this much earlier; the log then shows how much is needed. */
const WIDEST_TOLERANCE_MICROS = 250_000;
const LEAST_TOLERANCE_MICROS = 20_000;

/** Bounds how many links are compared with how many restarts. */
const CROSSINGS_LIMIT = 10_000_000;

/** Is a node's entries, divided. */
export interface Division {
  readonly linked: Linked;
  readonly pairing: Pairing;
  readonly restarts: readonly Restart[];
  /** How much earlier than its predecessor an entry was allowed to be, in microseconds. */
  readonly toleranceMicros: number;
  /** How much earlier than their predecessors nearly all inverted entries are, in microseconds; 0 if none is. */
  readonly jitterMicros: number;
  /** What the last pass was told: repeating it gives the same runs. */
  readonly orders: LinkOrders;
}

/** Divides a node's entries. */
export function divideStreams(entries: SortedEntries): Division {
  let linked = linkRuns(entries, WIDEST_TOLERANCE_MICROS);
  const jitterMicros = measureJitter(linked);
  const toleranceMicros = Math.min(
    WIDEST_TOLERANCE_MICROS,
    Math.max(LEAST_TOLERANCE_MICROS, jitterMicros * 2),
  );
  const restarts = divideBoots(linked);
  let orders: LinkOrders = { restarts };
  /** Whether the last pass knew the tolerance and the restarts. */
  let isInformed = toleranceMicros === WIDEST_TOLERANCE_MICROS && restarts.length === 0;
  const pass = (): void => {
    linked = linkRuns(entries, toleranceMicros, orders);
    isInformed = true;
  };
  if (hasOtherStarts(linked) && !isRepeat(linked, restarts, toleranceMicros)) pass();
  const rules = findRules(linked, restarts, toleranceMicros);
  const isFree = isFreeUnder(rules);
  if (hasOtherStarts(linked, isFree)) {
    const isKnown = isInformed && takeEnds(linked, isFree);
    orders = { restarts, isFree };
    if (!isKnown) pass();
    uncrossGaps(linked, restarts, toleranceMicros);
  }
  return { linked, pairing: nameStarts(linked, rules), restarts, toleranceMicros, jitterMicros, orders };
}

/** Gives the size below which 98 in 100 inversions lie, rounded up to a power of two. */
function measureJitter(linked: Linked): number {
  const total = linked.inversions.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let seen = 0;
  for (const [bucket, count] of linked.inversions.entries()) {
    seen += count;
    if (seen >= total * 0.98) return 2 * Math.min(2 ** bucket, linked.largestInversion);
  }
  return 0;
}

/**
 * Tells whether a pass that knows the restarts and the tolerance would give the runs of the first one: there is no
 * inversion that the tolerance forbids, and no link from before a restart to where its boot is alone.
 */
function isRepeat(
  { largestInversion, crossings }: Linked,
  restarts: readonly Restart[],
  toleranceMicros: number,
): boolean {
  if (restarts.length === 0) return largestInversion <= toleranceMicros;
  // An end that a thread's inversion gave back is not among the crossings.
  if (largestInversion > 0 || crossings.length * restarts.length > CROSSINGS_LIMIT) return false;
  return !crossings.some(({ fromTs, toTs }) =>
    restarts.some(({ tsMicros, aloneFromMicros }) => fromTs < tsMicros && toTs >= aloneFromMicros),
  );
}

/** Tells whether any run that does not begin at 1 needs an end, unless it `isFree`: if not, another pass says nothing new. */
function hasOtherStarts(linked: Linked, isFree?: LinkOrders['isFree']): boolean {
  for (let run = 0; run < linked.runs.count; run += 1) if (needsEnd(linked, run, isFree)) return true;
  return false;
}
