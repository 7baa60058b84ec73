/** Our rules beside the last that the open log reports of each model. */
import { useTranslation } from 'react-i18next';
import type { RuleDifference } from '../../contract/own-rules.ts';
import { useCall } from '../session/client.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

export function DifferenceTable() {
  const { t } = useTranslation();
  const { workspace } = useReport();
  const { data, error } = useCall('rules.difference', { workspace });
  return (
    <>
      <p className="rules-lead">{t('rules.difference.lead')}</p>
      {error && <FailureNotice failure={error.failure} />}
      {data && (
        <section className="panel" aria-label={t('rules.part.difference')}>
          <table className="table named-rows rules-table">
            <thead>
              <tr>
                <th scope="col">{t('rules.field.model')}</th>
                <th scope="col">{t('rules.difference.ours')}</th>
                <th scope="col">{t('rules.difference.theirs')}</th>
                <th scope="col">{t('rules.difference.reported')}</th>
              </tr>
            </thead>
            <tbody>
              {data.models.map((difference) => (
                <DifferenceLine key={difference.model} difference={difference} />
              ))}
            </tbody>
          </table>
          {data.models.length === 0 && <p className="panel-body panel-note">{t('rules.difference.none')}</p>}
        </section>
      )}
    </>
  );
}

function DifferenceLine({ difference }: { readonly difference: RuleDifference }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { model, ours, theirs, reportedMicros, actions, fields } = difference;
  const list = (side: 'ours' | 'theirs') =>
    actions.filter((action) => action[side]).map(({ action }) => action);
  const isSame = theirs !== undefined && actions.length === 0 && !fields;
  const tell = (side: 'ours' | 'theirs', has: boolean) => (
    <>
      {!has && <p className="panel-note">{t('rules.difference.noRule')}</p>}
      {has && list(side).length === 0 && !isSame && '–'}
      {list(side).length > 0 && (
        <>
          {t('rules.difference.only')} <span className="mono">{list(side).join(', ')}</span>
        </>
      )}
    </>
  );
  return (
    <tr>
      <th scope="row" className="mono">
        <Marked text={model} />
      </th>
      <td>
        {tell('ours', ours !== null)}
        {isSame && ours !== null && t('rules.difference.same')}
        {fields && <p className="panel-note">{t('rules.difference.fields')}</p>}
      </td>
      <td>{theirs === undefined ? t('rules.difference.untold') : tell('theirs', theirs !== null)}</td>
      <td>{reportedMicros !== undefined && format.timeShort(reportedMicros)}</td>
    </tr>
  );
}
