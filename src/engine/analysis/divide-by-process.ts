/**
 * Divides a node's entries where the process of each is known, as syslog names it: nothing is inferred but which of the
 * processes that had the same number, one after another, an entry is of. A process counts upwards, so a seq that is not
 * above the last one is the next process's.
 */
import { findRules, type Pair, type Pairing, type StartKind } from './explain-starts.ts';
import { type Linked, linkRuns } from './link-runs.ts';
import { growFloats } from './open-ends.ts';
import { type Runs, RunTable } from './run-table.ts';
import type { SortedChunk, SortedEntries } from './sorted-entries.ts';

/** How much earlier than its predecessor an entry of the same process may be: threads. */
export const PROCESS_TOLERANCE_MICROS = 250_000;
const REF_LINES = 2 ** 33;

/** Process numbers by file and line (from 1); 0 or nothing where none is named. */
export type Processes = ReadonlyMap<number, Uint32Array>;

/** Is a node's entries, divided by what names their processes. */
export interface ProcessDivision {
  readonly linked: Linked;
  readonly pairing: Pairing;
  /** Each process's entries, and by run of theirs the run of `linked`. */
  readonly parts: readonly { readonly entries: SortedEntries; readonly renamed: Int32Array }[];
}

/** Divides; undefined where the process of some entry is not known. */
export function divideByProcess(entries: SortedEntries, processes: Processes): ProcessDivision | undefined {
  const parts = split(entries, processes);
  if (!parts) return undefined;
  const { linked, processOf, renamed } = merge(
    [...parts].map(([process, part]) => ({ process, linked: linkRuns(part, PROCESS_TOLERANCE_MICROS) })),
  );
  return {
    linked,
    pairing: pairRuns(linked, processOf),
    parts: [...parts.values()].map((entries, part) => ({ entries, renamed: renamed[part]! })),
  };
}

/** Chains what one process number wrote, in the order of time. */
function pairRuns(linked: Linked, processOf: Int32Array): Pairing {
  const { runs } = linked;
  const { clockSteps, logStarts } = findRules(linked, [], PROCESS_TOLERANCE_MICROS);
  const isReused = findReused(runs, processOf);
  const isForked = findForks(runs, processOf);
  const starts = new Array<StartKind>(runs.count).fill('continued');
  const pairs: Pair[] = [];
  const steppedTo = new Int32Array(runs.count).fill(-1);
  const steps: (readonly [number, number])[] = [];
  const freeEnds: number[] = [];
  const byLastRef = new Map(Array.from({ length: runs.count }, (_, run) => [runs.lastRef[run]!, run]));
  /** By process number: the run that it wrote last. */
  const open = new Map<number, number>();
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continues[run]! >= 0) continue;
    const process = processOf[run]!;
    const seq = runs.firstSeq[run]!;
    const end = open.get(process);
    const stepped = byLastRef.get(clockSteps.get(runs.firstRef[run]!) ?? Number.NaN);
    if (stepped !== undefined && processOf[stepped] === process) {
      steppedTo[stepped] = run;
      steps.push([stepped, run]);
    } else if (end !== undefined && seq > runs.lastSeq[end]! + 1 && !isReused(run, end)) {
      starts[run] = 'gap';
      pairs.push({ start: run, end, firstSeq: runs.lastSeq[end]! + 1, boot: 0 });
    } else {
      if (end !== undefined) freeEnds.push(end);
      if (seq === 1) starts[run] = 'one';
      else if (isForked(run) || (end !== undefined && isReused(run, end))) starts[run] = 'fork-base';
      else starts[run] = logStarts.has(runs.firstRef[run]!) ? 'log-start' : 'unexplained';
    }
    let last = run;
    while (runs.continuedBy[last]! >= 0) last = runs.continuedBy[last]!;
    open.set(process, last);
  }
  freeEnds.push(...open.values());
  return { starts, pairs, boots: new Int32Array(runs.count), clockSteps: steps, freeEnds, steppedTo };
}

/**
 * Tells whether a run begins a new process that forked, although its number is that of one that stood below: others begin at
 * the same seq, and between them a process began at 1 with a number that was used before, as all do after a container's
 * restart.
 */
function findReused(runs: Runs, processOf: Int32Array): (run: number, end: number) => boolean {
  const starters = new Map<number, number>();
  const seen = new Set<number>();
  const fresh: number[] = [];
  for (let run = 0; run < runs.count; run += 1) {
    const [seq, process] = [runs.firstSeq[run]!, processOf[run]!];
    if (runs.continues[run]! < 0) starters.set(seq, (starters.get(seq) ?? 0) + 1);
    if (seq === 1 && seen.has(process)) fresh.push(runs.firstTs[run]!);
    seen.add(process);
  }
  return (run, end) =>
    starters.get(runs.firstSeq[run]!)! > 1 &&
    fresh.some((ts) => ts > runs.lastTs[end]! && ts <= runs.firstTs[run]!);
}

/** Tells whether a run may begin a forked process: another one stood just below, and went no further. */
function findForks(runs: Runs, processOf: Int32Array): (run: number) => boolean {
  const endsAt = new Map<number, number[]>();
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run]! >= 0) continue;
    const ends = endsAt.get(runs.lastSeq[run]!);
    if (ends) ends.push(run);
    else endsAt.set(runs.lastSeq[run]!, [run]);
  }
  return (run) =>
    (endsAt.get(runs.firstSeq[run]! - 1) ?? []).some(
      (end) => processOf[end] !== processOf[run] && runs.lastTs[end]! <= runs.firstTs[run]!,
    );
}

/** By process number its entries; undefined where one of them has none. */
function split(entries: SortedEntries, processes: Processes): Map<number, Part> | undefined {
  const parts = new Map<number, Part>();
  for (const { count, tsMicros, seq, ref } of entries.chunks()) {
    for (let i = 0; i < count; i += 1) {
      const at = ref[i]!;
      const process = processes.get(Math.floor(at / REF_LINES))?.[at % REF_LINES] ?? 0;
      if (process === 0) return undefined;
      const part = parts.get(process) ?? new Part();
      if (part.count === 0) parts.set(process, part);
      part.add(tsMicros[i]!, seq[i]!, at);
    }
  }
  return parts;
}

/** The entries of one process number, in the order in which they are added. */
class Part implements SortedEntries {
  count = 0;
  #tsMicros = new Float64Array(64);
  #seq = new Float64Array(64);
  #ref = new Float64Array(64);

  add(tsMicros: number, seq: number, ref: number): void {
    const at = this.count;
    this.count += 1;
    if (this.count > this.#seq.length) {
      this.#tsMicros = growFloats(this.#tsMicros, this.count);
      this.#seq = growFloats(this.#seq, this.count);
      this.#ref = growFloats(this.#ref, this.count);
    }
    this.#tsMicros[at] = tsMicros;
    this.#seq[at] = seq;
    this.#ref[at] = ref;
  }

  chunks(): Iterable<SortedChunk> {
    return [{ count: this.count, tsMicros: this.#tsMicros, seq: this.#seq, ref: this.#ref }];
  }
}

/** Puts the runs of all processes into one table, in the order of their first entries, as those of one pass are. */
function merge(parts: readonly { readonly process: number; readonly linked: Linked }[]): {
  readonly linked: Linked;
  readonly processOf: Int32Array;
  readonly renamed: readonly Int32Array[];
} {
  const all = parts
    .flatMap(({ process, linked: { runs } }, part) =>
      Array.from({ length: runs.count }, (_, run) => ({ part, process, runs, run })),
    )
    .sort(
      (a, b) =>
        a.runs.firstTs[a.run]! - b.runs.firstTs[b.run]! || a.runs.firstSeq[a.run]! - b.runs.firstSeq[b.run]!,
    );
  const renamed = parts.map(({ linked: { runs } }) => new Int32Array(runs.count));
  for (const [to, { part, run }] of all.entries()) renamed[part]![run] = to;
  const table = new RunTable();
  const processOf = new Int32Array(all.length);
  for (const [to, { part, process, runs, run }] of all.entries()) {
    table.add();
    processOf[to] = process;
    for (const column of COLUMNS) table[column][to] = runs[column][run]!;
    for (const column of ['continuedBy', 'continues'] as const) {
      const other = runs[column][run]!;
      table[column][to] = other < 0 ? -1 : renamed[part]![other]!;
    }
  }
  const join = (column: 'same' | 'sameSeq' | 'sameTs'): Float64Array =>
    Float64Array.from(parts.flatMap(({ linked }) => [...linked[column]]));
  const linked: Linked = {
    runs: table,
    distinct: parts.reduce((sum, part) => sum + part.linked.distinct, 0),
    same: join('same'),
    sameSeq: join('sameSeq'),
    sameTs: join('sameTs'),
    freshStarts: [],
    crossings: [],
    endOf: new Map(),
    endsBelow: new Map(),
    tried: new Set(),
    inversions: [],
    largestInversion: parts.reduce((most, part) => Math.max(most, part.linked.largestInversion), 0),
  };
  return { linked, processOf, renamed };
}

const COLUMNS = [
  'firstSeq',
  'lastSeq',
  'firstTs',
  'lastTs',
  'firstRef',
  'lastRef',
  'firstPosition',
  'lastPosition',
  'longestPause',
] as const;
