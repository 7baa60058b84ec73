/** Gaps as marks on a time axis: those that would lie on each other become one mark with their number. */
import type { Finding } from '../../contract/finding.ts';
import { readMicros } from '../ui/format.ts';

export interface GapMark {
  /** The gaps of the mark, by id; the first leads to the details. */
  readonly findings: string[];
  /** From the last entry before to the first after, over all of them. */
  fromMs: number;
  toMs: number;
  /** Of the gaps that are decided. */
  missing: number;
  /** Of gaps where the log was still being written to: they decide nothing yet. */
  undecided: number;
  atLeast: boolean;
}

/** Gathers a node's gaps; `resolutionMs` is how far apart two marks must be to be told from each other. */
export function gatherGaps(findings: readonly Finding[], node: string, resolutionMs: number): GapMark[] {
  const gaps = findings
    .filter((finding) => finding.kind === 'gap' && finding.node === node)
    .map((finding) => ({
      finding,
      fromMs: readMicros(finding.fromTs ?? '') / 1000,
      toMs: readMicros(finding.toTs ?? '') / 1000,
    }))
    .filter(({ fromMs, toMs }) => !Number.isNaN(fromMs + toMs))
    .sort((a, b) => a.fromMs + a.toMs - b.fromMs - b.toMs);
  const marks: GapMark[] = [];
  for (const { finding, fromMs, toMs } of gaps) {
    const last = marks.at(-1);
    const count = finding.count ?? 0;
    const [missing, undecided] = finding.provisional ? [0, count] : [count, 0];
    const atLeast = finding.atLeast === true;
    if (last && (fromMs + toMs) / 2 - (last.fromMs + last.toMs) / 2 < resolutionMs) {
      last.findings.push(finding.id);
      last.fromMs = Math.min(last.fromMs, fromMs);
      last.toMs = Math.max(last.toMs, toMs);
      last.missing += missing;
      last.undecided += undecided;
      last.atLeast ||= atLeast;
    } else marks.push({ findings: [finding.id], fromMs, toMs, missing, undecided, atLeast });
  }
  return marks;
}
