/** From what the stages saw to findings a report can tell: places with path, line and time as written; codes and figures. */
import type { Place as ReportPlace } from '../../contract/finding.ts';
import type { ReportStream } from '../../contract/report.ts';
import type { Gap, NodeAnalysis, Place, Stream } from '../analysis/analyse.ts';
import { makeContentId } from '../base/content-id.ts';
import type { FoundFinding, Said } from '../report/build-report.ts';
import type { Unreadable } from '../source/open-source.ts';
import type { PlaceBook, PlacedEntry } from './place-book.ts';

/** The entries whose time a report of this analysis shows. */
export function* listPlaced(analysis: NodeAnalysis): Iterable<PlacedEntry> {
  for (const stream of analysis.streams) yield* [firstOf(stream), lastOf(stream)];
  for (const { before, after } of analysis.gaps) yield* [...before, ...after];
  yield* analysis.unexplainedStarts;
  for (const { before, after } of analysis.clockSteps) yield* [before, after];
  for (const { ref, otherRef, tsMicros, seq } of analysis.same) {
    yield { ref, tsMicros, seq };
    yield { ref: otherRef, tsMicros, seq };
  }
}

/** A node's streams with their ids, in the order of the analysis; `ids` counts those of all sources. */
export function tellStreams(
  analysis: NodeAnalysis,
  source: number,
  ids: Map<string, number>,
  book: PlaceBook,
): ReportStream[] {
  return analysis.streams.map((stream) => {
    const firstTs = book.tsOf(firstOf(stream));
    const id = makeContentId('s', [analysis.node, stream.firstSeq, firstTs]);
    const earlier = ids.get(id) ?? 0;
    ids.set(id, earlier + 1);
    return {
      id: earlier === 0 ? id : `${id}-${earlier + 1}`,
      node: analysis.node,
      source,
      firstSeq: stream.firstSeq,
      lastSeq: stream.lastSeq,
      entries: stream.entries,
      missing: stream.missing,
      firstTs,
      lastTs: book.tsOf(lastOf(stream)),
      start: stream.start,
    };
  });
}

/** What the analysis of one node found, but for pairs of lines (`tellPairs`). */
export function tellAnalysis(
  analysis: NodeAnalysis,
  streams: readonly ReportStream[],
  source: number,
  book: PlaceBook,
): FoundFinding[] {
  const { node } = analysis;
  const idOf = (stream: number): string => streams[stream]!.id;
  const tell = (place: Place): ReportPlace => book.placeOf(place);
  const findings: FoundFinding[] = [
    ...analysis.gaps.map((gap) => tellGap(gap, node, idOf, book)),
    ...analysis.unexplainedStarts.map(
      (start): FoundFinding => ({
        kind: 'unexplained-start',
        node,
        streams: [idOf(start.stream)],
        firstSeq: start.seq,
        fromTs: book.tsOf(start),
        after: [tell(start)],
        evidence: [{ code: 'no-predecessor', values: { seq: start.seq } }],
        wouldTell: [
          { code: 'syslog-copy', values: {} },
          { code: 'earlier-report', values: {} },
        ],
        fromMicros: start.tsMicros,
      }),
    ),
    ...analysis.clockSteps.map(
      ({ before, after, backMicros }): FoundFinding => ({
        kind: 'clock',
        node,
        streams: [idOf(after.stream)],
        firstSeq: after.seq,
        fromTs: book.tsOf(after),
        toTs: book.tsOf(before),
        before: [tell(before)],
        after: [tell(after)],
        evidence: [{ code: 'clock-set-back', values: { seconds: round(backMicros / 1_000_000) } }],
        fromMicros: after.tsMicros,
        toMicros: before.tsMicros,
      }),
    ),
    ...analysis.silences.map(
      ({ fromMicros, toMicros, usualAtLeast, otherDays }): FoundFinding => ({
        kind: 'silence',
        node,
        fromTs: book.tsOf({ ref: -1, tsMicros: fromMicros }),
        toTs: book.tsOf({ ref: -1, tsMicros: toMicros }),
        evidence: [{ code: 'unusual-silence', values: { usual: usualAtLeast, days: otherDays } }],
        fromMicros,
        toMicros,
      }),
    ),
    ...analysis.missingDays.map(
      ({ day, fromMicros, toMicros, gaps, missing, streams: crossing }): FoundFinding => ({
        kind: 'missing-day',
        node,
        streams: crossing.map(idOf),
        count: missing,
        fromTs: book.tsOf({ ref: -1, tsMicros: fromMicros }),
        toTs: book.tsOf({ ref: -1, tsMicros: toMicros }),
        evidence: [{ code: 'streams-jump-across', values: { day, gaps, streams: crossing.length, missing } }],
        fromMicros,
        toMicros,
      }),
    ),
  ];
  return findings.map((finding) => ({ ...finding, source }));
}

function tellGap(gap: Gap, node: string, idOf: (stream: number) => string, book: PlaceBook): FoundFinding {
  return {
    kind: 'gap',
    node,
    streams: gap.streams.map(idOf),
    firstSeq: gap.firstSeq,
    lastSeq: gap.lastSeq,
    count: gap.count,
    atLeast: gap.atLeast,
    fromTs: tellTime(gap.before, gap.fromMicros, book),
    toTs: tellTime(gap.after, gap.toMicros, book),
    before: gap.before.map((place) => book.placeOf(place)),
    after: gap.after.map((place) => book.placeOf(place)),
    cause: { code: gap.cause, values: {} },
    evidence: gap.evidence,
    wouldTell: gap.wouldTell.map((code) => ({ code, values: {} })),
    confidence: gap.confidence,
    fromMicros: gap.fromMicros,
    toMicros: gap.toMicros,
  };
}

/** A bound is the time of one of the lines, and is told as that line has it. */
function tellTime(places: readonly Place[], micros: number, book: PlaceBook): string {
  return book.tsOf(places.find(({ tsMicros }) => tsMicros === micros) ?? { ref: -1, tsMicros: micros });
}

/** Two lines with the same node, ts and seq. */
export interface Pair {
  readonly node: string;
  /** The source of both, where they are in one. */
  readonly source?: number;
  readonly ref: number;
  readonly otherRef: number;
  readonly seq: number;
  readonly tsMicros: number;
}

/**
 * Duplicates and conflicts. A stretch that stands twice (a file restored over its rotated copy) is one finding: lines
 * that follow each other in both places.
 */
export function tellPairs(
  pairs: readonly Pair[],
  different: ReadonlyMap<Pair, readonly Said[]>,
  book: PlaceBook,
): FoundFinding[] {
  const findings: FoundFinding[] = [];
  let stretch: Pair[] = [];
  const endStretch = (): void => {
    if (stretch.length > 0) findings.push(tellDuplicates(stretch, book));
    stretch = [];
  };
  for (const pair of pairs) {
    const evidence = different.get(pair);
    if (evidence) {
      findings.push(tellConflict(pair, evidence, book));
      continue;
    }
    const last = stretch.at(-1);
    if (
      last &&
      !(pair.node === last.node && isNextLine(last.ref, pair.ref) && isNextLine(last.otherRef, pair.otherRef))
    ) {
      endStretch();
    }
    stretch.push(pair);
  }
  endStretch();
  return findings;
}

function isNextLine(ref: number, next: number): boolean {
  return next > ref && next - ref <= 8;
}

function sourceOf({ source }: Pair): { readonly source?: number } {
  return source === undefined ? {} : { source };
}

function tellDuplicates(stretch: readonly Pair[], book: PlaceBook): FoundFinding {
  const first = stretch[0]!;
  const last = stretch.at(-1)!;
  const seqs = stretch.map(({ seq }) => seq);
  return {
    kind: 'duplicate',
    node: first.node,
    ...sourceOf(first),
    firstSeq: Math.min(...[seqs[0]!, seqs.at(-1)!]),
    lastSeq: Math.max(...[seqs[0]!, seqs.at(-1)!]),
    count: stretch.length,
    fromTs: book.tsOf(first),
    toTs: book.tsOf(last),
    before: [book.placeOf(first)],
    after: [book.placeOf({ ...first, ref: first.otherRef })],
    evidence: [{ code: 'same-entry-twice', values: { count: stretch.length } }],
    fromMicros: first.tsMicros,
    toMicros: last.tsMicros,
  };
}

/** Two lines that are the same entry and do not say the same. */
export function tellConflict(pair: Pair, evidence: readonly Said[], book: PlaceBook): FoundFinding {
  const ts = book.tsOf(pair);
  return {
    kind: 'conflict',
    node: pair.node,
    ...sourceOf(pair),
    firstSeq: pair.seq,
    lastSeq: pair.seq,
    count: 1,
    fromTs: ts,
    toTs: ts,
    before: [book.placeOf(pair)],
    after: [book.placeOf({ ...pair, ref: pair.otherRef })],
    evidence,
    fromMicros: pair.tsMicros,
  };
}

/** Files, or the rest of a file, that could not be read. */
export function tellUnreadable(
  unreadable: readonly (Unreadable & { readonly atContentByte?: number })[],
): FoundFinding[] {
  return unreadable.map(
    ({ path, code, detail, atContentByte }): FoundFinding => ({
      kind: 'unreadable',
      path,
      cause: { code, values: {} },
      evidence: [
        ...(detail === '' ? [] : [{ code: 'system-said', values: { detail } }]),
        ...(atContentByte === undefined ? [] : [{ code: 'read-up-to', values: { bytes: atContentByte } }]),
      ],
      confidence: 'high',
    }),
  );
}

function firstOf({ firstRef, firstSeq, firstTsMicros }: Stream): PlacedEntry {
  return { ref: firstRef, seq: firstSeq, tsMicros: firstTsMicros };
}

function lastOf({ lastRef, lastSeq, lastTsMicros }: Stream): PlacedEntry {
  return { ref: lastRef, seq: lastSeq, tsMicros: lastTsMicros };
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
