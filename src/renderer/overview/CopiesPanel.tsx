/** The copies of the log side by side: each has its own figures, and they are never added up. */
import { useTranslation } from 'react-i18next';
import type { Report } from '../../contract/report.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { nameCopy, selectCounted } from '../session/sources.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { CopiesOverTime } from './CopiesOverTime.tsx';

const figures = ['entries', 'streams', 'missing', 'malformed'] as const;
const raised: readonly string[] = ['missing', 'malformed'];

export function CopiesPanel({ report }: { readonly report: Report }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  return (
    <section className="panel copies" aria-labelledby="copies-title">
      <div className="panel-head">
        <h2 id="copies-title">{t('screen.overview.copies')}</h2>
        <p className="panel-note">{t('n.conflict', { count: report.totals.conflicts })}</p>
      </div>
      <CopiesOverTime report={report} />
      <div className="panel-body table-scroll">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('screen.column.copy')}</th>
              {figures.map((figure) => (
                <th key={figure} scope="col" className="figure">
                  {t(figure === 'malformed' ? 'screen.column.malformed' : `screen.total.${figure}`)}
                </th>
              ))}
              <th scope="col" className="figure">
                {t('screen.overview.lacks')}
              </th>
            </tr>
          </thead>
          <tbody>
            {report.sources.map((source, index) => (
              <tr key={source.paths.join('\n')}>
                <td>
                  <button
                    type="button"
                    className="link"
                    onClick={() => go({ screen: 'entries', filter: selectCounted(report, index) })}
                  >
                    <Marked text={nameCopy(report, index) ?? ''} />
                  </button>
                </td>
                {figures.map((figure) => (
                  <td key={figure} className="figure" data-tone="incomplete">
                    <span className={raised.includes(figure) && source[figure] > 0 ? 'tone' : undefined}>
                      {format.number(source[figure])}
                    </span>
                  </td>
                ))}
                <Lacking count={countLacking(report, index)} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Lacking({ count }: { readonly count: number }) {
  const format = useFormat();
  return (
    <td className="figure" data-tone="incomplete">
      <span className={count > 0 ? 'tone' : undefined}>{format.number(count)}</span>
    </td>
  );
}

/** Entries that another copy holds and this one lacks. */
function countLacking({ findings }: Report, source: number): number {
  return findings
    .filter((finding) => finding.kind === 'missing-in-copy' && finding.source === source)
    .reduce((sum, { count = 0 }) => sum + count, 0);
}
