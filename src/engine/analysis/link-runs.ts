/**
 * One pass over a node's entries that links each entry to a predecessor (seq one less, not later than itself but for the
 * tolerance) and so gathers them into runs: unbroken stretches of consecutive seqs.
 *
 * Taking any free predecessor gives the greatest possible number of links: what each entry of one seq may take is nested
 * in time. Of the free ones the latest is taken, so that what stays open is the earliest possible last entry before a
 * loss, and an entry that finds none is the latest possible first entry after one.
 *
 * Guarantees: each entry is in exactly one run; the number of runs that begin at a given seq is the same for every
 * greatest linking. Memory grows with the runs, not with the entries.
 * Not guaranteed: that a run is one process. Where two processes stand at the same seq they may be crossed over.
 */
import { growFloats, growInts, OpenEnds } from './open-ends.ts';
import { RecentEntries, WaitingStarts } from './pending-entries.ts';
import type { SortedEntries } from './sorted-entries.ts';

/** Holds unbroken stretches of consecutive seqs, as columns by run number, numbered in order of their first entry. */
export interface Runs {
  readonly count: number;
  readonly firstSeq: Float64Array;
  readonly lastSeq: Float64Array;
  readonly firstTs: Float64Array;
  readonly lastTs: Float64Array;
  readonly firstRef: Float64Array;
  readonly lastRef: Float64Array;
  /** Positions (from 1, counting distinct entries) of the first and the last entry. */
  readonly firstPosition: Float64Array;
  readonly lastPosition: Float64Array;
  /** The longest pause between two consecutive entries of the run, in positions: the node's own activity is the clock. */
  readonly longestPause: Float64Array;
  /** The run that continues this one although its first entry bears an earlier time (threads), or -1. */
  readonly continuedBy: Int32Array;
  /** The reverse of `continuedBy`. */
  readonly continues: Int32Array;
}

/** Tells of a link that spans the appearance of a seq 1, hence perhaps a restart. */
export interface Crossing {
  readonly run: number;
  /** The seq after the link. */
  readonly seq: number;
  readonly fromTs: number;
  readonly toTs: number;
  readonly fromRef: number;
  readonly toRef: number;
  /** Number of fresh starts seen when the earlier and when the later entry was read. */
  readonly fromEpoch: number;
  readonly toEpoch: number;
  /** Positions (from 1, counting distinct entries) of the run's first entry, of the earlier and of the later entry. */
  readonly firstPosition: number;
  readonly fromPosition: number;
  readonly position: number;
  /** How many entries the run had before. */
  readonly entriesBefore: number;
}

/** Tells of a seq 1: a fresh process. */
export interface FreshStart {
  readonly tsMicros: number;
  readonly position: number;
  readonly run: number;
}

/** Is what one pass gives. */
export interface Linked {
  readonly runs: Runs;
  /** Entries counted once each. */
  readonly distinct: number;
  /** Pairs of refs with equal (ts, seq): ref of the first, ref of another, and so on. */
  readonly same: Float64Array;
  readonly sameSeq: Float64Array;
  readonly sameTs: Float64Array;
  readonly freshStarts: readonly FreshStart[];
  readonly crossings: readonly Crossing[];
  /** By start: the end that it continues across missing seqs. */
  readonly endOf: Map<number, number>;
  /** How often a successor bore an earlier time than its predecessor, by log2 of the microseconds. */
  readonly inversions: readonly number[];
  /** The largest such inversion, in microseconds. */
  readonly largestInversion: number;
}

/** Tells a pass what earlier passes found out. */
export interface LinkOrders {
  /** Ascending by the time from which on a boot has the node for itself: runs from before it are not continued then. */
  readonly restarts: readonly { readonly tsMicros: number; readonly aloneFromMicros: number }[];
  /** Tells the starts that need no end; all others take one, at the cost of the seqs between. Without it, none do. */
  readonly isFree?: (seq: number, tsMicros: number, ref: number) => boolean;
}

export const NO_ORDERS: LinkOrders = { restarts: [] };

/** Bounds the search for ends on a log of noise: slots looked at. */
const WORK_LIMIT = 400_000_000;

/** Is told of every entry with the run it was put in; a run may later turn out to be continued by another. */
export type EntryVisitor = (run: number, seq: number, tsMicros: number, ref: number) => void;

/**
 * Links a node's entries into runs.
 *
 * @param toleranceMicros how much earlier than its predecessor an entry may be
 * @param orders what an earlier pass found out: restarts, across which nothing is linked, and ends that are reserved
 */
export function linkRuns(
  entries: SortedEntries,
  toleranceMicros: number,
  orders: LinkOrders = NO_ORDERS,
  visit?: EntryVisitor,
): Linked {
  let room = 256;
  let firstSeq = new Float64Array(room);
  let lastSeq = new Float64Array(room);
  let firstTs = new Float64Array(room);
  let lastTs = new Float64Array(room);
  let firstRef = new Float64Array(room);
  let lastRef = new Float64Array(room);
  let longestPause = new Float64Array(room);
  let continuedBy = new Int32Array(room);
  let continues = new Int32Array(room);
  let epochs = new Int32Array(room);
  let firstPosition = new Float64Array(room);
  let lastPosition = new Float64Array(room);
  let count = 0;
  let epoch = 0;
  let distinct = 0;
  let sameCount = 0;
  let same = new Float64Array(16);
  let sameSeq = new Float64Array(16);
  let sameTs = new Float64Array(16);
  const freshStarts: FreshStart[] = [];
  const crossings: Crossing[] = [];
  const inversions: number[] = new Array<number>(64).fill(0);
  let largestInversion = 0;
  let open = new OpenEnds();
  const waiting = new WaitingStarts();
  const recent = new RecentEntries();
  let previousTs = Number.NaN;
  let previousSeq = Number.NaN;
  let previousRef = Number.NaN;
  const { restarts, isFree } = orders;
  const expired: number[] = [];
  let nextRestart = 0;
  let overlapAt = restarts[0]?.tsMicros ?? Number.POSITIVE_INFINITY;
  const passed = new Set<number>();
  let restartAt = restarts[0]?.aloneFromMicros ?? Number.POSITIVE_INFINITY;
  const endOf = new Map<number, number>();

  const addRun = (): number => {
    const run = count;
    count += 1;
    if (count > room) {
      firstSeq = growFloats(firstSeq, count);
      lastSeq = growFloats(lastSeq, count);
      firstTs = growFloats(firstTs, count);
      lastTs = growFloats(lastTs, count);
      firstRef = growFloats(firstRef, count);
      lastRef = growFloats(lastRef, count);
      longestPause = growFloats(longestPause, count);
      continuedBy = growInts(continuedBy, count);
      continues = growInts(continues, count);
      epochs = growInts(epochs, count);
      firstPosition = growFloats(firstPosition, count);
      lastPosition = growFloats(lastPosition, count);
      room = firstSeq.length;
    }
    continuedBy[run] = -1;
    continues[run] = -1;
    return run;
  };

  /** Tells whether a run may still be told apart: its end is open, or went to a successor read before it. */
  const isOpen = (run: number): boolean => continuedBy[run]! >= 0 || open.has(lastSeq[run]!, run);

  /**
   * Gives a start the greatest end below it: whoever comes later can use the smaller one as well, so the sum of all that
   * is missing is the least.
   */
  const explain = (start: number): void => {
    if (isFree!(firstSeq[start]!, firstTs[start]!, firstRef[start]!)) return;
    if (open.looks > WORK_LIMIT) return;
    const until = firstTs[start]! + toleranceMicros;
    const end = open.findBelow(firstSeq[start]!, (run) => lastTs[run]! <= until);
    if (end < 0) return;
    open.remove(lastSeq[end]!, end);
    endOf.set(start, end);
  };

  for (const chunk of entries.chunks()) {
    const { tsMicros, seq, ref } = chunk;
    for (let i = 0; i < chunk.count; i += 1) {
      const t = tsMicros[i]!;
      const s = seq[i]!;
      const r = ref[i]!;
      if (t === previousTs && s === previousSeq) {
        if (sameCount * 2 + 2 > same.length) {
          same = growFloats(same, sameCount * 4 + 4);
          sameSeq = growFloats(sameSeq, sameCount * 2 + 2);
          sameTs = growFloats(sameTs, sameCount * 2 + 2);
        }
        same[sameCount * 2] = previousRef;
        same[sameCount * 2 + 1] = r;
        sameSeq[sameCount] = s;
        sameTs[sameCount] = t;
        sameCount += 1;
        continue;
      }
      previousTs = t;
      previousSeq = s;
      previousRef = r;
      distinct += 1;
      if (waiting.size > 0) {
        waiting.expire(t - toleranceMicros, expired);
        if (isFree !== undefined) for (const start of expired) explain(start);
        expired.length = 0;
      }

      while (t >= restartAt) {
        const { tsMicros: bootStart } = restarts[nextRestart]!;
        // An old end is as good as one that has run on since the restart from the same seq: they may be crossed over.
        open = open.filter((run) => lastTs[run]! >= bootStart || passed.has(lastSeq[run]!));
        passed.clear();
        nextRestart += 1;
        overlapAt = restarts[nextRestart]?.tsMicros ?? Number.POSITIVE_INFINITY;
        restartAt = restarts[nextRestart]?.aloneFromMicros ?? Number.POSITIVE_INFINITY;
      }
      let run = s === 1 ? -1 : open.take(s - 1);
      let linkedTs = Number.NaN;
      let linkedRef = Number.NaN;
      let linkedPosition = 0;
      if (run >= 0) {
        if (t >= overlapAt) passed.add(s - 1);
        linkedTs = lastTs[run]!;
        linkedRef = lastRef[run]!;
        linkedPosition = lastPosition[run]!;
        const pause = distinct - lastPosition[run]!;
        if (pause > longestPause[run]!) longestPause[run] = pause;
        if (epochs[run] !== epoch) {
          crossings.push({
            run,
            seq: s,
            fromTs: lastTs[run]!,
            toTs: t,
            fromRef: lastRef[run]!,
            toRef: r,
            fromEpoch: epochs[run]!,
            toEpoch: epoch,
            firstPosition: firstPosition[run]!,
            fromPosition: lastPosition[run]!,
            position: distinct,
            entriesBefore: s - firstSeq[run]!,
          });
          epochs[run] = epoch;
        }
      } else {
        run = addRun();
        firstSeq[run] = s;
        firstTs[run] = t;
        firstRef[run] = r;
        firstPosition[run] = distinct;
        if (s === 1) {
          epoch += 1;
          freshStarts.push({ tsMicros: t, position: distinct, run });
        } else {
          waiting.add(s - 1, run, t);
        }
        epochs[run] = epoch;
      }
      lastSeq[run] = s;
      lastTs[run] = t;
      lastRef[run] = r;
      lastPosition[run] = distinct;
      // A successor may have been read before its predecessor: threads take their ts after their seq.
      let successor = waiting.size > 0 ? waiting.take(s) : -1;
      const stolen =
        successor < 0 && recent.lastTs >= t - toleranceMicros ? recent.find(s + 1, t, toleranceMicros) : -1;
      if (stolen >= 0 && isOpen(recent.run[stolen]!)) {
        // It took an older end meanwhile. That one is open again, and what followed becomes a run of its own.
        const old = recent.run[stolen]!;
        successor = addRun();
        firstSeq[successor] = s + 1;
        firstTs[successor] = recent.ts[stolen]!;
        firstRef[successor] = recent.ref[stolen]!;
        lastSeq[successor] = lastSeq[old]!;
        lastTs[successor] = lastTs[old]!;
        lastRef[successor] = lastRef[old]!;
        epochs[successor] = epochs[old]!;
        firstPosition[successor] = distinct;
        lastPosition[successor] = lastPosition[old]!;
        if (continuedBy[old]! >= 0) {
          continuedBy[successor] = continuedBy[old]!;
          continues[continuedBy[old]!] = successor;
          continuedBy[old] = -1;
        } else {
          open.replace(lastSeq[old]!, old, successor);
        }
        lastSeq[old] = s;
        lastTs[old] = recent.linkedTs[stolen]!;
        lastRef[old] = recent.linkedRef[stolen]!;
        lastPosition[old] = recent.linkedPosition[stolen]!;
        open.put(s, old);
        recent.rename(old, successor, stolen);
      }
      if (successor >= 0) {
        continuedBy[run] = successor;
        continues[successor] = run;
        const inversion = t - firstTs[successor]!;
        if (inversion > largestInversion) largestInversion = inversion;
        const bucket = 32 - Math.clz32(Math.min(inversion, 0x7fff_ffff));
        inversions[bucket] = inversions[bucket]! + 1;
      } else {
        open.put(s, run);
      }
      recent.add(run, s, t, r, linkedTs, linkedRef, linkedPosition);
      if (visit !== undefined) visit(run, s, t, r);
    }
  }
  if (isFree !== undefined) {
    waiting.expire(Number.POSITIVE_INFINITY, expired);
    for (const start of expired) explain(start);
  }
  const runs: Runs = {
    count,
    firstSeq,
    lastSeq,
    firstTs,
    lastTs,
    firstRef,
    lastRef,
    firstPosition,
    lastPosition,
    longestPause,
    continuedBy,
    continues,
  };
  return {
    runs,
    distinct,
    same: same.subarray(0, sameCount * 2),
    sameSeq: sameSeq.subarray(0, sameCount),
    sameTs: sameTs.subarray(0, sameCount),
    freshStarts,
    crossings,
    endOf,
    inversions,
    largestInversion,
  };
}
