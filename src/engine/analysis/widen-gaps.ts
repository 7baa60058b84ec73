/**
 * Widens each gap's times to cover every equally good pairing of starts with ends.
 *
 * Gap i may exchange its end with gap j's if a ring of exchanges closes: if both lie in one strongly connected component
 * of the graph "i's end could go with j's start". No such ring spans a moment at which no gap is open, so gaps are first
 * grouped by overlap in time. An unused end at the same seq as a gap's own costs the same, too.
 */

import type { Pair, Pairing } from './explain-starts.ts';
import { groupByTime } from './match-ends.ts';
import type { Runs } from './run-table.ts';

/** Is a pair with the times that cover all its alternatives. */
export interface WideGap {
  readonly pair: Pair;
  readonly fromMicros: number;
  readonly toMicros: number;
  /** Other pairs whose ends or starts it may have exchanged with its own, nearest first. */
  readonly exchanged: readonly Pair[];
  /** Whether an unused end at the same seq could be the one as well. */
  readonly otherEnds: readonly number[];
}

/** Above this many overlapping gaps the group as a whole gives the times: wider than need be, still sound. */
const EXACT_GROUP = 500;

/** So many other pairs are named. */
const NAMED = 8;

/** Widens the gaps of one node; in order of their starts. */
export function widenGaps(
  runs: Runs,
  pairing: Pairing,
  toleranceMicros: number,
  originMicros: number,
): WideGap[] {
  const freeBySeq = new Map<number, number[]>();
  for (const run of pairing.freeEnds) {
    const list = freeBySeq.get(runs.lastSeq[run]!);
    if (list === undefined) freeBySeq.set(runs.lastSeq[run]!, [run]);
    else if (list.length < 256) list.push(run);
  }
  const spans: Span[] = pairing.pairs.map((pair) => {
    const to = runs.firstTs[pair.start]!;
    if (pair.end < 0)
      return { pair, from: findForkTime(runs, pairing, pair, originMicros), to, otherEnds: [] };
    const others = (freeBySeq.get(runs.lastSeq[pair.end]!) ?? []).filter(
      (run) => pairing.boots[run] === pairing.boots[pair.end] && runs.lastTs[run]! <= to + toleranceMicros,
    );
    let from = Math.min(runs.lastTs[pair.end]!, to);
    for (const run of others) from = Math.min(from, runs.lastTs[run]!);
    return { pair, from, to: Math.max(to, runs.lastTs[pair.end]!), otherEnds: others };
  });
  const wide: WideGap[] = [];
  for (const group of groupByTime(spans, toleranceMicros)) widenGroup(runs, group, toleranceMicros, wide);
  return wide.sort((a, b) => a.pair.start - b.pair.start);
}

interface Span {
  readonly pair: Pair;
  readonly from: number;
  readonly to: number;
  readonly otherEnds: readonly number[];
}

function widenGroup(runs: Runs, group: readonly Span[], toleranceMicros: number, wide: WideGap[]): void {
  const rings = group.length === 1 ? [[0]] : findRings(runs, group, toleranceMicros);
  for (const ring of rings) {
    let from = Number.POSITIVE_INFINITY;
    let to = Number.NEGATIVE_INFINITY;
    for (const index of ring) {
      from = Math.min(from, group[index]!.from);
      to = Math.max(to, group[index]!.to);
    }
    for (const [at, index] of ring.entries()) {
      const { pair, otherEnds } = group[index]!;
      const exchanged = ring
        .slice(Math.max(0, at - NAMED), at + NAMED + 1)
        .filter((other) => other !== index)
        .sort((a, b) => Math.abs(a - index) - Math.abs(b - index))
        .slice(0, NAMED)
        .map((other) => group[other]!.pair);
      wide.push({ pair, fromMicros: from, toMicros: to, exchanged, otherEnds });
    }
  }
}

/** Finds the strongly connected components (Tarjan's algorithm, with a stack of its own instead of recursion). */
function findRings(runs: Runs, group: readonly Span[], toleranceMicros: number): number[][] {
  const size = group.length;
  if (size > EXACT_GROUP) return [group.map((_, index) => index)];
  const leads = (i: number, j: number): boolean => {
    const end = group[i]!.pair.end;
    const start = group[j]!.pair.start;
    if (end < 0 || group[j]!.pair.end < 0) return false;
    return (
      runs.lastSeq[end]! < runs.firstSeq[start]! &&
      runs.lastTs[end]! <= runs.firstTs[start]! + toleranceMicros
    );
  };
  const order = new Int32Array(size).fill(-1);
  const low = new Int32Array(size);
  const onStack = new Uint8Array(size);
  const next = new Int32Array(size);
  const stack: number[] = [];
  const path: number[] = [];
  const rings: number[][] = [];
  let clock = 0;
  for (let root = 0; root < size; root += 1) {
    if (order[root] !== -1) continue;
    path.push(root);
    while (path.length > 0) {
      const at = path[path.length - 1]!;
      if (order[at] === -1) {
        order[at] = clock;
        low[at] = clock;
        clock += 1;
        stack.push(at);
        onStack[at] = 1;
      }
      let child = -1;
      while (next[at]! < size && child < 0) {
        const to = next[at]!;
        next[at] = to + 1;
        if (to === at || !leads(at, to)) continue;
        if (order[to] === -1) child = to;
        else if (onStack[to] === 1) low[at] = Math.min(low[at]!, order[to]!);
      }
      if (child >= 0) {
        path.push(child);
        continue;
      }
      path.pop();
      const parent = path[path.length - 1];
      if (parent !== undefined) low[parent] = Math.min(low[parent]!, low[at]!);
      if (low[at] !== order[at]) continue;
      const ring: number[] = [];
      let member: number;
      do {
        member = stack.pop()!;
        onStack[member] = 0;
        ring.push(member);
      } while (member !== at);
      rings.push(ring.sort((a, b) => a - b));
    }
  }
  return rings;
}

/** Finds the earliest time at which the process of a headless run may have begun. */
function findForkTime(runs: Runs, pairing: Pairing, pair: Pair, originMicros: number): number {
  const below = pair.firstSeq - 1;
  let bootStart = originMicros;
  for (let run = 0; run < pair.start; run += 1) {
    if (pairing.boots[run] !== pair.boot) continue;
    if (bootStart === originMicros) bootStart = runs.firstTs[run]!;
    if (below > 0 && runs.firstSeq[run]! <= below && runs.lastSeq[run]! >= below) return runs.firstTs[run]!;
  }
  return Math.min(bootStart, runs.firstTs[pair.start]!);
}
