/**
 * Divides a node's entries into runs and explains how each begins, in as many passes as the log needs: one if all runs
 * begin at 1, one more with what the first told of restarts and tolerance, and some to better the linking where losses
 * interlock.
 */
import { divideBoots, type Restart } from './divide-boots.ts';
import { type Linked, type LinkOrders, linkRuns } from './link-runs.ts';
import { type Pairing, pairStarts } from './pair-starts.ts';
import { costPairing, watchEnds } from './reserve-ends.ts';
import type { SortedEntries } from './sorted-entries.ts';

/** The first pass allows a successor to be this much earlier; the log then shows how much is needed. */
const WIDEST_TOLERANCE_MICROS = 250_000;
const LEAST_TOLERANCE_MICROS = 20_000;

/** How often the linking may be bettered. */
const ROUNDS = 4;

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
    Math.max(LEAST_TOLERANCE_MICROS, jitterMicros * 4),
  );
  const restarts = divideBoots(linked);
  let orders: LinkOrders = { restarts, reserved: new Map() };
  if (hasOtherStarts(linked)) linked = linkRuns(entries, toleranceMicros, orders);
  let pairing = pairRuns(linked, restarts, toleranceMicros);
  if (isInterlocked(linked, pairing)) {
    const nextOrders = { ...orders, isFree: listFree(linked, pairing, restarts) };
    const next = linkRuns(entries, toleranceMicros, nextOrders);
    const nextPairing = pairRuns(next, restarts, toleranceMicros);
    if (costPairing(next, nextPairing) < costPairing(linked, pairing)) {
      linked = next;
      pairing = nextPairing;
      orders = nextOrders;
    }
  }
  for (let round = 0; round < ROUNDS; round += 1) {
    const watch = watchEnds(linked, pairing);
    if (watch === undefined) break;
    linkRuns(entries, toleranceMicros, orders, watch.visit);
    const reserved = watch.chooseEnds(toleranceMicros);
    if (reserved.size === 0) break;
    const nextOrders: LinkOrders = { ...orders, reserved: new Map([...orders.reserved, ...reserved]) };
    const next = linkRuns(entries, toleranceMicros, nextOrders);
    const nextPairing = pairRuns(next, restarts, toleranceMicros);
    if (costPairing(next, nextPairing) >= costPairing(linked, pairing)) break;
    linked = next;
    pairing = nextPairing;
    orders = nextOrders;
  }
  return { linked, pairing, restarts, toleranceMicros, jitterMicros, orders };
}

function pairRuns(linked: Linked, restarts: readonly Restart[], toleranceMicros: number): Pairing {
  const positions = new Set(restarts.map((restart) => restart.position));
  const boots = linked.freshStarts.filter((fresh) => positions.has(fresh.position)).map((fresh) => fresh.run);
  const beginsFresh = linked.runs.count > 0 && linked.runs.firstSeq[0] === 1;
  return pairStarts(linked.runs, boots, beginsFresh, toleranceMicros, linked.forced);
}

/** Tells whether some start is explained by nothing, or by a loss so long that another linking may need less. */
function isInterlocked(linked: Linked, pairing: Pairing): boolean {
  const { runs } = linked;
  return (
    pairing.pairs.some((pair) => pair.end < 0 || runs.firstSeq[pair.start]! - pair.firstSeq > 1) ||
    pairing.starts.includes('unexplained')
  );
}

/** Returns a test for starts that need no end: forks, and processes that were there before the log. */
function listFree(
  { runs }: Linked,
  pairing: Pairing,
  restarts: readonly Restart[],
): (seq: number, tsMicros: number, ref: number) => boolean {
  const bootTimes = restarts.map((restart) => restart.tsMicros).sort((a, b) => a - b);
  const cut = new Set<number>();
  for (let run = 0; run < runs.count; run += 1) {
    if (pairing.starts[run] === 'log-start') cut.add(runs.firstRef[run]!);
  }
  return (seq, tsMicros, ref) => {
    let boot = 0;
    while (boot < bootTimes.length && tsMicros >= bootTimes[boot]!) boot += 1;
    return pairing.forkLevels[boot]!.has(seq) || cut.has(ref);
  };
}

/** Gives the size below which 98 in 100 inversions lie, rounded up to a power of two. */
function measureJitter(linked: Linked): number {
  const total = linked.inversions.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let seen = 0;
  for (const [bucket, count] of linked.inversions.entries()) {
    seen += count;
    if (seen >= total * 0.98) return Math.min(2 ** bucket, linked.largestInversion);
  }
  return 0;
}

/** Tells whether any run needs explaining: if not, the first pass has said all. */
function hasOtherStarts({ runs }: Linked): boolean {
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.firstSeq[run] !== 1 && runs.continues[run] === -1) return true;
  }
  return false;
}
