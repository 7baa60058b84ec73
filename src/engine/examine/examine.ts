/**
 * The second half of a check: divide what was gathered into sources and streams, find what is missing or does not fit,
 * and put the report together.
 */
import { basename } from 'node:path';
import { createTranslate } from '../../catalogue/translate.ts';
import type { Report, ReportStream } from '../../contract/report.ts';
import type { RemovedFile } from '../../contract/spool.ts';
import type { NodeAnalysis } from '../analysis/analyse.ts';
import { throwIfCancelled } from '../base/failure.ts';
import { readReceiverWord } from '../base/spool-places.ts';
import { REF_LINES } from '../batch.ts';
import type { OpenEnd } from '../follow/open-end.ts';
import type { Census } from '../gather/census.ts';
import type { Gathered, GatheredFile } from '../gather/gather.ts';
import { groupSources, type Source } from '../gather/group-sources.ts';
import { buildReport, type FoundFinding, type FoundNode } from '../report/build-report.ts';
import { readProcesses } from '../source/open-source.ts';
import { analyseNodes, type NodeTask } from './analyse-nodes.ts';
import { compareEarlier } from './compare-earlier.ts';
import { compareSources, noteHeldElsewhere } from './compare-sources.ts';
import { countPeriod, type Period, type PeriodCount, reaches, readPeriod } from './count-period.ts';
import { describeFiles, describeNode, sourceOf } from './describe-read.ts';
import { PlaceBook } from './place-book.ts';
import type { EarlierRecord } from './read-earlier.ts';
import {
  listPlaced,
  type Pair,
  tellAnalysis,
  tellPairs,
  tellStreams,
  tellUnreadable,
} from './tell-findings.ts';
import { tellMalformed } from './tell-malformed.ts';
import { readRuleChanges, tellWeakened } from './tell-rules.ts';

export interface ExamineOptions {
  readonly signal: AbortSignal;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly earlier?: EarlierRecord | undefined;
  readonly made: Omit<Report['made'], 'method'>;
  /** Findings of the workspace: files that it held and that are gone. */
  readonly lost?: readonly FoundFinding[] | undefined;
  /** What a spool's retention removed. */
  readonly removed: readonly RemovedFile[];
  /** What is not final yet. */
  readonly end: OpenEnd;
  /** Files that were not hashed again. */
  readonly taken: number;
}

interface AnalysedSource {
  readonly source: Source;
  readonly index: number;
  readonly analyses: readonly NodeAnalysis[];
  /** By node, where a period was asked for. */
  readonly counted: ReadonlyMap<string, PeriodCount> | undefined;
}

/** Makes the report of what was gathered from `paths`. */
export async function examine(
  paths: readonly string[],
  gathered: Gathered,
  options: ExamineOptions,
): Promise<Report> {
  const { files, census } = gathered;
  const { signal, end } = options;
  const pending = census.malformed.filter((line) => end.isPending(line));
  const period = readPeriod(options);
  const isOfPeriod = options.from !== undefined || options.to !== undefined;
  const book = new PlaceBook(files, census, signal);
  const sources = groupSources(census, paths);
  const analysed: AnalysedSource[] = [];
  for (const [index, source] of sources.entries()) {
    throwIfCancelled(signal);
    analysed.push({
      source,
      index,
      analyses: await analyseNodes(await listNodes(source, gathered, { paths, signal }), { signal }),
      counted: isOfPeriod ? countNodes(source, period, census) : undefined,
    });
  }
  await book.learnTimes(listAllPlaced(analysed, census));

  const sourceAt = (ref: number): number => sourceOf(files.get(Math.floor(ref / REF_LINES))!, sources);
  const rules = await readRuleChanges(census, book, sourceAt);
  const findings: FoundFinding[] = [
    ...tellUnreadable(listUnreadable(gathered)),
    ...(await tellMalformed(
      census.malformed.filter((line) => !pending.includes(line)),
      sourceAt,
      book,
    )),
    ...tellWeakened(rules),
  ];
  const streams: ReportStream[] = [];
  const nodes: FoundNode[] = [];
  const streamIds = new Map<string, number>();
  for (const { source, index, analyses: found, counted: counts } of analysed) {
    for (const analysis of found) {
      const all = tellStreams(analysis, index, streamIds, book);
      for (const finding of tellAnalysis(analysis, all, index, book)) findings.push(finding);
      const counted = counts?.get(analysis.node);
      if (counted && !counted.ends) continue;
      const told = all.filter((_, at) => {
        const { firstTsMicros, lastTsMicros } = analysis.streams[at]!;
        return reaches(period, firstTsMicros, lastTsMicros);
      });
      for (const stream of told) streams.push(stream);
      nodes.push(describeNode({ analysis, told, index, source, counted, period, book }));
    }
    for (const finding of await findPairs(found, index, census, book)) findings.push(finding);
  }
  const copies = await compareSources(sources, census.malformed, book, signal);
  const earlier = options.earlier
    ? await compareEarlier(options.earlier, gathered, {
        entriesOf: (file) => entriesOf(file, census),
        removed: options.removed,
        signal,
      })
    : undefined;
  // What two records tell of one file is told once, by the record that was given.
  const compared = new Set(earlier?.findings.map(({ path }) => path));
  const lost = (options.lost ?? []).filter(({ path }) => !compared.has(path));

  const all = [
    ...noteHeldElsewhere(findings, copies),
    ...copies.findings,
    ...lost,
    ...(earlier?.findings ?? []),
  ];
  return buildReport(
    {
      made: options.made,
      requested: {
        ...(options.from === undefined ? {} : { from: options.from }),
        ...(options.to === undefined ? {} : { to: options.to }),
      },
      ...period,
      beginsBefore: sources.some((source) =>
        [...source.nodes.values()].some(({ runs }) => runs.span.firstTs < period.fromMicros),
      ),
      sources: analysed.map(({ source: { names }, counted }) => ({
        paths: [...names],
        ...(counted && {
          filesInPeriod: new Set([...counted.values()].flatMap(({ files }) => [...files])).size,
        }),
      })),
      archives: gathered.archives.map((archive) => ({ ...archive })),
      files: describeFiles(files, sources, census, book, pending),
      nodes,
      streams,
      findings: all.map((finding) => ({
        ...finding,
        ...(end.isProvisional(finding) && { provisional: true }),
      })),
      pending: pending.length,
      takenAsUnchanged: options.taken,
      removed: options.removed,
      skipped: gathered.skipped.map(({ path, bytes, reason }) => {
        const { code, ...values } = reason;
        return { path, bytes, reason: { code, values } };
      }),
      ...(earlier === undefined ? {} : { compared: earlier.compared }),
      ...(rules.changes.length + rules.unread === 0 ? {} : { ruleChanges: rules }),
      copiesCompared: copies.compared > 0,
    },
    createTranslate('en'),
  );
}

/** A source's nodes, with what is known of its files. */
async function listNodes(
  source: Source,
  { files, census, unreadable }: Gathered,
  { paths, signal }: { readonly paths: readonly string[]; readonly signal: AbortSignal },
): Promise<NodeTask[]> {
  const isOurs = ({ file, copyOf }: GatheredFile): boolean =>
    source.roots.includes(file.root) && copyOf === undefined;
  const known = [...files.values()].filter(isOurs);
  const analysedFiles = known.map(({ file, reading }) => {
    const figures = census.files.get(file.index);
    return {
      path: file.path,
      index: file.index,
      nodes: [...(figures?.nodes ?? [])],
      ...(figures && !Number.isNaN(figures.firstTsMicros)
        ? { firstTsMicros: figures.firstTsMicros, lastTsMicros: figures.lastTsMicros }
        : {}),
      ...(file.day === undefined ? {} : { day: file.day }),
      readable: reading.error === undefined || reading.error.code === 'trailing-bytes',
    };
  });
  const closed = unreadable.map(({ path }) => {
    const day = /\d{4}-\d{2}-\d{2}/.exec(path)?.[0];
    return { path, index: -1, ...(day === undefined ? {} : { day }), readable: false };
  });
  const malformed = census.malformed
    .filter(({ ref }) => isOurs(files.get(Math.floor(ref / REF_LINES))!))
    .map(({ ref, reason, beforeTsMicros, afterTsMicros, node, salvaged }) => {
      const near = Number.isNaN(beforeTsMicros) ? afterTsMicros : beforeTsMicros;
      return {
        ref,
        path: files.get(Math.floor(ref / REF_LINES))!.file.path,
        line: ref % REF_LINES,
        reason,
        salvaged: salvaged.length,
        ...(Number.isNaN(near) ? {} : { nearTsMicros: near }),
        ...(node === undefined ? {} : { node }),
      };
    });
  const processes = await readAllProcesses(known, signal);
  const { downTimes, losses } = readReceiverWord(paths[source.roots[0] ?? 0] ?? '');
  // The folder of a spool is named after its sender.
  const sendersOf = (of: string): string[] =>
    source.roots.filter((root) => census.nodes.get(root)?.has(of)).map((root) => basename(paths[root] ?? ''));
  return [...source.nodes].map(([node, { runs }]) => ({
    node,
    entries: runs,
    files: [...analysedFiles, ...closed],
    malformed,
    processes,
    downTimes,
    losses: losses.filter(({ sender }) => sender === undefined || sendersOf(node).includes(sender)),
  }));
}

/** By file: which process wrote each of its lines, where a receiver of syslog kept that. */
async function readAllProcesses(
  files: readonly GatheredFile[],
  signal: AbortSignal,
): Promise<Map<number, Uint32Array>> {
  const found = new Map<number, Uint32Array>();
  for (const { file } of files) {
    throwIfCancelled(signal);
    if (file.compression !== 'spool' || file.location.members.length > 0) continue;
    const processes = await readProcesses(file.location.file, signal).catch(() => {
      throwIfCancelled(signal);
      // What cannot be read any more is told by whoever read it.
      return undefined;
    });
    if (processes) found.set(file.index, processes);
  }
  return found;
}

function countNodes({ nodes }: Source, period: Period, census: Census): Map<string, PeriodCount> {
  const broken = new Set(census.malformed.map(({ ref }) => ref));
  return new Map([...nodes].map(([node, { runs }]) => [node, countPeriod(runs, period, broken)]));
}

function* listAllPlaced(
  sources: readonly AnalysedSource[],
  census: Census,
): Iterable<{ ref: number; tsMicros: number }> {
  for (const { analyses, counted } of sources) {
    for (const analysis of analyses) yield* listPlaced(analysis);
    for (const { ends } of counted?.values() ?? []) if (ends) yield* [ends.first, ends.last];
  }
  for (const figures of census.files.values()) {
    yield { ref: figures.firstRef, tsMicros: figures.firstTsMicros };
    yield { ref: figures.lastRef, tsMicros: figures.lastTsMicros };
  }
}

/** Lines with the same node, ts and seq in one source. What was salvaged from a broken line is no second entry. */
async function findPairs(
  analyses: readonly NodeAnalysis[],
  source: number,
  census: Census,
  book: PlaceBook,
): Promise<FoundFinding[]> {
  const broken = new Set(census.malformed.map(({ ref }) => ref));
  const pairs = analyses.flatMap(({ node, same }) =>
    same
      .filter(({ ref, otherRef }) => !broken.has(ref) && !broken.has(otherRef))
      .map((pair): Pair => ({ node, source, ...pair })),
  );
  return tellPairs(pairs, await book.describeDifferent(pairs), book);
}

function listUnreadable({ files, unreadable }: Gathered): Parameters<typeof tellUnreadable>[0] {
  const damaged = [...files.values()].flatMap(({ file, reading }) => {
    if (!reading.error) return [];
    const { code, detail, atContentByte } = reading.error;
    return [{ path: file.path, code, detail, atContentByte }];
  });
  return [...unreadable, ...damaged];
}

function entriesOf({ file }: GatheredFile, census: Census): number {
  return census.files.get(file.index)?.entries ?? 0;
}
