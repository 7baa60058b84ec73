/** The verdict as one sentence: which of the catalogue's it is, and its figures. */
import type { Finding } from '../../contract/finding.ts';
import type { Report, Verdict } from '../../contract/report.ts';
import { unreachable } from '../base/assert.ts';
import type { Said } from './build-report.ts';

export interface Told {
  readonly totals: Report['totals'];
  readonly found: Report['found'];
  readonly findings: readonly Finding[];
}

/** Chooses the sentence for a verdict. */
export function tellVerdict(verdict: Verdict, { totals, found, findings }: Told): Said {
  const countOf = (kind: Finding['kind']): number =>
    findings.filter((finding) => finding.kind === kind).length;
  const values = {
    entries: totals.entries,
    streams: totals.streams,
    nodes: totals.nodes,
    files: totals.files,
    from: found.firstTs ?? '',
    to: found.lastTs ?? '',
  };
  switch (verdict) {
    case 'none':
      return { code: totals.entries === 0 ? 'none-no-entry' : 'none-in-period', values };
    case 'intact':
      return { code: 'intact', values };
    case 'contradicted': {
      const conflicts = totals.conflicts;
      const rewritten = countOf('rewritten');
      if (conflicts > 0 && rewritten > 0) {
        return { code: 'contradicted-both', values: { ...values, count: countOf('conflict') + rewritten } };
      }
      if (conflicts > 0) return { code: 'contradicted-conflict', values: { ...values, count: conflicts } };
      return { code: 'contradicted-rewritten', values: { ...values, count: rewritten } };
    }
    case 'incomplete': {
      if (totals.missing > 0) {
        return {
          code: 'incomplete-gaps',
          values: { ...values, count: totals.missing, gaps: countOf('gap') },
        };
      }
      const lacking = findings.filter(({ kind }) => kind === 'missing-in-copy');
      if (lacking.length > 0) {
        const count = lacking.reduce((sum, finding) => sum + (finding.count ?? 1), 0);
        return { code: 'incomplete-copy', values: { ...values, count } };
      }
      return {
        code: 'incomplete-damaged',
        values: { ...values, count: countOf('malformed') + countOf('unreadable') },
      };
    }
    default:
      return unreachable(verdict);
  }
}
