/**
 * The door of the analysis: one node's entries in; streams, gaps and other findings out.
 *
 * In: entries sorted by (ts, seq, ref), readable several times; what is known of files and malformed lines.
 * Out: plain data (node-analysis.ts). The same entries give the same result, however they are cut into chunks.
 * Guaranteed: a gap's count is the least number that must be missing under every division that explains the lines equally
 * well, its times cover all of them. It never throws on any times and seqs, takes about linear time, and memory by
 * runs, not by entries.
 * Not seen: what is cut off a stream's end, a process of which nothing is left, an entry just above the end of another
 * process of the same boot. src/README.md tells the method.
 */
import { buildStreams } from './build-streams.ts';
import { collectPlaces, findPlaces, type RunPlace, type Wanted } from './collect-places.ts';
import { divideByProcess } from './divide-by-process.ts';
import { type Division, divideStreams } from './divide-streams.ts';
import { explainGaps } from './explain-gaps.ts';
import type { Pair } from './explain-starts.ts';
import { findAbsentDays, findMissingDays } from './find-missing-days.ts';
import { findSilences } from './find-silences.ts';
import { type Linked, linkRuns } from './link-runs.ts';
import type { Evidence, Gap, NodeAnalysis, NodeInput, Place, SamePair } from './node-analysis.ts';
import { findTime, type SortedEntries } from './sorted-entries.ts';
import { type WideGap, widenGaps } from './widen-gaps.ts';

export type { Gap, NodeAnalysis, NodeInput, Place, Stream } from './node-analysis.ts';

/** Of a log of noise, only so many gaps get all their candidate lines; the others get their own two. */
const DETAILED_GAPS = 20_000;

/** Analyses one node. */
export function analyseNode(input: NodeInput): NodeAnalysis {
  const { entries } = input;
  const inferred = divideStreams(entries);
  const { restarts, toleranceMicros, jitterMicros, orders } = inferred;
  const known = input.processes && divideByProcess(entries, input.processes);
  const { linked, pairing } = known ?? inferred;
  const { runs } = linked;
  const { streams, streamOf } = buildStreams(runs, pairing);
  const wide = known
    ? pairing.pairs.map((pair) => takeAsIs(pair, linked))
    : widenGaps(runs, pairing, toleranceMicros, runs.count > 0 ? runs.firstTs[0]! : 0);
  const sides = wide.map((gap) => wantSides(gap, linked));
  if (wide.length > 0 && !known) {
    const wanted = sides.slice(0, DETAILED_GAPS).flatMap(({ before, after }) => [before, after]);
    if (!findPlaces(entries, wanted, runs)) {
      linkRuns(entries, toleranceMicros, orders, { visit: collectPlaces(wanted) });
    }
  }
  const toPlace = ({ ref, seq, tsMicros, run }: RunPlace): Place => ({
    ref,
    seq,
    tsMicros,
    stream: streamOf[run]!,
  });
  const bare = wide.map((gap, index) => {
    const { pair, fromMicros, toMicros, otherEnds, exchanged } = gap;
    const lastSeq = runs.firstSeq[pair.start]! - 1;
    const start = firstOf(linked, pair.start);
    const ends = [pair.end, ...otherEnds, ...exchanged.map((other) => other.end)].filter((run) => run >= 0);
    const afters = [pair.start, ...exchanged.map((other) => other.start)];
    const before = mergePlaces(
      ends.map((run) => lastOf(linked, run)),
      sides[index]!.before.found.toReversed(),
      toPlace,
    );
    const after = mergePlaces(
      afters.map((run) => firstOf(linked, run)),
      sides[index]!.after.found,
      toPlace,
    );
    const named = [...before, ...after].map((place) => place.stream);
    const extra: Evidence[] = [];
    if (pair.end < 0) extra.push({ code: 'fork-base', values: { base: pair.firstSeq } });
    if (before.length > 1 || after.length > 1) {
      extra.push({ code: 'same-seq-streams', values: { before: before.length, after: after.length } });
    }
    return {
      firstSeq: pair.firstSeq,
      lastSeq,
      count: lastSeq - pair.firstSeq + 1,
      atLeast: pair.end < 0 || otherEnds.length > 0,
      // What is missing may bear a time as far beyond its neighbours' as others of this log do.
      fromMicros: fromMicros - jitterMicros,
      toMicros: Math.max(toMicros, start.tsMicros) + jitterMicros,
      before,
      after,
      streams: pair.end < 0 ? [streamOf[pair.start]!] : [...new Set(named)].sort((a, b) => a - b),
      extra,
    };
  });
  const absentDays = findAbsentDays(input.files, listDays(entries));
  const restartsMicros = restarts.map((restart) => restart.tsMicros).sort((a, b) => a - b);
  const explanations = explainGaps(bare, {
    node: input.node,
    files: input.files,
    malformed: input.malformed,
    downTimes: input.downTimes ?? [],
    losses: input.losses ?? [],
    absentDays,
    restartsMicros,
  });
  const gaps: Gap[] = bare.map(({ extra: _, ...gap }, index) => ({ ...gap, ...explanations[index]! }));
  return {
    node: input.node,
    entries: linked.distinct,
    streams,
    gaps,
    missing: gaps.reduce((sum, gap) => sum + gap.count, 0),
    unexplainedStarts: pairing.starts.flatMap((kind, run) =>
      kind === 'unexplained' ? [toPlace(firstOf(linked, run))] : [],
    ),
    same: listSame(linked),
    clockSteps: pairing.clockSteps.map(([before, after]) => ({
      before: toPlace(lastOf(linked, before)),
      after: toPlace(firstOf(linked, after)),
      backMicros: runs.lastTs[before]! - runs.firstTs[after]!,
    })),
    silences: findSilences(entries),
    missingDays: findMissingDays(absentDays, gaps),
    restartsMicros,
    toleranceMicros,
    ...(known && { inferred: countInferred(inferred) }),
  };
}

/** A gap of a process that is known: no other line could be beside it. */
function takeAsIs(pair: Pair, { runs }: Linked): WideGap {
  const [fromMicros, toMicros] = [runs.lastTs[pair.end]!, runs.firstTs[pair.start]!];
  return { pair, fromMicros, toMicros, exchanged: [], otherEnds: [] };
}

function countInferred({ linked: { runs }, pairing }: Division): NonNullable<NodeAnalysis['inferred']> {
  return {
    streams: buildStreams(runs, pairing).streams.length,
    missing: pairing.pairs.reduce((sum, { start, firstSeq }) => sum + runs.firstSeq[start]! - firstSeq, 0),
  };
}

function wantSides(gap: WideGap, { runs }: Linked): { before: Wanted; after: Wanted } {
  const times = { fromMicros: gap.fromMicros, toMicros: gap.toMicros };
  return {
    before: { seq: gap.pair.firstSeq - 1, ...times, keepLatest: true, found: [] },
    after: { seq: runs.firstSeq[gap.pair.start]!, ...times, keepLatest: false, found: [] },
  };
}

function firstOf({ runs }: Linked, run: number): RunPlace {
  return { ref: runs.firstRef[run]!, seq: runs.firstSeq[run]!, tsMicros: runs.firstTs[run]!, run };
}

function lastOf({ runs }: Linked, run: number): RunPlace {
  return { ref: runs.lastRef[run]!, seq: runs.lastSeq[run]!, tsMicros: runs.lastTs[run]!, run };
}

/** Puts the chosen line first and other candidates after it, each once. */
function mergePlaces(
  own: readonly RunPlace[],
  found: readonly RunPlace[],
  toPlace: (place: RunPlace) => Place,
): Place[] {
  const byRef = new Map<number, Place>();
  for (const place of [...own.slice(0, 1), ...found, ...own.slice(1)]) {
    if (byRef.size < 8 && !byRef.has(place.ref)) byRef.set(place.ref, toPlace(place));
  }
  return [...byRef.values()];
}

function listSame({ same, sameSeq, sameTs }: Linked): SamePair[] {
  return Array.from(sameSeq, (seq, index) => ({
    ref: same[index * 2]!,
    otherRef: same[index * 2 + 1]!,
    seq,
    tsMicros: sameTs[index]!,
  }));
}

/** Returns a test for days on which the node has entries. */
function listDays(entries: SortedEntries): (fromMicros: number) => boolean {
  const days = new Set<number>();
  let until = Number.NEGATIVE_INFINITY;
  for (const { count, tsMicros } of entries.chunks()) {
    for (let i = findTime(tsMicros, 0, count, until); i < count; i = findTime(tsMicros, i, count, until)) {
      const day = Math.floor(tsMicros[i]! / 86_400_000_000) * 86_400_000_000;
      days.add(day);
      until = day + 86_400_000_000;
    }
  }
  return (fromMicros) => days.has(fromMicros);
}
