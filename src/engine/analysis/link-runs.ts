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
  /** The longest time between two consecutive entries of the run, in microseconds. */
  readonly longestStep: Float64Array;
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
  /** Position of the later entry among the node's entries. */
  readonly position: number;
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
  /** How often a successor bore an earlier time than its predecessor, by log2 of the microseconds. */
  readonly inversions: readonly number[];
  /** The largest such inversion, in microseconds. */
  readonly largestInversion: number;
}

/** Is told of every entry with the run it was put in; a run may later turn out to be continued by another. */
export type EntryVisitor = (run: number, seq: number, tsMicros: number, ref: number) => void;

/**
 * Links a node's entries into runs.
 *
 * @param toleranceMicros how much earlier than its predecessor an entry may be
 * @param restarts positions (from 1, counting distinct entries) of the first entry after a restart, found by an earlier
 *   pass: nothing is linked across them
 */
export function linkRuns(
  entries: SortedEntries,
  toleranceMicros: number,
  restarts: ReadonlySet<number> = new Set(),
  visit?: EntryVisitor,
): Linked {
  let room = 256;
  let firstSeq = new Float64Array(room);
  let lastSeq = new Float64Array(room);
  let firstTs = new Float64Array(room);
  let lastTs = new Float64Array(room);
  let firstRef = new Float64Array(room);
  let lastRef = new Float64Array(room);
  let longestStep = new Float64Array(room);
  let continuedBy = new Int32Array(room);
  let continues = new Int32Array(room);
  let epochs = new Int32Array(room);
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
  const hasRestarts = restarts.size > 0;

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
      longestStep = growFloats(longestStep, count);
      continuedBy = growInts(continuedBy, count);
      continues = growInts(continues, count);
      epochs = growInts(epochs, count);
      room = firstSeq.length;
    }
    continuedBy[run] = -1;
    continues[run] = -1;
    return run;
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
      if (waiting.size > 0) waiting.expire(t - toleranceMicros);

      if (hasRestarts && restarts.has(distinct)) open = new OpenEnds();
      let run = s === 1 ? -1 : open.take(s - 1);
      let linkedTs = Number.NaN;
      let linkedRef = Number.NaN;
      if (run >= 0) {
        linkedTs = lastTs[run]!;
        linkedRef = lastRef[run]!;
        const step = t - lastTs[run]!;
        if (step > longestStep[run]!) longestStep[run] = step;
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
            position: distinct,
          });
          epochs[run] = epoch;
        }
      } else {
        run = addRun();
        firstSeq[run] = s;
        firstTs[run] = t;
        firstRef[run] = r;
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
      // A successor may have been read before its predecessor: threads take their ts after their seq.
      let successor = waiting.size > 0 ? waiting.take(s) : -1;
      const stolen =
        successor < 0 && recent.lastTs >= t - toleranceMicros ? recent.find(s + 1, t, toleranceMicros) : -1;
      if (stolen >= 0) {
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
      recent.add(run, s, t, r, linkedTs, linkedRef);
      if (visit !== undefined) visit(run, s, t, r);
    }
  }
  const runs: Runs = {
    count,
    firstSeq,
    lastSeq,
    firstTs,
    lastTs,
    firstRef,
    lastRef,
    longestStep,
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
    inversions,
    largestInversion,
  };
}

/** Remembers the last few entries and what each was linked to, so that a link may still be undone. */
class RecentEntries {
  lastTs = Number.NEGATIVE_INFINITY;
  readonly run = new Int32Array(32);
  readonly seq = new Float64Array(32);
  readonly ts = new Float64Array(32).fill(Number.NEGATIVE_INFINITY);
  readonly ref = new Float64Array(32);
  readonly linkedTs = new Float64Array(32);
  readonly linkedRef = new Float64Array(32);
  private next = 0;

  add(run: number, seq: number, ts: number, ref: number, linkedTs: number, linkedRef: number): void {
    const at = this.next;
    this.next = (at + 1) & 31;
    this.run[at] = run;
    this.seq[at] = seq;
    this.ts[at] = ts;
    this.ref[at] = ref;
    this.linkedTs[at] = linkedTs;
    this.linkedRef[at] = linkedRef;
    this.lastTs = ts;
  }

  /** Finds an entry with `seq` within the tolerance before `ts` whose link reaches further back than that; or -1. */
  find(seq: number, ts: number, toleranceMicros: number): number {
    for (let back = 1; back <= 32; back += 1) {
      const at = (this.next - back) & 31;
      const found = this.ts[at]!;
      if (found < ts - toleranceMicros) return -1;
      // NaN where there was no link: false.
      if (this.seq[at] === seq && found - this.linkedTs[at]! > ts - found) return at;
    }
    return -1;
  }

  /** Moves the entries of a run from the one at `from` on to another run. */
  rename(old: number, renamed: number, from: number): void {
    this.linkedTs[from] = Number.NaN;
    for (let at = from; ; at = (at + 1) & 31) {
      if (this.run[at] === old) this.run[at] = renamed;
      if (at === ((this.next - 1) & 31)) return;
    }
  }
}

/** Keeps the starts for which a predecessor may still come within the tolerance, earliest first. */
class WaitingStarts {
  size = 0;
  private readonly byWanted = new Map<number, number[]>();
  private readonly queueWanted: number[] = [];
  private readonly queueRun: number[] = [];
  private readonly queueTs: number[] = [];
  private head = 0;

  add(wanted: number, run: number, tsMicros: number): void {
    const runs = this.byWanted.get(wanted);
    if (runs === undefined) this.byWanted.set(wanted, [run]);
    else runs.push(run);
    this.queueWanted.push(wanted);
    this.queueRun.push(run);
    this.queueTs.push(tsMicros);
    this.size += 1;
  }

  /** Gives the start that waited longest for a predecessor with this seq, or -1. */
  take(seq: number): number {
    const runs = this.byWanted.get(seq);
    if (runs === undefined) return -1;
    const run = runs.shift()!;
    if (runs.length === 0) this.byWanted.delete(seq);
    this.size -= 1;
    return run;
  }

  /** Forgets the starts before `tsMicros`. */
  expire(tsMicros: number): void {
    while (this.head < this.queueTs.length && this.queueTs[this.head]! < tsMicros) {
      const wanted = this.queueWanted[this.head]!;
      const runs = this.byWanted.get(wanted);
      if (runs !== undefined && runs[0] === this.queueRun[this.head]) {
        runs.shift();
        this.size -= 1;
        if (runs.length === 0) this.byWanted.delete(wanted);
      }
      this.head += 1;
    }
    if (this.head > 1024 && this.head * 2 > this.queueTs.length) {
      this.queueWanted.splice(0, this.head);
      this.queueRun.splice(0, this.head);
      this.queueTs.splice(0, this.head);
      this.head = 0;
    }
  }
}
