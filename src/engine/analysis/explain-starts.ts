/**
 * Explains every run that begins with another seq than 1: by a fork, by the log's own beginning, by the clock, or as the
 * continuation of a run that broke off, at the cost of the seqs between (a gap).
 *
 * Two steps: a first linking shows where processes fork and which were there before the log (`findRules`); a second one
 * gives all other starts an end (link-runs.ts), and what it left is named here (`nameStarts`).
 */
import type { Linked } from './link-runs.ts';
import { pairGreatest } from './match-ends.ts';
import type { Runs } from './run-table.ts';

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

/** Is which starts need no end, as a first linking shows it. */
export interface StartRules {
  /** Times at which boots after the first begin, ascending. */
  readonly bootTimes: readonly number[];
  /** By boot: the seq at which forked processes begin, if known for sure. */
  readonly bases: readonly (number | undefined)[];
  /** By boot: the seqs at which several processes begin, or the master with its one other worker. */
  readonly forkLevels: readonly ReadonlySet<number>[];
  /** Whether the log begins with the first entry of a process. */
  readonly beginsFresh: boolean;
  /** Refs of the first entries of processes that were there before the log. */
  readonly logStarts: ReadonlySet<number>;
  /** By the ref of a start: the ref of the entry just below it that bears a later time, since the clock was set back. */
  readonly clockSteps: ReadonlyMap<number, number>;
}

/** Is the explanation of all runs. */
export interface Pairing {
  /** By run. */
  readonly starts: readonly StartKind[];
  readonly pairs: readonly Pair[];
  /** By run: the number of the boot in which it begins; 0 for what comes before the first restart. */
  readonly boots: Int32Array;
  /** Continuations whose clock was set back: run before, run after. */
  readonly clockSteps: readonly (readonly [number, number])[];
  /** Ends that no run continues. */
  readonly freeEnds: readonly number[];
  /** By run: the run that continues it by a clock step, or -1. */
  readonly steppedTo: Int32Array;
}

/** Finds which starts need no end. */
export function findRules(
  { runs }: Linked,
  restarts: readonly { readonly tsMicros: number }[],
  toleranceMicros: number,
): StartRules {
  const bootTimes = restarts.map((restart) => restart.tsMicros).sort((a, b) => a - b);
  const boots = numberBoots(runs, bootTimes);
  const clockSteps = findClockSteps(runs, boots, toleranceMicros);
  const stepped = new Set(clockSteps.values());
  const wanting: number[][] = Array.from({ length: bootTimes.length + 1 }, () => []);
  const ones = new Array<number>(bootTimes.length + 1).fill(0);
  const free: number[] = [];
  let longestPause = 0;
  for (let run = 0; run < runs.count; run += 1) {
    longestPause = Math.max(longestPause, runs.longestPause[run]!);
    const boot = boots[run]!;
    if (runs.continuedBy[run] === -1 && !stepped.has(runs.lastRef[run]!)) free.push(run);
    if (runs.continues[run] !== -1 || clockSteps.has(runs.firstRef[run]!)) continue;
    if (runs.firstSeq[run] === 1) ones[boot] = ones[boot]! + 1;
    else wanting[boot]!.push(run);
  }
  // All starts take ends as far as there are any; those that find none show where processes fork.
  const pairs = pairGreatest(runs, wanting, free, boots, toleranceMicros);
  const bases: (number | undefined)[] = [];
  const forkLevels: ReadonlySet<number>[] = [];
  for (const [boot, starts] of wanting.entries()) {
    const { base, levels } = findForks(runs, starts, pairs, boots, ones[boot]!);
    bases.push(base);
    forkLevels.push(levels);
  }
  const logStarts = new Set<number>();
  const beginsFresh = runs.count > 0 && runs.firstSeq[0] === 1;
  if (!beginsFresh) {
    for (const run of findLogStarts(runs, wanting[0]!, pairs, forkLevels[0]!, longestPause)) {
      logStarts.add(runs.firstRef[run]!);
    }
  }
  return { bootTimes, beginsFresh, bases, forkLevels, logStarts, clockSteps };
}

/**
 * Finds the starts of processes that were there before the log. Of what lies above no end nothing is claimed; of the
 * others, as many may have been there as ever ran at once and have not shown themselves before.
 */
function findLogStarts(
  runs: Runs,
  wanting: readonly number[],
  pairs: ReadonlyMap<number, number>,
  forkLevel: ReadonlySet<number>,
  longestPause: number,
): number[] {
  const found: number[] = [];
  const early: number[] = [];
  const late: number[] = [];
  const isDear = (run: number): boolean => runs.firstSeq[run]! - runs.lastSeq[pairs.get(run)!]! > CHEAP_SEQS;
  for (const run of wanting) {
    if (forkLevel.has(runs.firstSeq[run]!) || runs.firstPosition[run]! > longestPause * LATE_PAUSES) continue;
    if (!pairs.has(run)) found.push(run);
    else if (isDear(run)) (runs.firstPosition[run]! <= longestPause ? early : late).push(run);
  }
  const places = Math.max(0, countProcesses(runs) - found.length);
  const taken = [...early, ...late].slice(0, places);
  // Where no fork is known, one of those above no end may be a fork of a master from before the log.
  const spare = forkLevel.size === 0 ? early.slice(places).find(isDear) : undefined;
  return [...found, ...taken, ...(spare === undefined ? [] : [spare])];
}

/** Returns the test for starts that need no end. */
export function isFreeUnder(rules: StartRules): (seq: number, tsMicros: number, ref: number) => boolean {
  return (seq, tsMicros, ref) => {
    let boot = 0;
    while (boot < rules.bootTimes.length && tsMicros >= rules.bootTimes[boot]!) boot += 1;
    return rules.forkLevels[boot]!.has(seq) || rules.logStarts.has(ref) || rules.clockSteps.has(ref);
  };
}

/** Names the start of every run of the final linking. */
export function nameStarts({ runs, endOf }: Linked, rules: StartRules): Pairing {
  const boots = numberBoots(runs, rules.bootTimes);
  const starts: StartKind[] = new Array<StartKind>(runs.count);
  const pairs: Pair[] = [];
  const used = new Set(endOf.values());
  const byLastRef = new Map<number, number>();
  const clockSteps: [number, number][] = [];
  const steppedTo = new Int32Array(runs.count).fill(-1);
  if (rules.clockSteps.size > 0) {
    for (let run = 0; run < runs.count; run += 1) byLastRef.set(runs.lastRef[run]!, run);
  }
  for (let run = 0; run < runs.count; run += 1) {
    const boot = boots[run]!;
    const seq = runs.firstSeq[run]!;
    const ref = runs.firstRef[run]!;
    const end = endOf.get(run);
    const base = rules.bases[boot];
    const steppedFrom = rules.clockSteps.get(ref);
    const before = steppedFrom === undefined ? undefined : byLastRef.get(steppedFrom);
    if (runs.continues[run] !== -1) starts[run] = 'continued';
    else if (end !== undefined) {
      starts[run] = 'gap';
      pairs.push({ start: run, end, firstSeq: runs.lastSeq[end]! + 1, boot });
    } else if (seq === 1) starts[run] = 'one';
    else if (before !== undefined && !used.has(before) && runs.continuedBy[before] === -1) {
      starts[run] = 'continued';
      steppedTo[before] = run;
      clockSteps.push([before, run]);
    } else if (rules.logStarts.has(ref)) starts[run] = 'log-start';
    else if (rules.forkLevels[boot]!.has(seq)) starts[run] = 'fork-base';
    else if (base !== undefined && seq > base && (boot > 0 || rules.beginsFresh)) {
      starts[run] = 'gap-head';
      pairs.push({ start: run, end: -1, firstSeq: base, boot });
    } else if (base === undefined && hasEntryBefore(runs, boots, run)) starts[run] = 'fork-base';
    else starts[run] = 'unexplained';
  }
  const freeEnds: number[] = [];
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run] === -1 && steppedTo[run] === -1 && !used.has(run)) freeEnds.push(run);
  }
  return { starts, pairs, boots, clockSteps, steppedTo, freeEnds };
}

function numberBoots(runs: Runs, bootTimes: readonly number[]): Int32Array {
  const boots = new Int32Array(runs.count);
  let boot = 0;
  for (let run = 0; run < runs.count; run += 1) {
    while (boot < bootTimes.length && runs.firstTs[run]! >= bootTimes[boot]!) boot += 1;
    boots[run] = boot;
  }
  return boots;
}

/** A set-back clock is believed up to this many microseconds. */
const STEP_LIMIT = 600_000_000;

/** A start this little above an end is believed to continue it rather than to have been there before the log. */
const CHEAP_SEQS = 2;

/** A process that was there before the log is believed to have kept silent for this many of the longest pauses. */
const LATE_PAUSES = 3;

/** Bounds the search for an entry just below a start, on a log of noise. */
const WORK_LIMIT = 20_000_000;

/**
 * Finds the levels at which processes of one boot fork: starts that no end lies below, and others begin at the same seq.
 * The base is sure if there is one such level of one master, or if several processes begin at 1.
 */
function findForks(
  runs: Runs,
  wanting: readonly number[],
  pairs: ReadonlyMap<number, number>,
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
    // Several levels, or several masters: a restart was not recognised, and no base is sure.
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
  return { base: undefined, levels: new Set(level === undefined ? [] : [level]) };
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

/**
 * Joins a start to the end just below it that bears a later time and yet was written before it: the clock was set back
 * between them.
 */
function findClockSteps(runs: Runs, boots: Int32Array, toleranceMicros: number): Map<number, number> {
  const wanted = new Map<number, number[]>();
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continues[run] !== -1 || runs.firstSeq[run] === 1) continue;
    const list = wanted.get(runs.firstSeq[run]! - 1);
    if (list === undefined) wanted.set(runs.firstSeq[run]! - 1, [run]);
    else list.push(run);
  }
  const steps = new Map<number, number>();
  if (wanted.size === 0) return steps;
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run] !== -1) continue;
    const list = wanted.get(runs.lastSeq[run]!);
    if (list === undefined) continue;
    const at = list.findIndex((start) => {
      const back = runs.lastTs[run]! - runs.firstTs[start]!;
      if (back <= toleranceMicros || back > STEP_LIMIT) return false;
      return start !== run && boots[start] === boots[run] && runs.lastRef[run]! < runs.firstRef[start]!;
    });
    if (at < 0) continue;
    const start = list.splice(at, 1)[0]!;
    steps.set(runs.firstRef[start]!, runs.lastRef[run]!);
  }
  return steps;
}
