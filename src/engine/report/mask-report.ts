/**
 * A report without values of entries, to be handed on. Left out is what a key held: old and new values, logins, ids.
 * What stays is what the finding is made of: nodes, seqs, times, paths, hashes, and the names of the keys that differ.
 */
import type { Translate } from '../../catalogue/translate.ts';
import type { Statement } from '../../contract/finding.ts';
import type { Report } from '../../contract/report.ts';
import { makeStatement } from './make-statement.ts';

/** Evidence that quotes an entry. */
const QUOTING: ReadonlySet<string> = new Set(['differs', 'differs-first-only', 'differs-other-only']);

/** Leaves the values out, and notes it among the report's parameters. */
export function maskReport(report: Report, translate: Translate): Report {
  const mask = (statement: Statement): Statement => {
    const { code, values } = statement;
    if (QUOTING.has(code))
      return makeStatement(
        'evidence',
        { code: 'differs-masked', values: { key: values['key'] ?? '' } },
        translate,
      );
    if (code !== 'could-be-read') return statement;
    const { model = '', action = '' } = values;
    return makeStatement('evidence', { code: 'could-be-read-masked', values: { model, action } }, translate);
  };
  return {
    ...report,
    made: { ...report.made, parameters: { ...report.made.parameters, mask: true } },
    ...(report.ruleChanges && {
      ruleChanges: {
        ...report.ruleChanges,
        changes: report.ruleChanges.changes.map((change) => ({ ...change, user: '' })),
      },
    }),
    findings: report.findings.map((finding) => ({ ...finding, evidence: finding.evidence.map(mask) })),
  };
}

/** Whether values were left out. */
export function isMasked({ made }: Report): boolean {
  return made.parameters['mask'] === true;
}
