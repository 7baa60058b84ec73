/** Compares reported gaps with what was removed: the three figures that the claims are held to. */
import type { Gap } from '../../src/engine/analysis/node-analysis.ts';
import type { Removed } from './tamper-log.ts';

/** Is counts that add up over many logs. */
export interface Score {
  /** Removed entries of which a later one of their process is left. */
  due: number;
  /** Of these, inside a reported gap by seq alone, and by seq and time. */
  foundBySeq: number;
  found: number;
  /** Seqs reported missing, and those of them for which nothing was removed. */
  claimed: number;
  falseClaims: number;
  /** Widths of the reported gaps, and of the true ones, in microseconds. */
  widths: number[];
  trueWidths: number[];
}

/** Creates an empty score. */
export function createScore(): Score {
  return { due: 0, foundBySeq: 0, found: 0, claimed: 0, falseClaims: 0, widths: [], trueWidths: [] };
}

/** Adds one node's gaps to a score; returns the removed entries that were due and not found. */
export function addScore(score: Score, gaps: readonly Gap[], missing: readonly Removed[]): Removed[] {
  const missed: Removed[] = [];
  const seen = new Set<string>();
  for (const entry of missing) {
    if (!entry.after) continue;
    score.due += 1;
    const bySeq = gaps.filter((gap) => entry.seq >= gap.firstSeq && entry.seq <= gap.lastSeq);
    if (bySeq.length > 0) score.foundBySeq += 1;
    if (bySeq.some((gap) => entry.tsMicros >= gap.fromMicros && entry.tsMicros <= gap.toMicros))
      score.found += 1;
    else missed.push(entry);
    if (entry.beforeMicros === undefined || entry.afterMicros === undefined) continue;
    const range = `${entry.proc}:${entry.beforeMicros}:${entry.afterMicros}`;
    if (seen.has(range)) continue;
    seen.add(range);
    score.trueWidths.push(entry.afterMicros - entry.beforeMicros);
  }
  // One to one: the claim whose interval ends first takes the earliest removed entry that fits.
  const claims: { seq: number; from: number; to: number }[] = [];
  for (const gap of gaps) {
    score.widths.push(gap.toMicros - gap.fromMicros);
    for (let seq = gap.firstSeq; seq <= gap.lastSeq; seq += 1) {
      claims.push({ seq, from: gap.fromMicros, to: gap.toMicros });
    }
  }
  claims.sort((a, b) => a.to - b.to);
  const bySeq = new Map<number, Removed[]>();
  for (const entry of missing.toSorted((a, b) => a.tsMicros - b.tsMicros)) {
    const list = bySeq.get(entry.seq);
    if (list === undefined) bySeq.set(entry.seq, [entry]);
    else list.push(entry);
  }
  for (const claim of claims) {
    score.claimed += 1;
    const list = bySeq.get(claim.seq);
    const at = list?.findIndex((entry) => entry.tsMicros >= claim.from && entry.tsMicros <= claim.to) ?? -1;
    if (at < 0) score.falseClaims += 1;
    else list!.splice(at, 1);
  }
  return missed;
}

/** Gives the middle of some numbers; 0 of none. */
export function findMedian(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >>> 1]!;
}
