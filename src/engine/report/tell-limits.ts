/** What this check could not have seen. A verdict is never told without it. */
import type { ReportFacts, Said } from './build-report.ts';
import type { Told } from './tell-verdict.ts';

/** Lists the limits that apply, the gravest first. */
export function tellLimits(
  facts: ReportFacts,
  { found, findings, open }: Pick<Told, 'found' | 'findings' | 'open'>,
): Said[] {
  const salvaged = findings.reduce((sum, { salvaged: rows }) => sum + (rows?.length ?? 0), 0);
  const unreadable = findings.filter(({ kind }) => kind === 'unreadable').length;
  const { requested } = facts;
  const isCompared = facts.compared !== undefined || facts.copiesCompared;
  const limits: (Said | undefined)[] = [
    open.pending + open.provisional > 0 ? say('open-end', open) : undefined,
    facts.takenAsUnchanged > 0 ? say('taken-as-unchanged', { count: facts.takenAsUnchanged }) : undefined,
    isCompared ? undefined : say('nothing-compared'),
    facts.compared === undefined ? undefined : say('copy-not-compared'),
    facts.copiesCompared ? say('edited-everywhere') : undefined,
    say('cut-tail'),
    say('whole-process'),
    say('hidden-by-end'),
    say('auditing-off'),
    // Where the log begins before the period, what was before the log is none of it.
    found.firstTs === undefined || facts.beginsBefore
      ? undefined
      : say('before-log', { from: found.firstTs }),
    facts.removed.length === 0 ? undefined : sayRemoved(facts.removed),
    unreadable > 0 ? say('unreadable-ranges', { count: unreadable }) : undefined,
    facts.skipped.length > 0 ? say('skipped-files', { count: facts.skipped.length }) : undefined,
    salvaged > 0 ? say('salvaged-values', { count: salvaged }) : undefined,
    requested.from === undefined && requested.to === undefined
      ? undefined
      : say('period-limited', { from: requested.from ?? '…', to: requested.to ?? '…' }),
    say('truth'),
  ];
  return limits.filter((limit) => limit !== undefined);
}

function sayRemoved(removed: ReportFacts['removed']): Said {
  const days = removed.map(({ day }) => day).sort();
  const values = { first: days[0] ?? '', last: days.at(-1) ?? '' };
  return say('removed-by-retention', {
    ...values,
    count: removed.reduce((sum, { lines }) => sum + lines, 0),
  });
}

function say(code: string, values: Said['values'] = {}): Said {
  return { code, values };
}
