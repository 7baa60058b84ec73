/**
 * Explains every run that begins with another seq than 1: by a fork, by the log's own beginning, by the clock, or as the
 * continuation of a run that broke off, at the cost of the seqs between (a gap).
 *
 * All that is claimed missing costs the sum of the starts' seqs less the sum of the ends' seqs, whichever end goes with
 * which start. Going through time and giving each start the greatest end below it is therefore optimal: whoever comes
 * later can use the smaller end as well. Ends without a start are free: a process may stop at any moment.
 */
import type { Runs } from './link-runs.ts';
import { PredecessorSet } from './predecessor-set.ts';

/** Says how a run begins. */
export type StartKind = 'one' | 'continued' | 'fork-base' | 'log-start' | 'gap' | 'gap-head' | 'unexplained';

/** Is a gap between two runs, or (end -1) between the fork base and a run whose first entries are missing. */
export interface Pair {
  readonly start: number;
  readonly end: number;
  /** The first missing seq. */
  readonly firstSeq: number;
  readonly boot: number;
}

/** Is the explanation of all runs. */
export interface Pairing {
  /** By run. */
  readonly starts: readonly StartKind[];
  readonly pairs: readonly Pair[];
  /** By run: the number of the boot in which it begins; 0 for what comes before the first restart. */
  readonly boots: Int32Array;
  /** By boot: the seq at which forked processes begin, if known for sure. */
  readonly bases: readonly (number | undefined)[];
  /** By boot: the seqs at which several processes begin, or the master with its one other worker. */
  readonly forkLevels: readonly ReadonlySet<number>[];
  /** Continuations whose clock was set back: run before, run after. */
  readonly clockSteps: readonly (readonly [number, number])[];
  /** Ends that no run continues. */
  readonly freeEnds: readonly number[];
  /** By run: the run that continues it by a clock step, or -1. */
  readonly steppedTo: Int32Array;
  /** Up to which position a process that was there before the log may first show itself. */
  readonly logStartUntil: number;
}

/** A set-back clock is believed up to this many microseconds. */
const STEP_LIMIT = 600_000_000;

/** A process of a known base is believed to have lost at most this many of its first entries. */
const HEAD_SEQS = 5;

/** Bounds the search for an entry just below a start, on a log of noise. */
const WORK_LIMIT = 20_000_000;

/**
 * Explains the starts.
 *
 * @param bootStarts the first run of each boot after the first, ascending
 * @param forced ends and the starts that took them already
 * @param beginsFresh whether the log begins with the first entry of a process
 */
export function pairStarts(
  runs: Runs,
  bootStarts: readonly number[],
  beginsFresh: boolean,
  toleranceMicros: number,
  forced: readonly (readonly [number, number])[] = [],
): Pairing {
  const starts: StartKind[] = new Array<StartKind>(runs.count);
  const boots = new Int32Array(runs.count);
  let boot = 0;
  let longestPause = 0;
  for (let run = 0; run < runs.count; run += 1) {
    while (boot < bootStarts.length && run >= bootStarts[boot]!) boot += 1;
    boots[run] = boot;
    longestPause = Math.max(longestPause, runs.longestPause[run]!);
    starts[run] = runs.continues[run] !== -1 ? 'continued' : runs.firstSeq[run] === 1 ? 'one' : 'unexplained';
  }
  const logStartUntil = beginsFresh ? 0 : longestPause;
  const processes = countProcesses(runs);

  const pairs: Pair[] = [];
  const taken = new Set<number>();
  for (const [end, start] of forced) {
    starts[start] = 'gap';
    taken.add(end);
    pairs.push({ start, end, firstSeq: runs.lastSeq[end]! + 1, boot: boots[start]! });
  }
  const steppedTo = new Int32Array(runs.count).fill(-1);
  const clockSteps = findClockSteps(runs, starts, boots, steppedTo, taken, toleranceMicros);

  const free: number[] = [];
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run] === -1 && steppedTo[run] === -1 && !taken.has(run)) free.push(run);
  }
  free.sort((a, b) => runs.lastSeq[a]! - runs.lastSeq[b]! || runs.lastTs[a]! - runs.lastTs[b]! || a - b);
  const sweep = new Sweep(runs, free, boots, toleranceMicros);

  const wanting: number[][] = Array.from({ length: bootStarts.length + 1 }, () => []);
  const ones = new Array<number>(bootStarts.length + 1).fill(0);
  for (let run = 0; run < runs.count; run += 1) {
    if (starts[run] === 'unexplained') wanting[boots[run]!]!.push(run);
    if (starts[run] === 'one') ones[boots[run]!] = ones[boots[run]!]! + 1;
  }

  // First all starts may take ends; those that find none show where processes fork. Then the forked ones are free.
  const bases: (number | undefined)[] = [];
  const forkLevels: ReadonlySet<number>[] = [];
  const first = sweep.run(wanting.flat());
  for (let b = 0; b < wanting.length; b += 1) {
    const forks = markForks(runs, wanting[b]!, first, starts, boots, ones[b]!);
    bases.push(forks.base);
    forkLevels.push(forks.levels);
  }

  const second = sweep.run(wanting.flat().filter((run) => starts[run] === 'unexplained'));
  const usedEnds = new Set<number>();
  const late: number[] = [];
  let originals = 0;
  for (const start of wanting.flat()) {
    if (starts[start] !== 'unexplained') continue;
    const b = boots[start]!;
    const end = second.get(start) ?? -1;
    const seq = runs.firstSeq[start]!;
    // Until as many processes have shown themselves as ever run at once, one more may have been there before the log.
    const cutByLogStart = b === 0 && runs.firstPosition[start]! <= logStartUntil && originals < processes;
    if (cutByLogStart) {
      starts[start] = 'log-start';
      originals += 1;
    } else if (end >= 0) {
      usedEnds.add(end);
      starts[start] = 'gap';
      pairs.push({ start, end, firstSeq: runs.lastSeq[end]! + 1, boot: b });
    } else if (bases[b] === undefined) {
      if (hasEntryBefore(runs, boots, start)) starts[start] = 'fork-base';
      else late.push(start);
    } else if (seq > bases[b]! && seq - bases[b]! <= HEAD_SEQS && (b > 0 || beginsFresh)) {
      starts[start] = 'gap-head';
      pairs.push({ start, end: -1, firstSeq: bases[b]!, boot: b });
    } else {
      late.push(start);
    }
  }
  // What nothing in its own boot precedes may continue a process from before it: two servers may share a node's name.
  const older = sweep.runAcross(late, usedEnds);
  for (const [start, end] of older) {
    usedEnds.add(end);
    starts[start] = 'gap';
    pairs.push({ start, end, firstSeq: runs.lastSeq[end]! + 1, boot: boots[start]! });
  }
  return {
    starts,
    pairs,
    boots,
    bases,
    forkLevels,
    clockSteps,
    steppedTo,
    freeEnds: free.filter((run) => !usedEnds.has(run)),
    logStartUntil,
  };
}

/** Goes through the starts in time and gives each the greatest end below it. */
class Sweep {
  private readonly runs: Runs;
  private readonly bySeq: readonly number[];
  private readonly byTime: readonly number[];
  private readonly rank: Map<number, number>;
  private readonly boots: Int32Array;
  private readonly tolerance: number;

  constructor(runs: Runs, bySeq: readonly number[], boots: Int32Array, toleranceMicros: number) {
    this.runs = runs;
    this.bySeq = bySeq;
    this.boots = boots;
    this.tolerance = toleranceMicros;
    this.rank = new Map(bySeq.map((run, index) => [run, index]));
    this.byTime = bySeq.toSorted(
      (a, b) => runs.lastTs[a]! - runs.lastTs[b]! || runs.lastSeq[a]! - runs.lastSeq[b]!,
    );
  }

  /** Pairs starts (ascending in time) with ends of their own boot. */
  run(starts: readonly number[]): Map<number, number> {
    return this.pair(starts, true, new Set());
  }

  /** Pairs starts with ends of any boot that are not in `used`. */
  runAcross(starts: readonly number[], used: ReadonlySet<number>): Map<number, number> {
    return starts.length === 0 ? new Map() : this.pair(starts, false, used);
  }

  private pair(starts: readonly number[], within: boolean, used: ReadonlySet<number>): Map<number, number> {
    const { runs, bySeq, byTime, rank, boots } = this;
    let open = new PredecessorSet(Math.max(1, bySeq.length));
    const pairs = new Map<number, number>();
    let next = 0;
    let boot = 0;
    for (const start of starts) {
      const limit = runs.firstTs[start]! + this.tolerance;
      if (within && boots[start] !== boot) {
        boot = boots[start]!;
        open = new PredecessorSet(Math.max(1, bySeq.length));
      }
      while (next < byTime.length && runs.lastTs[byTime[next]!]! <= limit) {
        const end = byTime[next]!;
        if ((!within || boots[end] === boot) && !used.has(end)) open.add(rank.get(end)!);
        next += 1;
      }
      const found = open.findBelow(this.findRank(runs.firstSeq[start]! - 1));
      if (found < 0) continue;
      open.remove(found);
      pairs.set(start, bySeq[found]!);
    }
    return pairs;
  }

  /** Counts the ends with a seq below `seq`. */
  private findRank(seq: number): number {
    let low = 0;
    let high = this.bySeq.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.runs.lastSeq[this.bySeq[middle]!]! < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/**
 * Marks the starts of one boot that are forks: no end lies below them, and others begin at the same seq. Returns the
 * base if it is sure: at least two such starts of one master, or several processes that began at 1.
 */
function markForks(
  runs: Runs,
  wanting: readonly number[],
  pairs: ReadonlyMap<number, number>,
  starts: StartKind[],
  boots: Int32Array,
  ones: number,
): { base: number | undefined; levels: ReadonlySet<number> } {
  const unmatched = new Map<number, number>();
  const total = new Map<number, number>();
  for (const run of wanting) {
    const seq = runs.firstSeq[run]!;
    total.set(seq, (total.get(seq) ?? 0) + 1);
    if (!pairs.has(run)) unmatched.set(seq, (unmatched.get(seq) ?? 0) + 1);
  }
  const strong = [...unmatched].filter(([, count]) => count >= 2).map(([seq]) => seq);
  if (strong.length > 0) {
    for (const seq of strong) markLevel(runs, wanting, starts, seq);
    // Several bases, or several masters: a restart was not recognised, and no base is sure.
    return { base: strong.length === 1 && ones <= 1 ? strong[0] : undefined, levels: new Set(strong) };
  }
  if (ones >= 3 && ones >= unmatched.size * 3) return { base: 1, levels: new Set() };
  // A master with two workers shows its base by a single start.
  let level: number | undefined;
  for (const [seq] of unmatched) {
    if (level !== undefined && seq >= level) continue;
    const run = wanting.find((candidate) => runs.firstSeq[candidate] === seq)!;
    if (total.get(seq)! >= 2 || hasEntryBefore(runs, boots, run)) level = seq;
  }
  if (level === undefined) return { base: undefined, levels: new Set() };
  markLevel(runs, wanting, starts, level);
  return { base: undefined, levels: new Set([level]) };
}

function markLevel(runs: Runs, wanting: readonly number[], starts: StartKind[], seq: number): void {
  for (const run of wanting) if (runs.firstSeq[run] === seq) starts[run] = 'fork-base';
}

/** Tells whether some run of the boot passed the seq just below a start before it: a process that could have forked. */
function hasEntryBefore(runs: Runs, boots: Int32Array, start: number): boolean {
  const seq = runs.firstSeq[start]! - 1;
  const limit = Math.min(start, WORK_LIMIT / 1000);
  for (let run = 0; run < limit; run += 1) {
    if (boots[run] === boots[start] && runs.firstSeq[run]! <= seq && runs.lastSeq[run]! >= seq) return true;
  }
  return false;
}

/** Counts the greatest number of processes that ever ran at once, from their first entry to their last. */
function countProcesses(runs: Runs): number {
  const begins: number[] = [];
  const ends: number[] = [];
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continues[run] === -1) begins.push(runs.firstTs[run]!);
    if (runs.continuedBy[run] === -1) ends.push(runs.lastTs[run]!);
  }
  const sortedBegins = Float64Array.from(begins).sort();
  const sortedEnds = Float64Array.from(ends).sort();
  let most = 0;
  let ended = 0;
  for (let begun = 0; begun < sortedBegins.length; begun += 1) {
    while (ended < sortedEnds.length && sortedEnds[ended]! < sortedBegins[begun]!) ended += 1;
    most = Math.max(most, begun + 1 - ended);
  }
  return most;
}

/** Joins a start to the end just below it that bears a later time: the clock was set back between them. */
function findClockSteps(
  runs: Runs,
  starts: StartKind[],
  boots: Int32Array,
  steppedTo: Int32Array,
  taken: ReadonlySet<number>,
  toleranceMicros: number,
): [number, number][] {
  const wanted = new Map<number, number[]>();
  for (let run = 0; run < runs.count; run += 1) {
    if (starts[run] !== 'unexplained') continue;
    const list = wanted.get(runs.firstSeq[run]! - 1);
    if (list === undefined) wanted.set(runs.firstSeq[run]! - 1, [run]);
    else list.push(run);
  }
  const steps: [number, number][] = [];
  if (wanted.size === 0) return steps;
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run] !== -1 || taken.has(run)) continue;
    const list = wanted.get(runs.lastSeq[run]!);
    if (list === undefined) continue;
    const at = list.findIndex((start) => {
      const back = runs.lastTs[run]! - runs.firstTs[start]!;
      return start !== run && boots[start] === boots[run] && back > toleranceMicros && back <= STEP_LIMIT;
    });
    if (at < 0) continue;
    const start = list.splice(at, 1)[0]!;
    starts[start] = 'continued';
    steppedTo[run] = start;
    steps.push([run, start]);
  }
  return steps;
}
