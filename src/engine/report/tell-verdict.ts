/** The verdict as one sentence: which of the catalogue's it is, and its figures. */
import type { Finding } from '../../contract/finding.ts';
import type { Report, Verdict } from '../../contract/report.ts';
import { unreachable } from '../base/assert.ts';
import type { Said } from './build-report.ts';

export interface Told {
  readonly totals: Report['totals'];
  readonly sources: Report['sources'];
  readonly found: Report['found'];
  /** Those that are certain. */
  readonly findings: readonly Finding[];
  /** What is not certain yet. */
  readonly open: NonNullable<Report['open']>;
  /** How many were read, for any period. */
  readonly files: number;
}

/** Chooses the sentence for a verdict. */
export function tellVerdict(verdict: Verdict, told: Told): Said {
  const { totals, sources, found, findings, open, files } = told;
  const countOf = (kind: Finding['kind']): number =>
    findings.filter((finding) => finding.kind === kind).length;
  const values = {
    entries: totals.entries,
    streams: totals.streams,
    nodes: totals.nodes,
    files,
    from: found.firstTs ?? '…',
    to: found.lastTs ?? '…',
  };
  switch (verdict) {
    case 'none':
      return found.outside
        ? { code: 'none-in-period', values: { ...values, entries: found.outside } }
        : { code: 'none-no-entry', values };
    case 'intact':
      if (open.pending + open.provisional > 0) return { code: 'intact-open', values };
      return sources.length > 1
        ? { code: 'intact-copies', values: { ...values, sources: sources.length } }
        : { code: 'intact', values };
    case 'contradicted': {
      const conflicts = totals.conflicts;
      const rewritten = countOf('rewritten');
      if (conflicts > 0 && rewritten > 0) {
        return { code: 'contradicted-both', values: { ...values, count: countOf('conflict') + rewritten } };
      }
      if (conflicts > 0 && sources.length > 1) {
        const lacking = countLacking(findings);
        return { code: 'contradicted-copies', values: { ...values, count: conflicts, lacking } };
      }
      if (conflicts > 0) return { code: 'contradicted-conflict', values: { ...values, count: conflicts } };
      return { code: 'contradicted-rewritten', values: { ...values, count: rewritten } };
    }
    case 'incomplete': {
      if (totals.missing > 0 && sources.length < 2) {
        return {
          code: 'incomplete-gaps',
          values: { ...values, count: totals.missing, gaps: countOf('gap') },
        };
      }
      const ofCopies = tellIncompleteCopies(told);
      if (ofCopies) return { ...ofCopies, values: { ...values, ...ofCopies.values } };
      return {
        code: 'incomplete-damaged',
        values: { ...values, count: countOf('malformed') + countOf('unreadable') },
      };
    }
    default:
      return unreachable(verdict);
  }
}

/** What the fullest copy and the others lack; nothing where it is damage alone that makes the log incomplete. */
function tellIncompleteCopies({ totals, sources, findings }: Told): Said | undefined {
  if (sources.length < 2) return undefined;
  const lacking = countLacking(findings);
  const values = { sources: sources.length, missing: totals.missing, lacking };
  if (totals.missing > 0 || lacking > 0) return { code: 'incomplete-copies', values };
  const gaps = findings.filter(({ kind }) => kind === 'gap').length;
  return gaps > 0 ? { code: 'incomplete-other-copy', values: { ...values, gaps } } : undefined;
}

function countLacking(findings: readonly Finding[]): number {
  return findings
    .filter(({ kind }) => kind === 'missing-in-copy')
    .reduce((sum, { count = 1 }) => sum + count, 0);
}
