/** The figures beside the chart. What decides the verdict has its colour, and only where it is not zero. */
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { nameCopy } from '../session/sources.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

const figures = [
  { key: 'entries' },
  { key: 'missing', tone: 'incomplete' },
  { key: 'malformed', tone: 'incomplete' },
  { key: 'conflicts', tone: 'contradicted' },
  { key: 'duplicates' },
  { key: 'streams' },
  { key: 'lines' },
  { key: 'files' },
] as const;

export function TotalsPanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const { source } = report.totals;
  const gaps = report.findings.filter(
    (finding) => finding.kind === 'gap' && (source === undefined || finding.source === source),
  );
  const name = nameCopy(report, source);
  return (
    <section className="panel totals" aria-label={t('screen.overview.totals')}>
      <dl>
        {figures.map((figure) => {
          const value = report.totals[figure.key];
          const tone = 'tone' in figure && value > 0 ? figure.tone : undefined;
          const atLeast = figure.key === 'missing' && gaps.some((gap) => gap.atLeast === true);
          return (
            <div key={figure.key} data-tone={tone}>
              <dt>{t(atLeast ? 'screen.total.missingAtLeast' : `screen.total.${figure.key}`)}</dt>
              <dd>
                <span className={tone && 'tone'}>{format.number(value)}</span>
                {figure.key === 'malformed' && report.totals.salvaged > 0 && (
                  <small>{t('n.salvaged', { count: report.totals.salvaged })}</small>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
      {name !== undefined && (
        <p className="panel-note">
          <Marked text={t('screen.overview.ofCopy', { source: name })} />
        </p>
      )}
      {gaps.length > 0 && (
        <button type="button" className="link" onClick={() => go({ screen: 'findings' })}>
          {t('n.gap', { count: gaps.length })}
        </button>
      )}
    </section>
  );
}
