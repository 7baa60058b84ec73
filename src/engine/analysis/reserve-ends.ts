/**
 * Betters a linking. Linking seq by seq first can be wrong in hindsight: where a loss leaves an end open, an entry hours
 * later, whose own predecessor is lost too, may take that end for nothing, and then the entry after the first loss
 * finds none. Taking the end back for it, at the cost of the seqs between, is better if less is missing then in total.
 *
 * It is a search for augmenting paths in the matching of starts with ends: start <- end that another has; that other <-
 * a further end ... up to an end that nothing continues and whose seq is greater than that of the end given up (nothing,
 * for a start that had none). The other may be a start, or an entry inside a run whose link is broken for it.
 */
import type { EntryVisitor, Linked } from './link-runs.ts';
import type { Pairing } from './pair-starts.ts';

/** Of the ends open at a start, so many are looked at, greatest seq first. */
const CANDIDATES = 24;

/** Bounds the work on a log of noise: starts times runs. */
const WORK_LIMIT = 20_000_000;

/** A path has at most this many starts. */
const DEPTH = 6;

/** Is an end inside a run that a start could take, and the time of the entry that has it now. */
interface Link {
  readonly run: number;
  readonly seq: number;
  nextTs: number;
}

/** Watches a repetition of a pass, and then tells which ends to reserve for which starts. */
export interface EndWatch {
  readonly visit: EntryVisitor;
  /** Returns by the ref of a start's first entry the seq of the end that it shall take. */
  chooseEnds(toleranceMicros: number): Map<number, number>;
}

/** Prepares the watch; undefined if no start could be bettered. */
export function watchEnds({ runs }: Linked, pairing: Pairing): EndWatch | undefined {
  const endOf = new Map(pairing.pairs.map((pair) => [pair.start, pair.end]));
  const byRef = new Map<number, number>();
  let isWorthwhile = false;
  for (let run = 0; run < runs.count; run += 1) {
    const isLone = isLoneFork(runs, pairing, run);
    const end = endOf.get(run);
    if (end === undefined && pairing.starts[run] !== 'unexplained' && !isLone) continue;
    byRef.set(runs.firstRef[run]!, run);
    if (end === undefined || end < 0 || runs.firstSeq[run]! - runs.lastSeq[end]! > 2) isWorthwhile = true;
  }
  if (!isWorthwhile || byRef.size * runs.count > WORK_LIMIT) return undefined;

  const currentSeq = new Float64Array(runs.count);
  let seen = 0;
  const watchers = new Map<number, Link[]>();
  const links = new Map<number, Link[]>();
  const visit: EntryVisitor = (run, seq, tsMicros, ref) => {
    const watching = watchers.size > 0 ? watchers.get(run) : undefined;
    if (watching !== undefined) {
      for (const link of watching) link.nextTs = tsMicros;
      watchers.delete(run);
    }
    currentSeq[run] = seq;
    if (run >= seen) seen = run + 1;
    const start = byRef.get(ref);
    if (start === undefined) return;
    const found: Link[] = [];
    for (let other = 0; other < seen; other += 1) {
      const at = currentSeq[other]!;
      if (at >= seq - 1 || at >= runs.lastSeq[other]! || at === 0) continue;
      if (pairing.boots[other] === pairing.boots[start]) found.push({ run: other, seq: at, nextTs: 0 });
    }
    found.sort((a, b) => b.seq - a.seq);
    found.length = Math.min(found.length, CANDIDATES);
    for (const link of found) {
      const list = watchers.get(link.run);
      if (list === undefined) watchers.set(link.run, [link]);
      else list.push(link);
    }
    links.set(start, found);
  };
  return { visit, chooseEnds: (toleranceMicros) => chooseEnds(runs, pairing, endOf, links, toleranceMicros) };
}

/** Is a start on a path: a run's first entry, or the entry after a link that is broken. */
interface Step {
  readonly seq: number;
  readonly tsMicros: number;
  /** The run that it begins; -1 for an entry inside a run. */
  readonly start: number;
  /** The step that takes this one's end, and whether that end was inside a run. */
  readonly from: Step | undefined;
  readonly link: Link | undefined;
}

function chooseEnds(
  runs: Linked['runs'],
  pairing: Pairing,
  endOf: ReadonlyMap<number, number>,
  links: ReadonlyMap<number, readonly Link[]>,
  toleranceMicros: number,
): Map<number, number> {
  const reserved = new Map<number, number>();
  const spare = pairing.freeEnds.toSorted((a, b) => runs.lastSeq[b]! - runs.lastSeq[a]!);
  const usedEnds = new Set<number>();
  const usedStarts = new Set<number>();
  const brokenLinks = new Set<string>();
  const seqOfEnd = (start: number): number => {
    const end = endOf.get(start) ?? -1;
    return end >= 0 ? runs.lastSeq[end]! : 0;
  };
  const matched = pairing.pairs.filter((pair) => pair.end >= 0);

  // The dearest first: what helps them most is not spent on others.
  const starts = [...links.keys()].sort(
    (a, b) => runs.firstSeq[b]! - seqOfEnd(b) - (runs.firstSeq[a]! - seqOfEnd(a)),
  );
  let work = 0;
  for (const root of starts) {
    if (usedStarts.has(root) || work > WORK_LIMIT) continue;
    const boot = pairing.boots[root]!;
    let best: { step: Step; end: number } | undefined;
    let level: Step[] = [
      {
        seq: runs.firstSeq[root]!,
        tsMicros: runs.firstTs[root]!,
        start: root,
        from: undefined,
        link: undefined,
      },
    ];
    const reached = new Set<number>([root]);
    const crossed = new Set<string>();
    for (let depth = 0; depth < DEPTH && level.length > 0; depth += 1) {
      const next: Step[] = [];
      for (const step of level) {
        const until = step.tsMicros + toleranceMicros;
        work += spare.length + matched.length;
        const end = spare.find(
          (run) =>
            runs.lastSeq[run]! < step.seq &&
            runs.lastTs[run]! <= until &&
            pairing.boots[run] === boot &&
            !usedEnds.has(run),
        );
        const least = best === undefined ? seqOfEnd(root) : runs.lastSeq[best.end]!;
        if (end !== undefined && runs.lastSeq[end]! > least) best = { step, end };
        for (const link of step.start >= 0 ? (links.get(step.start) ?? []) : []) {
          const key = `${link.run}:${link.seq}`;
          if (link.nextTs === 0 || crossed.has(key) || brokenLinks.has(key)) continue;
          crossed.add(key);
          next.push({ seq: link.seq + 1, tsMicros: link.nextTs, start: -1, from: step, link });
        }
        for (const pair of matched) {
          if (reached.has(pair.start) || usedStarts.has(pair.start)) continue;
          if (runs.lastSeq[pair.end]! >= step.seq || runs.lastTs[pair.end]! > until) continue;
          if (pairing.boots[pair.start] !== boot) continue;
          reached.add(pair.start);
          const { start } = pair;
          next.push({
            seq: runs.firstSeq[start]!,
            tsMicros: runs.firstTs[start]!,
            start,
            from: step,
            link: undefined,
          });
        }
      }
      level = next;
    }
    if (best === undefined) continue;
    usedEnds.add(best.end);
    for (let step: Step | undefined = best.step; step !== undefined; step = step.from) {
      if (step.start >= 0) usedStarts.add(step.start);
      if (step.link === undefined) continue;
      brokenLinks.add(`${step.link.run}:${step.link.seq}`);
      reserved.set(runs.firstRef[step.from!.start]!, step.link.seq);
    }
  }
  return reserved;
}

/** Tells whether a start counts as a fork only because another process once stood below it. */
function isLoneFork(runs: Linked['runs'], pairing: Pairing, run: number): boolean {
  return (
    pairing.starts[run] === 'fork-base' && !pairing.forkLevels[pairing.boots[run]!]!.has(runs.firstSeq[run]!)
  );
}

/** Sums up what a pairing costs: seqs claimed missing, and all below a start that nothing explains. */
export function costPairing({ runs }: Linked, pairing: Pairing): number {
  let cost = 0;
  for (const pair of pairing.pairs) cost += runs.firstSeq[pair.start]! - (pair.end < 0 ? 1 : pair.firstSeq);
  for (let run = 0; run < runs.count; run += 1) {
    if (pairing.starts[run] === 'unexplained' || isLoneFork(runs, pairing, run))
      cost += runs.firstSeq[run]! - 1;
  }
  return cost;
}
