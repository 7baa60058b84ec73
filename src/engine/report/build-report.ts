/**
 * Puts a report together: what was read and found, as plain facts with codes, becomes `unbroken.report/1` with its
 * verdict, totals, coverage, sentences and ids.
 *
 * Guaranteed: the same facts give the same bytes outside `made`. The verdict claims what was checked and no more;
 * what could not be seen is told with it.
 */
import type { Translate } from '../../catalogue/translate.ts';
import type { Finding, Statement } from '../../contract/finding.ts';
import type { Report, ReportFile, ReportSource, ReportStream, Verdict } from '../../contract/report.ts';
import type { RemovedFile } from '../../contract/spool.ts';
import { makeContentId } from '../base/content-id.ts';
import { makeStatement, type StatementGroup } from './make-statement.ts';
import { tellLimits } from './tell-limits.ts';
import { tellVerdict } from './tell-verdict.ts';

/** A sentence before it has its text. */
export type Said = Omit<Statement, 'text'>;

/** A finding before it has its id and its sentences; times in microseconds decide whether it lies in the period. */
export interface FoundFinding extends Omit<Finding, 'id' | 'cause' | 'evidence' | 'wouldTell'> {
  readonly cause?: Said | undefined;
  readonly evidence: readonly Said[];
  readonly wouldTell?: readonly Said[] | undefined;
  readonly fromMicros?: number | undefined;
  readonly toMicros?: number | undefined;
}

/** One node's part of the period: of its streams those that reach into it. */
export interface FoundNode {
  readonly node: string;
  /** Index of its source. */
  readonly source: number;
  /** Whole ones. */
  readonly entries: number;
  readonly salvaged: number;
  readonly streams: number;
  readonly missing: number;
  readonly firstTs: string;
  readonly lastTs: string;
  readonly inferred?: { readonly streams: number; readonly missing: number };
  /** Whole entries by UTC day, `YYYY-MM-DD`. */
  readonly days: ReadonlyMap<string, number>;
}

export interface ReportFacts {
  readonly made: Omit<Report['made'], 'method'>;
  readonly case?: Report['case'];
  readonly requested: Report['requested'];
  /** The period in microseconds, from inclusive, to exclusive; infinite where open. */
  readonly fromMicros: number;
  readonly toMicros: number;
  /** Whether the log begins before the period. */
  readonly beginsBefore: boolean;
  /** With the number of files that hold entries of the period, where one was asked for. */
  readonly sources: readonly { readonly paths: string[]; readonly filesInPeriod?: number }[];
  readonly archives: Report['archives'];
  readonly files: readonly ReportFile[];
  readonly nodes: readonly FoundNode[];
  readonly streams: readonly ReportStream[];
  readonly findings: readonly FoundFinding[];
  readonly skipped: readonly { readonly path: string; readonly bytes: number; readonly reason: Said }[];
  readonly compared?: Report['compared'];
  readonly ruleChanges?: Report['ruleChanges'];
  /** Last lines that may still be written; not among what is malformed. */
  readonly pending: number;
  /** Files that were not hashed again, since they look as they did. */
  readonly takenAsUnchanged: number;
  /** What a receiver's retention removed. */
  readonly removed: readonly RemovedFile[];
  /** Whether several sources were compared with each other. */
  readonly copiesCompared: boolean;
}

/** Builds the report. */
export function buildReport(facts: ReportFacts, translate: Translate): Report {
  const findings = tellFindings(facts, translate);
  const certain = findings.filter(({ provisional }) => !provisional);
  const open = { pending: facts.pending, provisional: findings.length - certain.length };
  const sources = facts.sources.map((_, index) => totalSource(index, facts, certain));
  const totals = totalReport(sources, facts, certain);
  const coverage = coverDays(facts, certain);
  const found = describeFound(facts, coverage, totals);
  const verdict = judge(facts, certain);
  const say = (group: StatementGroup, said: Said): Statement => makeStatement(group, said, translate);
  return {
    format: 'unbroken.report/1',
    made: { ...facts.made, method: listMethod(facts).map((code) => say('method', { code, values: {} })) },
    ...(facts.case === undefined ? {} : { case: facts.case }),
    verdict,
    statement: say(
      'verdict',
      tellVerdict(verdict, { totals, sources, found, findings: certain, open, files: facts.files.length }),
    ),
    requested: facts.requested,
    found,
    totals,
    sources,
    archives: [...facts.archives],
    files: [...facts.files],
    nodes: facts.nodes.map(({ days: _, salvaged: __, ...node }) => node),
    coverage,
    streams: [...facts.streams],
    findings,
    ...(facts.ruleChanges === undefined ? {} : { ruleChanges: facts.ruleChanges }),
    skipped: facts.skipped.map(({ reason, ...file }) => ({ ...file, reason: say('skipped', reason) })),
    ...(facts.removed.length === 0
      ? {}
      : { removed: facts.removed.map(({ file: path, ...removed }) => ({ path, ...removed })) }),
    ...(open.pending + open.provisional === 0 ? {} : { open }),
    notVisible: tellLimits(facts, { found, findings, open }).map((said) => say('notVisible', said)),
    ...(facts.compared === undefined ? {} : { compared: facts.compared }),
  };
}

/** Kinds that decide; the others inform and change nothing. */
function judge(facts: ReportFacts, findings: readonly Finding[]): Verdict {
  const has = (...kinds: Finding['kind'][]): boolean => findings.some(({ kind }) => kinds.includes(kind));
  // Where everything is gone there is no entry left, and an earlier record still contradicts.
  if (has('conflict', 'rewritten')) return 'contradicted';
  if (facts.nodes.every(({ entries, salvaged }) => entries + salvaged === 0)) return 'none';
  return has('malformed', 'unreadable', 'gap', 'missing-in-copy') ? 'incomplete' : 'intact';
}

function tellFindings(facts: ReportFacts, translate: Translate): Finding[] {
  const say = (group: StatementGroup, said: Said): Statement => makeStatement(group, said, translate);
  const ids = new Map<string, number>();
  return facts.findings
    .filter(({ fromMicros, toMicros = fromMicros }) => {
      // What bears no time may lie in any period.
      if (fromMicros === undefined || Number.isNaN(fromMicros)) return true;
      return fromMicros < facts.toMicros && (toMicros ?? fromMicros) >= facts.fromMicros;
    })
    .map(({ fromMicros: _, toMicros: __, cause, evidence, wouldTell, ...finding }) => {
      const { kind, node, firstSeq, lastSeq, fromTs, toTs, path, line, before, after } = finding;
      const id = makeContentId(kind, [
        ...[node, firstSeq, lastSeq, fromTs, toTs, path, line],
        ...[before?.[0], after?.[0]].flatMap((place) => [place?.path, place?.line]),
      ]);
      const earlier = ids.get(id) ?? 0;
      ids.set(id, earlier + 1);
      return {
        id: earlier === 0 ? id : `${id}-${earlier + 1}`,
        ...finding,
        ...(cause === undefined ? {} : { cause: say('cause', cause) }),
        evidence: evidence.map((said) => say('evidence', said)),
        ...(wouldTell === undefined ? {} : { wouldTell: wouldTell.map((said) => say('wouldTell', said)) }),
      };
    });
}

/** The figures of one source, copies of its own files set aside. */
function totalSource(source: number, facts: ReportFacts, findings: readonly Finding[]): ReportSource {
  const { paths = [], filesInPeriod } = facts.sources[source] ?? {};
  const nodes = facts.nodes.filter((node) => node.source === source);
  return {
    paths,
    ...(filesInPeriod === undefined
      ? totalFiles(source, facts.files)
      : totalPeriod(nodes, filesInPeriod, countOf('malformed', findings, source))),
    nodes: nodes.length,
    streams: facts.streams.filter((stream) => stream.source === source).length,
    missing: countOf('gap', findings, source),
    duplicates: countOf('duplicate', findings, source),
  };
}

type FileTotals = Pick<ReportSource, 'files' | 'lines' | 'entries' | 'malformed' | 'salvaged'>;

function totalFiles(source: number, all: readonly ReportFile[]): FileTotals {
  const files = all.filter((file) => file.source === source);
  const read = files.filter(({ copyOf }) => copyOf === undefined);
  const sum = (count: (file: ReportFile) => number): number =>
    read.reduce((total, file) => total + count(file), 0);
  return {
    files: files.length,
    lines: sum(({ lines }) => lines),
    entries: sum(({ entries }) => entries),
    malformed: sum(({ malformed }) => malformed),
    salvaged: sum(({ salvaged }) => salvaged),
  };
}

/** Of a period, lines are those of its entries and malformed ones: no other has a time. */
function totalPeriod(nodes: readonly FoundNode[], files: number, malformed: number): FileTotals {
  const entries = nodes.reduce((sum, node) => sum + node.entries, 0);
  const salvaged = nodes.reduce((sum, node) => sum + node.salvaged, 0);
  return { files, lines: entries + malformed, entries, malformed, salvaged };
}

/** The fullest source's figures: adding copies up would count each entry once for each copy. */
function totalReport(
  sources: readonly ReportSource[],
  facts: ReportFacts,
  findings: readonly Finding[],
): Report['totals'] {
  const [fullest] = [...sources.keys()].sort(
    (a, b) => sources[b]!.entries - sources[a]!.entries || sources[a]!.missing - sources[b]!.missing || a - b,
  );
  const { paths: _, ...figures } = sources[fullest ?? 0] ?? totalSource(0, facts, findings);
  return {
    ...(sources.length > 1 ? { source: fullest } : {}),
    ...figures,
    conflicts: countOf('conflict', findings),
  };
}

function countOf(kind: Finding['kind'], findings: readonly Finding[], source?: number): number {
  return findings
    .filter((finding) => finding.kind === kind && (source === undefined || finding.source === source))
    .reduce((total, { count = 1 }) => total + count, 0);
}

/** Entries per source, node and day; what is missing is counted on the day its gap begins, or the period's first. */
function coverDays(facts: ReportFacts, findings: readonly Finding[]): Report['coverage'] {
  const days = new Map<string, Report['coverage'][number]>();
  const cell = (source: number, node: string, day: string): Report['coverage'][number] => {
    const key = JSON.stringify([source, node, day]);
    const known = days.get(key);
    if (known) return known;
    const made = { node, source, day, entries: 0, missing: 0 };
    days.set(key, made);
    return made;
  };
  for (const { node, source, days: counts } of facts.nodes) {
    for (const [day, count] of counts) cell(source, node, day).entries += count;
  }
  const firstDay = facts.requested.from === undefined ? '' : utcDay(facts.requested.from);
  for (const { kind, node, source = 0, fromTs, count } of findings) {
    if (kind !== 'gap' || node === undefined || fromTs === undefined) continue;
    const day = utcDay(fromTs);
    cell(source, node, day < firstDay ? firstDay : day).missing += count ?? 0;
  }
  return [...days.values()].sort(
    (a, b) => a.source - b.source || compare(a.node, b.node) || compare(a.day, b.day),
  );
}

/** `ts` as written may bear any offset; the day is UTC's. */
function utcDay(ts: string): string {
  const time = new Date(ts.replace(' ', 'T'));
  return Number.isNaN(time.getTime()) ? ts.slice(0, 10) : time.toISOString().slice(0, 10);
}

function describeFound(
  facts: ReportFacts,
  coverage: Report['coverage'],
  totals: Report['totals'],
): Report['found'] {
  const isOfPeriod = facts.requested.from !== undefined || facts.requested.to !== undefined;
  const all = totalFiles(totals.source ?? 0, facts.files);
  const times = facts.nodes.map(({ firstTs, lastTs }) => ({ firstTs, lastTs }));
  const at = (ts: string): number => new Date(ts.replace(' ', 'T')).getTime();
  const first = times.reduce<string | undefined>(
    (a, { firstTs: b }) => (a === undefined || at(b) < at(a) ? b : a),
    undefined,
  );
  const last = times.reduce<string | undefined>(
    (a, { lastTs: b }) => (a === undefined || at(b) > at(a) ? b : a),
    undefined,
  );
  return {
    ...(first === undefined ? {} : { firstTs: first }),
    ...(last === undefined ? {} : { lastTs: last }),
    days: new Set(coverage.filter(({ entries }) => entries > 0).map(({ day }) => day)).size,
    nodes: new Set(facts.nodes.map(({ node }) => node)).size,
    files: facts.sources.reduce(
      (sum, { filesInPeriod = 0 }) => sum + filesInPeriod,
      isOfPeriod ? 0 : facts.files.length,
    ),
    ...(isOfPeriod && { outside: all.entries - totals.entries }),
  };
}

function listMethod(facts: ReportFacts): string[] {
  return [
    ...['hashing', 'reading', 'salvaging', 'streams', 'starts', 'lower-bound', 'quiet-periods'],
    ...(facts.nodes.some(({ inferred }) => inferred) ? ['processes'] : []),
    ...(facts.copiesCompared ? ['copies'] : []),
    ...(facts.compared === undefined ? [] : ['comparing']),
    ...['causes', 'times'],
  ];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
