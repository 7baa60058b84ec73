/** What the open log itself says of each model and action: audited, not audited or unknown, since when, and what is there. */
import { useTranslation } from 'react-i18next';
import type { ActionCoverage, AuditState } from '../../contract/rule-history.ts';
import { useCall } from '../session/client.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

const tones: Readonly<Record<AuditState, string>> = {
  audited: 'intact',
  'not-audited': 'incomplete',
  unknown: 'none',
};

export function CoverageTable() {
  const { t } = useTranslation();
  const { workspace } = useReport();
  const { data, error } = useCall('rules.coverage', { workspace });
  return (
    <>
      <p className="rules-lead">{t('rules.coverage.lead')}</p>
      {error && <FailureNotice failure={error.failure} />}
      {data && (
        <section className="panel" aria-label={t('rules.coverage.title')}>
          <table className="table named-rows rules-table">
            <thead>
              <tr>
                <th scope="col">{t('rules.field.model')}</th>
                <th scope="col">{t('rules.coverage.action')}</th>
                <th scope="col">{t('rules.coverage.state')}</th>
                <th scope="col">{t('rules.coverage.since')}</th>
                <th scope="col">{t('rules.coverage.entries')}</th>
              </tr>
            </thead>
            {data.models.map(({ model, actions }) => (
              <tbody key={model}>
                {actions.map((action, index) => (
                  <tr key={action.action}>
                    {index === 0 && (
                      <th scope="rowgroup" rowSpan={actions.length} className="mono">
                        <Marked text={model} />
                      </th>
                    )}
                    <ActionCells coverage={action} />
                  </tr>
                ))}
              </tbody>
            ))}
          </table>
          {data.models.length === 0 && <p className="panel-body panel-note">{t('rules.coverage.none')}</p>}
          {data.moreModels > 0 && (
            <p className="panel-body panel-note">{t('rules.coverage.more', { more: data.moreModels })}</p>
          )}
        </section>
      )}
    </>
  );
}

function ActionCells({ coverage }: { readonly coverage: ActionCoverage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { action, spans, entries, unexplained } = coverage;
  const last = spans.at(-1);
  const state = last?.state ?? 'unknown';
  return (
    <>
      <td className="mono">
        <Marked text={action} />
      </td>
      <td>
        <span className="tone" data-tone={tones[state]}>
          {t(`rules.coverage.is.${state}`)}
        </span>
        {last?.why && <p className="panel-note">{t(`rules.coverage.why.${last.why}`)}</p>}
      </td>
      <td>
        {last && format.timeShort(last.fromMicros)}
        {spans.length > 1 && (
          <p className="panel-note">{t('rules.coverage.changes', { changes: spans.length - 1 })}</p>
        )}
      </td>
      <td>
        {format.number(entries)}
        {unexplained > 0 && <p className="panel-note">{t('rules.coverage.unexplained', { unexplained })}</p>}
      </td>
    </>
  );
}
