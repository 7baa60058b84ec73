/**
 * Copies of the same log compared with each other, node by node: what one holds and another lacks, and where they
 * disagree. Every loss is told once for each source that lacks it, however many others hold it; every entry that reads
 * differently is told once.
 */
import { compareCopies, type Lacking } from '../analysis/compare-copies.ts';
import { throwIfCancelled } from '../base/failure.ts';
import { SortedRuns } from '../base/sorted-runs.ts';
import { REF_LINES } from '../batch.ts';
import type { MalformedLine } from '../gather/census.ts';
import type { Source } from '../gather/group-sources.ts';
import type { FoundFinding, Said } from '../report/build-report.ts';
import { PairList } from './compare-lines.ts';
import type { PlaceBook } from './place-book.ts';
import { type Pair, tellConflict } from './tell-findings.ts';

export interface SourceComparison {
  /** Nodes that more than one source holds. */
  readonly compared: number;
  readonly findings: readonly FoundFinding[];
}

/** Compares all sources with each other. Entries recovered from `malformed` lines are present, and have no content to compare. */
export async function compareSources(
  sources: readonly Source[],
  malformed: readonly MalformedLine[],
  book: PlaceBook,
  signal: AbortSignal,
): Promise<SourceComparison> {
  const broken = new Set(malformed.map(({ ref }) => ref));
  const names: Names = { sources, sourceOf: indexFiles(sources, book), book };
  const nodes = [...new Set(sources.flatMap((source) => [...source.nodes.keys()]))].sort();
  const conflicts = await findConflicts(sources, nodes, broken, book, signal);
  const findings: FoundFinding[] = [];
  let compared = 0;
  for (const node of nodes) {
    throwIfCancelled(signal);
    const holders = listHolders(sources, node);
    if (holders.length > 1) compared++;
    for (const lacking of findLacking(node, holders, names)) findings.push(lacking);
    for (const conflict of conflicts.get(node)?.values() ?? []) findings.push(conflict);
  }
  return { compared, findings };
}

function listHolders(sources: readonly Source[], node: string): number[] {
  return [...sources.keys()].filter((index) => sources[index]!.nodes.has(node));
}

/** What each source lacks of a node; where it has nothing of it, all from its own first entry on. */
function findLacking(node: string, holders: readonly number[], names: Names): FoundFinding[] {
  const { sources } = names;
  const runsOf = (index: number): SortedRuns => sources[index]!.nodes.get(node)!.runs;
  const findings: FoundFinding[] = [];
  for (const [index, source] of sources.entries()) {
    const others = holders.filter((other) => other !== index);
    if (others.length === 0 || source.nodes.size === 0) continue;
    const held = SortedRuns.merge(others.map(runsOf));
    if (holders.includes(index)) {
      const { onlyInB } = compareCopies(runsOf(index), held, () => undefined);
      for (const lacking of onlyInB) findings.push(tellLacking(lacking, node, index, [], names));
      continue;
    }
    const lacking = gatherSince(held, firstTsOf(source));
    const isAbsent = [{ code: 'node-absent', values: {} }];
    if (lacking) findings.push(tellLacking(lacking, node, index, isAbsent, names));
  }
  return findings;
}

/** By node, the entries that read differently, each once: pairs of all sources are compared file by file. */
async function findConflicts(
  sources: readonly Source[],
  nodes: readonly string[],
  broken: ReadonlySet<number>,
  book: PlaceBook,
  signal: AbortSignal,
): Promise<Map<string, Map<string, FoundFinding>>> {
  const conflicts = new Map(nodes.map((node) => [node, new Map<string, FoundFinding>()]));
  for (const [index, source] of sources.entries()) {
    for (const other of sources.slice(index + 1)) {
      const pairs = new PairList();
      const ends: number[] = [];
      for (const node of nodes) {
        throwIfCancelled(signal);
        const [ours, theirs] = [source.nodes.get(node)?.runs, other.nodes.get(node)?.runs];
        if (ours && theirs) {
          compareCopies(ours, theirs, (ref, otherRef, seq, tsMicros) => {
            if (!broken.has(ref) && !broken.has(otherRef)) pairs.add(ref, otherRef, seq, tsMicros);
          });
        }
        ends.push(pairs.count);
      }
      let node = 0;
      const different = (await book.findDifferent(pairs)).map((at): Pair => {
        while (at >= ends[node]!) node++;
        const [ref, otherRef, seq, tsMicros] = [pairs.refs, pairs.otherRefs, pairs.seqs, pairs.times].map(
          (column) => column[at]!,
        ) as [number, number, number, number];
        return { node: nodes[node]!, ref, otherRef, seq, tsMicros };
      });
      for (const [pair, evidence] of await book.describe(different)) {
        addConflict(pair, evidence, conflicts.get(pair.node)!, book);
      }
    }
  }
  return conflicts;
}

/** Adds to each gap what its source's copies hold of that time: it is missing there, and not everywhere. */
export function noteHeldElsewhere(
  findings: readonly FoundFinding[],
  copies: SourceComparison,
): FoundFinding[] {
  const lacking = Map.groupBy(
    copies.findings.filter(({ kind }) => kind === 'missing-in-copy'),
    ({ source, node }) => `${source} ${node}`,
  );
  return findings.map((finding) => {
    const { kind, source, node, firstSeq = 0, lastSeq = 0, fromMicros = 0, toMicros = 0 } = finding;
    if (kind !== 'gap') return finding;
    const held = lacking
      .get(`${source} ${node}`)
      ?.find(
        (other) =>
          other.firstSeq! <= lastSeq &&
          other.lastSeq! >= firstSeq &&
          other.fromMicros! <= toMicros &&
          other.toMicros! >= fromMicros,
      );
    const holder = held?.evidence[0]?.values['holder'];
    if (holder === undefined) return finding;
    return { ...finding, evidence: [...finding.evidence, { code: 'held-elsewhere', values: { holder } }] };
  });
}

/** An entry is told in its first source, and in each of the others that disagree with that. */
function addConflict(
  pair: Pair,
  evidence: readonly Said[],
  conflicts: Map<string, FoundFinding>,
  book: PlaceBook,
): void {
  const key = `${pair.tsMicros} ${pair.seq}`;
  const found = tellConflict(pair, evidence, book);
  const known = conflicts.get(key);
  if (!known) conflicts.set(key, found);
  else if (known.before?.[0]?.path === found.before?.[0]?.path) {
    conflicts.set(key, { ...known, after: [...(known.after ?? []), ...(found.after ?? [])] });
  }
}

interface Names {
  readonly sources: readonly Source[];
  readonly sourceOf: (ref: number) => number;
  readonly book: PlaceBook;
}

function tellLacking(
  lacking: Lacking,
  node: string,
  source: number,
  more: readonly Said[],
  { sources, sourceOf, book }: Names,
): FoundFinding {
  // The least and the greatest seq need not be those of the first and the last line.
  const first = { ref: lacking.firstRef, tsMicros: lacking.fromMicros };
  const last = { ref: lacking.lastRef, tsMicros: lacking.toMicros };
  const name = (index: number): string => sources[index]!.names.join(', ');
  const values = { source: name(source), holder: name(sourceOf(lacking.firstRef)) };
  return {
    kind: 'missing-in-copy',
    node,
    source,
    firstSeq: lacking.firstSeq,
    lastSeq: lacking.lastSeq,
    count: lacking.count,
    fromTs: book.tsOf(first),
    toTs: book.tsOf(last),
    before: [book.placeOf(first)],
    after: [book.placeOf(last)],
    cause: { code: 'not-delivered', values: {} },
    evidence: [
      { code: 'held-by', values: { ...values, count: lacking.count } },
      ...(lacking.isTail ? [{ code: 'ran-further', values }] : []),
      ...more.map((said) => ({ ...said, values })),
    ],
    confidence: 'medium',
    fromMicros: lacking.fromMicros,
    toMicros: lacking.toMicros,
  };
}

/** All entries of a node from a time on, as one stretch: what a source lacks that has nothing of the node. */
function gatherSince(runs: SortedRuns, fromMicros: number): Lacking | undefined {
  const since = { first: 0, last: 0, fromMicros: Number.NaN, toMicros: Number.NaN, count: 0 };
  let [firstSeq, lastSeq, previous] = [Number.POSITIVE_INFINITY, 0, Number.NaN];
  for (const { count, tsMicros, seq, ref } of runs.chunks()) {
    for (let i = 0; i < count; i++) {
      const ts = tsMicros[i]!;
      if (ts < fromMicros || (since.toMicros === ts && previous === seq[i]!)) continue;
      if (since.count === 0) Object.assign(since, { first: ref[i]!, fromMicros: ts });
      Object.assign(since, { last: ref[i]!, toMicros: ts, count: since.count + 1 });
      previous = seq[i]!;
      firstSeq = Math.min(firstSeq, previous);
      lastSeq = Math.max(lastSeq, previous);
    }
  }
  const { first: firstRef, last: lastRef, fromMicros: from, toMicros, count } = since;
  if (count === 0) return undefined;
  return { firstRef, lastRef, firstSeq, lastSeq, fromMicros: from, toMicros, count, isTail: false };
}

function firstTsOf({ nodes }: Source): number {
  return [...nodes.values()].reduce(
    (first, { runs }) => Math.min(first, runs.span.firstTs),
    Number.POSITIVE_INFINITY,
  );
}

function indexFiles(sources: readonly Source[], book: PlaceBook): (ref: number) => number {
  return (ref) => sources.findIndex(({ roots }) => roots.includes(book.rootOf(Math.floor(ref / REF_LINES))));
}
