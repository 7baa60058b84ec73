/** The figures beside the chart. What decides the verdict has its colour, and only where it is not zero. */
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';

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
  const gaps = report.findings.filter(({ kind }) => kind === 'gap');
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
              <dd className={tone && 'tone'}>{format.number(value)}</dd>
            </div>
          );
        })}
      </dl>
      {gaps.length > 0 && (
        <button type="button" className="link" onClick={() => go({ screen: 'findings' })}>
          {t('n.gap', { count: gaps.length })}
        </button>
      )}
    </section>
  );
}
