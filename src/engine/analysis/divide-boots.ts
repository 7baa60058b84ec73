/**
 * Finds the restarts of a node whose workers fork: moments at which every stream ends and only new ones follow.
 *
 * Only a master begins at 1 then, so each seq 1 is a restart unless a stream runs on across it for more than the hour in
 * which old workers finish. A stream that seems to run on may have been linked by chance: an entry whose own predecessor
 * is missing took the end of a process that died before the restart. Chance is believed only where the entry's own
 * process can have counted so far since the restart.
 *
 * Knowing the restarts matters, because the ends of dead processes pile up, and each hides a loss at its seq. Where each
 * worker begins at 1, a 1 is a worker like any other and no restart is sure: fewer losses are seen, and none is made up.
 */
import type { Crossing, FreshStart, Linked } from './link-runs.ts';
import type { Runs } from './run-table.ts';

/** Old workers finish within this many microseconds. */
const OVERLAP_MICROS = 3_600_000_000;

/** Bounds how many fresh starts one link is compared with. */
const SPAN_LIMIT = 1024;

/** Where workers fork, so many entries without any from before a 1 show that nothing ran on. */
const RUN_ON_ENTRIES = 4;

/** A lone start this far above an end may continue it. */
const CONTINUED_SEQS = 64;

/** Is a restart. */
export interface Restart {
  /** The time of the first entry of the new boot. */
  readonly tsMicros: number;
  /** The position (from 1, counting distinct entries) of that entry. */
  readonly position: number;
  /** The time from which on the old boot writes no more. */
  readonly aloneFromMicros: number;
}

/** Returns the restarts, ascending by the time from which on the new boot is alone. */
export function divideBoots({ freshStarts, crossings, runs }: Linked): Restart[] {
  const isRejected = new Uint8Array(freshStarts.length);
  const lingering = new Float64Array(freshStarts.length);
  const startsBySeq = groupStarts(runs);
  if (!hasForks(startsBySeq, freshStarts.length)) return [];
  for (const crossing of crossings) {
    const { fromEpoch, toEpoch } = crossing;
    let lastTs = -1;
    const first = Math.max(fromEpoch, toEpoch - SPAN_LIMIT);
    isRejected.fill(1, fromEpoch, first);
    for (let number = first; number < toEpoch; number += 1) {
      const fresh = freshStarts[number]!;
      if (isChance(crossing, fresh)) continue;
      if (lastTs < 0) {
        const end = lastRunOf(runs, crossing.run);
        lastTs = isContinued(runs, end, startsBySeq) ? Number.POSITIVE_INFINITY : runs.lastTs[end]!;
      }
      if (lastTs > fresh.tsMicros + OVERLAP_MICROS) isRejected[number] = 1;
      else lingering[number] = Math.max(lingering[number]!, lastTs);
    }
  }
  return freshStarts
    .flatMap(({ tsMicros, position }, number): Restart[] =>
      isRejected[number] === 1 || position === 1
        ? []
        : [{ tsMicros, position, aloneFromMicros: Math.max(tsMicros, lingering[number]! + 1) }],
    )
    .sort((a, b) => a.aloneFromMicros - b.aloneFromMicros);
}

/** Tells whether a link across a fresh start may be one of chance. */
function isChance(crossing: Crossing, fresh: FreshStart): boolean {
  const since = crossing.position - fresh.position;
  // Entries may be missing after the restart, too: hence not all that its process counted need be there.
  return since >= RUN_ON_ENTRIES && since >= (crossing.seq - 2) * 0.8;
}

function groupStarts(runs: Runs): Map<number, number[]> {
  const startsBySeq = new Map<number, number[]>();
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continues[run] !== -1 || runs.firstSeq[run] === 1) continue;
    const starts = startsBySeq.get(runs.firstSeq[run]!);
    if (starts === undefined) startsBySeq.set(runs.firstSeq[run]!, [run]);
    else if (starts.length < 64) starts.push(run);
  }
  return startsBySeq;
}

/** Tells whether workers fork: there are more starts at shared seqs than at 1. */
function hasForks(startsBySeq: ReadonlyMap<number, readonly number[]>, freshStarts: number): boolean {
  let shared = 0;
  for (const starts of startsBySeq.values()) if (starts.length >= 2) shared += starts.length;
  return shared >= Math.max(2, freshStarts);
}

/** Tells whether a lone start close above a run's end, within a day, may continue it: it broke off, it did not end. */
function isContinued(runs: Runs, end: number, startsBySeq: ReadonlyMap<number, readonly number[]>): boolean {
  for (let seq = runs.lastSeq[end]! + 2; seq <= runs.lastSeq[end]! + CONTINUED_SEQS; seq += 1) {
    const starts = startsBySeq.get(seq);
    if (starts === undefined || starts.length > 1) continue;
    const after = runs.firstTs[starts[0]!]! - runs.lastTs[end]!;
    if (after > 0 && after < 24 * OVERLAP_MICROS) return true;
  }
  return false;
}

/** Follows a run across threads' inversions to the run that it ends with. */
function lastRunOf(runs: Runs, run: number): number {
  let last = run;
  while (runs.continuedBy[last]! >= 0) last = runs.continuedBy[last]!;
  return last;
}
