/** What a rule would and would not have recorded of the latest entries of the open log. */
import { useTranslation } from 'react-i18next';
import type { Rule } from '../../contract/rule.ts';
import { useCall } from '../session/client.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

export function PreviewPanel({ rule }: { readonly rule: Rule }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { workspace } = useReport();
  const { data, error } = useCall('rules.preview', { workspace, rule }, { keep: true });
  return (
    <div className="rules-preview" aria-live="polite">
      {error && <FailureNotice failure={error.failure} />}
      {data && (
        <p>{t('rules.preview.sum', { looked: data.looked, of: data.ofModel, recorded: data.recorded })}</p>
      )}
      {data && data.actions.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('rules.preview.action')}</th>
              <th scope="col">{t('rules.preview.recorded')}</th>
              <th scope="col">{t('rules.preview.left')}</th>
            </tr>
          </thead>
          <tbody>
            {data.actions.map(({ action, recorded, inPart, left, reason }) => (
              <tr key={action}>
                <td className="mono">
                  <Marked text={action} />
                </td>
                <td>
                  {format.number(recorded)}
                  {inPart > 0 && <p className="panel-note">{t('rules.preview.inPart', { inPart })}</p>}
                </td>
                <td>
                  {format.number(left)}
                  {reason && <p className="panel-note">{t(`rules.preview.reason.${reason}`)}</p>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}
