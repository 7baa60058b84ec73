/** Copies of the same log compared with each other: what one holds and another lacks, and where they disagree. */
import { compareCopies, type Lacking } from './analysis/compare-copies.ts';
import { throwIfCancelled } from './base/failure.ts';
import type { Source } from './group-sources.ts';
import type { PlaceBook } from './place-book.ts';
import type { FoundFinding } from './report/build-report.ts';
import { type Pair, tellPairs } from './tell-findings.ts';

/** Pairs of lines compared at once: what is held of them stays small however long the copies are. */
const PAIRS_AT_ONCE = 200_000;

/** Compares every two sources, node by node. */
export async function compareSources(
  sources: readonly Source[],
  book: PlaceBook,
  signal: AbortSignal,
): Promise<{ readonly compared: number; readonly findings: readonly FoundFinding[] }> {
  const findings: FoundFinding[] = [];
  let compared = 0;
  for (const [index, source] of sources.entries()) {
    for (const other of sources.slice(index + 1)) {
      for (const [node, { runs }] of source.nodes) {
        const same = other.nodes.get(node);
        if (!same) continue;
        throwIfCancelled(signal);
        compared++;
        const pairs: Pair[] = [];
        const { onlyInA, onlyInB } = compareCopies(runs, same.runs, (ref, otherRef, seq, tsMicros) => {
          pairs.push({ node, ref, otherRef, seq, tsMicros });
        });
        for (let at = 0; at < pairs.length; at += PAIRS_AT_ONCE) {
          const part = pairs.slice(at, at + PAIRS_AT_ONCE);
          const different = await book.findDifferent(part);
          findings.push(...tellPairs([...different], different, book));
        }
        findings.push(...onlyInA.map((lacking) => tellLacking(lacking, node, book)));
        findings.push(...onlyInB.map((lacking) => tellLacking(lacking, node, book)));
      }
    }
  }
  return { compared, findings };
}

function tellLacking(lacking: Lacking, node: string, book: PlaceBook): FoundFinding {
  const first = { ref: lacking.firstRef, seq: lacking.firstSeq, tsMicros: lacking.fromMicros };
  const last = { ref: lacking.lastRef, seq: lacking.lastSeq, tsMicros: lacking.toMicros };
  return {
    kind: 'missing-in-copy',
    node,
    firstSeq: lacking.firstSeq,
    lastSeq: lacking.lastSeq,
    count: lacking.count,
    fromTs: book.tsOf(first),
    toTs: book.tsOf(last),
    before: [book.placeOf(first)],
    after: [book.placeOf(last)],
    cause: { code: 'not-delivered', values: {} },
    evidence: [
      { code: 'held-by', values: { source: book.pathOf(lacking.firstRef) } },
      ...(lacking.isTail ? [{ code: 'ran-further', values: {} }] : []),
    ],
    confidence: 'medium',
    fromMicros: lacking.fromMicros,
    toMicros: lacking.toMicros,
  };
}
