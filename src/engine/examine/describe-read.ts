/** What was read, as a report lists it: its files, and each source's nodes. */
import type { ReportFile, ReportStream } from '../../contract/report.ts';
import type { NodeAnalysis } from '../analysis/analyse.ts';
import { formatDayNumber } from '../base/timestamp.ts';
import { REF_LINES } from '../batch.ts';
import { type Census, type MalformedLine, readDialect } from '../gather/census.ts';
import type { GatheredFile } from '../gather/gather.ts';
import type { Source } from '../gather/group-sources.ts';
import type { FoundNode } from '../report/build-report.ts';
import { type Period, type PeriodCount, reaches } from './count-period.ts';
import type { PlaceBook } from './place-book.ts';

/** Index of the source that a file belongs to. */
export function sourceOf({ file }: GatheredFile, sources: readonly Source[]): number {
  return sources.findIndex(({ roots }) => roots.includes(file.root));
}

interface NodeParts {
  readonly analysis: NodeAnalysis;
  /** Its streams in the period. */
  readonly told: readonly ReportStream[];
  /** Index of its source, and that. */
  readonly index: number;
  readonly source: Source;
  /** Of its entries those that are in the period; absent where all are. */
  readonly counted: PeriodCount | undefined;
  readonly period: Period;
  readonly book: PlaceBook;
}

/** Describes one node of one source. */
export function describeNode({ analysis, told, index, source, counted, period, book }: NodeParts): FoundNode {
  const { node, streams, gaps, inferred } = analysis;
  const { runs, days } = source.nodes.get(node)!;
  const entries = [...(counted?.days ?? days).values()].reduce((sum, count) => sum + count, 0);
  // A stream's end usually bears that time; its line tells it as written.
  const tell = (micros: number): string => {
    const first = streams.find(({ firstTsMicros }) => firstTsMicros === micros);
    const last = streams.find(({ lastTsMicros }) => lastTsMicros === micros);
    return book.tsOf({ ref: first?.firstRef ?? last?.lastRef ?? -1, tsMicros: micros });
  };
  const { firstTs, lastTs } = runs.span;
  return {
    node,
    source: index,
    entries,
    salvaged: counted?.salvaged ?? runs.count - entries,
    streams: told.length,
    missing: gaps
      .filter(({ fromMicros, toMicros }) => reaches(period, fromMicros, toMicros))
      .reduce((sum, { count }) => sum + count, 0),
    firstTs: counted?.ends ? book.tsOf(counted.ends.first) : tell(firstTs),
    lastTs: counted?.ends ? book.tsOf(counted.ends.last) : tell(lastTs),
    ...(inferred && { inferred }),
    days: new Map(
      [...(counted?.days ?? days)]
        .sort(([a], [b]) => a - b)
        .map(([day, count]) => [formatDayNumber(day), count]),
    ),
  };
}

/** Describes all files, in their order. */
export function describeFiles(
  files: ReadonlyMap<number, GatheredFile>,
  sources: readonly Source[],
  census: Census,
  book: PlaceBook,
  pending: readonly MalformedLine[],
): ReportFile[] {
  const pendingIn = new Set(pending.map(({ ref }) => Math.floor(ref / REF_LINES)));
  const salvaged = new Map<number, number>();
  for (const { ref, salvaged: entries } of census.malformed) {
    const index = Math.floor(ref / REF_LINES);
    salvaged.set(index, (salvaged.get(index) ?? 0) + entries.length);
  }
  return [...files.values()].map((gathered): ReportFile => {
    const { file, reading, copyOf } = gathered;
    const figures = copyOf === undefined ? census.files.get(file.index) : undefined;
    const isSameContent = reading.contentSha256 === reading.sha256;
    const hasEntries = figures !== undefined && !Number.isNaN(figures.firstTsMicros);
    return {
      path: file.path,
      source: sourceOf(gathered, sources),
      bytes: reading.bytes,
      sha256: reading.sha256,
      ...(isSameContent ? {} : { contentSha256: reading.contentSha256, contentBytes: reading.contentBytes }),
      ...(reading.compression === undefined ? {} : { compression: reading.compression }),
      ...(reading.encoding === undefined ? {} : { encoding: reading.encoding }),
      dialect: readDialect(figures?.flags ?? 0),
      lines: reading.lines,
      entries: figures?.entries ?? 0,
      malformed: (figures?.malformed ?? 0) - (figures && pendingIn.has(file.index) ? 1 : 0),
      ...(figures && pendingIn.has(file.index) ? { pending: 1 } : {}),
      salvaged: figures ? (salvaged.get(file.index) ?? 0) : 0,
      ...(hasEntries
        ? {
            firstTs: book.tsOf({ ref: figures.firstRef, tsMicros: figures.firstTsMicros }),
            lastTs: book.tsOf({ ref: figures.lastRef, tsMicros: figures.lastTsMicros }),
          }
        : {}),
      ...(copyOf === undefined ? {} : { copyOf: files.get(copyOf)!.file.path }),
    };
  });
}
