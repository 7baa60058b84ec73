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
  /** Continuations whose clock was set back: run before, run after. */
  readonly clockSteps: readonly (readonly [number, number])[];
  /** Ends that no run continues. */
  readonly freeEnds: readonly number[];
  /** By run: the run that continues it by a clock step, or -1. */
  readonly steppedTo: Int32Array;
  /** Until when a process that the log's beginning cut may first show itself, in microseconds since the epoch. */
  readonly logStartUntil: number;
}

/** A set-back clock is believed up to this many microseconds. */
const STEP_LIMIT = 600_000_000;

/** Within the log's first moments only a break this short is told from a process that was there before the log. */
const CLOSE_SEQS = 5;

/** Bounds the search for an entry just below a start, on a log of noise. */
const WORK_LIMIT = 20_000_000;

/**
 * Explains the starts.
 *
 * @param bootStarts the first run of each boot after the first, ascending
 * @param beginsFresh whether the log begins with the first entry of a process
 */
export function pairStarts(
  runs: Runs,
  bootStarts: readonly number[],
  beginsFresh: boolean,
  toleranceMicros: number,
): Pairing {
  const starts: StartKind[] = new Array<StartKind>(runs.count);
  const boots = new Int32Array(runs.count);
  let boot = 0;
  let longestStep = 0;
  for (let run = 0; run < runs.count; run += 1) {
    while (boot < bootStarts.length && run >= bootStarts[boot]!) boot += 1;
    boots[run] = boot;
    longestStep = Math.max(longestStep, runs.longestStep[run]!);
    starts[run] = runs.continues[run] !== -1 ? 'continued' : runs.firstSeq[run] === 1 ? 'one' : 'unexplained';
  }
  const logStartUntil =
    beginsFresh || runs.count === 0 ? Number.NEGATIVE_INFINITY : runs.firstTs[0]! + longestStep;

  const steppedTo = new Int32Array(runs.count).fill(-1);
  const clockSteps = findClockSteps(runs, starts, boots, steppedTo, toleranceMicros);

  const free: number[] = [];
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run] === -1 && steppedTo[run] === -1) free.push(run);
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
  const first = sweep.run(wanting.flat());
  for (let b = 0; b < wanting.length; b += 1) {
    bases.push(markForks(runs, wanting[b]!, first, starts, b, boots, ones[b]!));
  }
  const anyFork = starts.includes('fork-base');
  for (let b = 0; b < bases.length; b += 1) {
    if (bases[b] === undefined && !anyFork && (b > 0 || beginsFresh)) bases[b] = 1;
  }

  const second = sweep.run(wanting.flat().filter((run) => starts[run] === 'unexplained'));
  const pairs: Pair[] = [];
  const usedEnds = new Set<number>();
  const late: number[] = [];
  const baseStarts: number[] = [];
  for (let run = 0; run < runs.count; run += 1)
    if (starts[run] === 'fork-base') baseStarts.push(runs.firstTs[run]!);
  for (const start of wanting.flat()) {
    if (starts[start] !== 'unexplained') continue;
    const b = boots[start]!;
    const end = second.get(start) ?? -1;
    const seq = runs.firstSeq[start]!;
    const cutByLogStart = b === 0 && runs.firstTs[start]! <= logStartUntil;
    if (end >= 0) {
      if (cutByLogStart && !isBreak(runs, start, end, free, usedEnds, baseStarts, toleranceMicros)) {
        starts[start] = 'log-start';
        continue;
      }
      usedEnds.add(end);
      starts[start] = 'gap';
      pairs.push({ start, end, firstSeq: runs.lastSeq[end]! + 1, boot: b });
    } else if (cutByLogStart) {
      starts[start] = 'log-start';
    } else if (bases[b] !== undefined && bases[b]! < seq && (b > 0 || beginsFresh || bases[b]! > 1)) {
      starts[start] = 'gap-head';
      pairs.push({ start, end: -1, firstSeq: bases[b]!, boot: b });
    } else if (hasEntryBefore(runs, boots, start)) {
      starts[start] = 'fork-base';
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
 * base if it is sure: at least two such starts, or several processes that began at 1.
 */
function markForks(
  runs: Runs,
  wanting: readonly number[],
  pairs: ReadonlyMap<number, number>,
  starts: StartKind[],
  boot: number,
  boots: Int32Array,
  ones: number,
): number | undefined {
  const unmatched = new Map<number, number>();
  const total = new Map<number, number>();
  for (const run of wanting) {
    const seq = runs.firstSeq[run]!;
    total.set(seq, (total.get(seq) ?? 0) + 1);
    if (!pairs.has(run)) unmatched.set(seq, (unmatched.get(seq) ?? 0) + 1);
  }
  let base: number | undefined;
  for (const [seq, count] of unmatched) {
    if (count >= 2 && (base === undefined || seq < base)) base = seq;
  }
  if (base === undefined && ones >= 2) base = 1;
  if (base === undefined) {
    // A master with two workers shows its base by a single start.
    for (const [seq] of unmatched) {
      const run = wanting.find((candidate) => runs.firstSeq[candidate] === seq)!;
      if ((total.get(seq)! >= 2 || hasEntryBefore(runs, boots, run)) && (base === undefined || seq < base))
        base = seq;
    }
    if (base !== undefined) markLevel(runs, wanting, starts, base);
    return undefined;
  }
  for (const [seq, count] of unmatched) if (count >= 2) markLevel(runs, wanting, starts, seq);
  void boot;
  return base;
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

/**
 * Tells a break from a process that was there before the log began and had not written since. Dead processes are
 * replaced by forks; only an end for which no fork can account speaks for a break, and only with a start close above.
 */
function isBreak(
  runs: Runs,
  start: number,
  end: number,
  free: readonly number[],
  used: ReadonlySet<number>,
  baseStarts: readonly number[],
  toleranceMicros: number,
): boolean {
  if (runs.firstSeq[start]! - 1 - runs.lastSeq[end]! > CLOSE_SEQS) return false;
  const until = runs.firstTs[start]! + toleranceMicros;
  let ended = 0;
  for (const run of free) if (runs.lastTs[run]! <= until && !used.has(run)) ended += 1;
  let replaced = 0;
  for (const ts of baseStarts) if (ts <= until) replaced += 1;
  return ended > replaced;
}

/** Joins a start to the end just below it that bears a later time: the clock was set back between them. */
function findClockSteps(
  runs: Runs,
  starts: StartKind[],
  boots: Int32Array,
  steppedTo: Int32Array,
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
    if (runs.continuedBy[run] !== -1) continue;
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
