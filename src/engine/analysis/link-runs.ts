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
import type { SortedChunk } from '../batch.ts';
import { OpenEnds } from './open-ends.ts';
import { RecentEntries, WaitingStarts } from './pending-entries.ts';
import { type Runs, RunTable } from './run-table.ts';
import { SamePairs } from './same-pairs.ts';
import type { SortedEntries } from './sorted-entries.ts';

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

/** Tells of the greatest open ends below a start: runs, and where each stood then. */
export interface EndsBelow {
  readonly runs: readonly number[];
  readonly seqs: readonly number[];
  /** True where there were no others. */
  readonly areAll: boolean;
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
  /** By start, in the order in which they were given up: the ends that it could have taken then. Only without `isFree`. */
  readonly endsBelow: ReadonlyMap<number, EndsBelow>;
  /** Runs that an entry followed for a moment, until its own predecessor came. */
  readonly tried: ReadonlySet<number>;
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

/** So many ends are remembered for a start, and so many slots looked at for all of them: few starts need more. */
const ENDS_BELOW = 8;
const ENDS_BELOW_LIMIT = 20_000_000;

/** Is told of every entry with the run it was put in; a run may later turn out to be continued by another. */
export type EntryVisitor = (run: number, seq: number, tsMicros: number, ref: number) => void;

/** Follows a pass. */
export interface PassWatcher {
  readonly visit: EntryVisitor;
  /** The last entry again, in another line. */
  readonly repeat?: (ref: number) => void;
  /** The last entries of a run, so many, turned out to be another's: each among the last `RECENT` that were told. */
  readonly rename?: (old: number, renamed: number, entries: number) => void;
}

/**
 * Links a node's entries into runs.
 *
 * @param toleranceMicros how much earlier than its predecessor an entry may be
 * @param orders what an earlier pass found out: restarts, across which nothing is linked, and which starts are free
 */
export function linkRuns(
  entries: SortedEntries,
  toleranceMicros: number,
  orders: LinkOrders = NO_ORDERS,
  watcher?: PassWatcher,
): Linked {
  const pass = new LinkPass(toleranceMicros, orders, watcher);
  for (const chunk of entries.chunks()) pass.addChunk(chunk);
  return pass.finish();
}

/**
 * The state of a pass. What is done for every entry is one loop over plain columns, and what is rare is a method of its
 * own: one large function, entered once a pass, was compiled anew after every chunk and took three times as long.
 */
class LinkPass {
  readonly #tolerance: number;
  readonly #orders: LinkOrders;
  readonly #watcher: PassWatcher | undefined;
  readonly #runs = new RunTable();
  #open = new OpenEnds();
  readonly #waiting = new WaitingStarts();
  readonly #recent = new RecentEntries();
  readonly #same = new SamePairs();
  readonly #freshStarts: FreshStart[] = [];
  readonly #crossings: Crossing[] = [];
  readonly #endOf = new Map<number, number>();
  readonly #endsBelow = new Map<number, EndsBelow>();
  readonly #tried = new Set<number>();
  readonly #inversions: number[] = new Array<number>(64).fill(0);
  #largestInversion = 0;
  #distinct = 0;
  #previousTs = Number.NaN;
  #previousSeq = Number.NaN;
  #previousRef = Number.NaN;
  #nextRestart = 0;
  /** Of the next restart: when it begins, and from when on its boot is alone. */
  #overlapAt: number;
  #restartAt: number;
  /** Seqs from which a run went on since the next restart began. */
  readonly #passed = new Set<number>();
  readonly #expired: number[] = [];

  constructor(toleranceMicros: number, orders: LinkOrders, watcher: PassWatcher | undefined) {
    this.#tolerance = toleranceMicros;
    this.#orders = orders;
    this.#watcher = watcher;
    this.#overlapAt = orders.restarts[0]?.tsMicros ?? Number.POSITIVE_INFINITY;
    this.#restartAt = orders.restarts[0]?.aloneFromMicros ?? Number.POSITIVE_INFINITY;
  }

  addChunk({ count, tsMicros, seq, ref }: SortedChunk): void {
    const runs = this.#runs;
    const waiting = this.#waiting;
    const recent = this.#recent;
    const tolerance = this.#tolerance;
    const visit = this.#watcher?.visit;
    let previousTs = this.#previousTs;
    let previousSeq = this.#previousSeq;
    let previousRef = this.#previousRef;
    for (let i = 0; i < count; i += 1) {
      const t = tsMicros[i]!;
      const s = seq[i]!;
      const r = ref[i]!;
      if (t === previousTs && s === previousSeq) {
        this.#same.add(previousRef, r, s, t);
        this.#watcher?.repeat?.(r);
        continue;
      }
      previousTs = t;
      previousSeq = s;
      previousRef = r;
      this.#distinct += 1;
      if (waiting.size > 0) this.#expire(t - tolerance);
      if (t >= this.#restartAt) this.#passRestarts(t);
      let run = s === 1 ? -1 : this.#open.take(s - 1);
      let linkedTs = Number.NaN;
      let linkedRef = Number.NaN;
      let linkedPosition = 0;
      if (run >= 0) {
        if (t >= this.#overlapAt) this.#passed.add(s - 1);
        linkedTs = runs.lastTs[run]!;
        linkedRef = runs.lastRef[run]!;
        linkedPosition = runs.lastPosition[run]!;
        const pause = this.#distinct - linkedPosition;
        if (pause > runs.longestPause[run]!) runs.longestPause[run] = pause;
        if (runs.epoch[run] !== this.#freshStarts.length) this.#cross(run, s, t, r);
      } else {
        run = this.#begin(s, t, r);
      }
      runs.lastSeq[run] = s;
      runs.lastTs[run] = t;
      runs.lastRef[run] = r;
      runs.lastPosition[run] = this.#distinct;
      // A successor may have been read before its predecessor: threads take their ts after their seq.
      let successor = waiting.size > 0 ? waiting.take(s) : -1;
      if (successor < 0 && recent.lastTs >= t - tolerance) {
        const at = recent.find(s + 1, t, tolerance);
        if (at >= 0 && this.#isOpen(recent.run[at]!)) successor = this.#takeBack(at, s);
      }
      if (successor >= 0) this.#continue(run, successor, t);
      else this.#open.put(s, run);
      // What comes after a pause longer than the tolerance asks for nothing before it.
      if (i + 1 === count || tsMicros[i + 1]! - t <= tolerance) {
        recent.add(run, s, t, r, linkedTs, linkedRef, linkedPosition);
      }
      if (visit !== undefined) visit(run, s, t, r);
    }
    this.#previousTs = previousTs;
    this.#previousSeq = previousSeq;
    this.#previousRef = previousRef;
  }

  finish(): Linked {
    this.#expire(Number.POSITIVE_INFINITY);
    const { refs, seqs, times } = this.#same.list();
    return {
      runs: this.#runs,
      distinct: this.#distinct,
      same: refs,
      sameSeq: seqs,
      sameTs: times,
      freshStarts: this.#freshStarts,
      crossings: this.#crossings,
      endOf: this.#endOf,
      endsBelow: this.#endsBelow,
      tried: this.#tried,
      inversions: this.#inversions,
      largestInversion: this.#largestInversion,
    };
  }

  /** Begins a run with an entry that found no predecessor. */
  #begin(seq: number, ts: number, ref: number): number {
    const runs = this.#runs;
    const run = runs.add();
    runs.firstSeq[run] = seq;
    runs.firstTs[run] = ts;
    runs.firstRef[run] = ref;
    runs.firstPosition[run] = this.#distinct;
    if (seq === 1) this.#freshStarts.push({ tsMicros: ts, position: this.#distinct, run });
    else this.#waiting.add(seq - 1, run, ts);
    runs.epoch[run] = this.#freshStarts.length;
    return run;
  }

  /** Remembers that a run went on across the appearance of a seq 1. */
  #cross(run: number, seq: number, ts: number, ref: number): void {
    const runs = this.#runs;
    const epoch = this.#freshStarts.length;
    this.#crossings.push({
      run,
      seq,
      fromTs: runs.lastTs[run]!,
      toTs: ts,
      fromRef: runs.lastRef[run]!,
      toRef: ref,
      fromEpoch: runs.epoch[run]!,
      toEpoch: epoch,
      firstPosition: runs.firstPosition[run]!,
      fromPosition: runs.lastPosition[run]!,
      position: this.#distinct,
      entriesBefore: seq - runs.firstSeq[run]!,
    });
    runs.epoch[run] = epoch;
  }

  /** Closes the ends of boots that are over. */
  #passRestarts(ts: number): void {
    const { restarts } = this.#orders;
    while (ts >= this.#restartAt) {
      const { tsMicros: bootStart } = restarts[this.#nextRestart]!;
      const { lastTs, lastSeq } = this.#runs;
      // An old end is as good as one that has run on since the restart from the same seq: they may be crossed over.
      this.#open = this.#open.filter((run) => lastTs[run]! >= bootStart || this.#passed.has(lastSeq[run]!));
      this.#passed.clear();
      this.#nextRestart += 1;
      this.#overlapAt = restarts[this.#nextRestart]?.tsMicros ?? Number.POSITIVE_INFINITY;
      this.#restartAt = restarts[this.#nextRestart]?.aloneFromMicros ?? Number.POSITIVE_INFINITY;
    }
  }

  /** No predecessor comes any more for starts before `ts`: each takes an end across missing seqs. */
  #expire(ts: number): void {
    const expired = this.#expired;
    this.#waiting.expire(ts, expired);
    if (expired.length === 0) return;
    for (const start of expired) {
      if (this.#orders.isFree) this.#explain(start, this.#orders.isFree);
      else if (this.#open.looks <= ENDS_BELOW_LIMIT) this.#remember(start);
    }
    expired.length = 0;
  }

  /**
   * Gives a start the greatest end below it: whoever comes later can use the smaller one as well, so the sum of all that
   * is missing is the least.
   */
  #explain(start: number, isFree: NonNullable<LinkOrders['isFree']>): void {
    const { firstSeq, firstTs, firstRef, lastSeq } = this.#runs;
    if (isFree(firstSeq[start]!, firstTs[start]!, firstRef[start]!)) return;
    if (this.#open.looks > WORK_LIMIT) return;
    const end = this.#open.findBelow(firstSeq[start]!, this.#fits(start));
    if (end < 0) return;
    this.#open.remove(lastSeq[end]!, end);
    this.#endOf.set(start, end);
  }

  #remember(start: number): void {
    const { firstSeq, lastSeq } = this.#runs;
    const runs = this.#open.listBelow(firstSeq[start]!, ENDS_BELOW, this.#fits(start));
    const seqs = runs.map((run) => lastSeq[run]!);
    this.#endsBelow.set(start, { runs, seqs, areAll: runs.length < ENDS_BELOW });
  }

  #fits(start: number): (run: number) => boolean {
    const { firstTs, lastTs } = this.#runs;
    const until = firstTs[start]! + this.#tolerance;
    return (run) => lastTs[run]! <= until;
  }

  /** Tells whether a run may still be told apart: its end is open, or went to a successor read before it. */
  #isOpen(run: number): boolean {
    return this.#runs.continuedBy[run]! >= 0 || this.#open.has(this.#runs.lastSeq[run]!, run);
  }

  /**
   * Takes the successor of the entry `seq` back from an older end that it took meanwhile: that end is open again, and what
   * followed becomes a run of its own, which is given.
   */
  #takeBack(at: number, seq: number): number {
    const runs = this.#runs;
    const recent = this.#recent;
    const old = recent.run[at]!;
    this.#tried.add(old);
    const renamed = runs.add();
    runs.firstSeq[renamed] = seq + 1;
    runs.firstTs[renamed] = recent.ts[at]!;
    runs.firstRef[renamed] = recent.ref[at]!;
    runs.lastSeq[renamed] = runs.lastSeq[old]!;
    runs.lastTs[renamed] = runs.lastTs[old]!;
    runs.lastRef[renamed] = runs.lastRef[old]!;
    runs.epoch[renamed] = runs.epoch[old]!;
    runs.firstPosition[renamed] = this.#distinct;
    runs.lastPosition[renamed] = runs.lastPosition[old]!;
    const after = runs.continuedBy[old]!;
    if (after >= 0) {
      runs.continuedBy[renamed] = after;
      runs.continues[after] = renamed;
      runs.continuedBy[old] = -1;
    } else {
      this.#open.replace(runs.lastSeq[old]!, old, renamed);
    }
    runs.lastSeq[old] = seq;
    runs.lastTs[old] = recent.linkedTs[at]!;
    runs.lastRef[old] = recent.linkedRef[at]!;
    runs.lastPosition[old] = recent.linkedPosition[at]!;
    this.#open.put(seq, old);
    const moved = recent.rename(old, renamed, at);
    this.#watcher?.rename?.(old, renamed, moved);
    return renamed;
  }

  /** Joins a run to the one that follows although it begins at an earlier time. */
  #continue(run: number, successor: number, ts: number): void {
    const runs = this.#runs;
    runs.continuedBy[run] = successor;
    runs.continues[successor] = run;
    const inversion = ts - runs.firstTs[successor]!;
    if (inversion > this.#largestInversion) this.#largestInversion = inversion;
    const bucket = 32 - Math.clz32(Math.min(inversion, 0x7fff_ffff));
    this.#inversions[bucket] = this.#inversions[bucket]! + 1;
  }
}
