/** What was not taken, and why; nothing where all was. */
import { useTranslation } from 'react-i18next';
import type { Refused } from '../../contract/receiver-status.ts';
import { useFormat } from '../ui/FormatProvider.tsx';

interface Props {
  readonly refused: readonly Refused[];
  readonly lost: readonly Refused[];
}

export function RefusedPanel({ refused, lost }: Props) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const all = [...refused, ...lost];
  if (all.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="receiver-refused">
      <div className="panel-head">
        <h2 id="receiver-refused">{t('receiver.refusals.title')}</h2>
      </div>
      <div className="panel-body">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('receiver.refusals.reason')}</th>
              <th scope="col" className="figure">
                {t('receiver.refusals.count')}
              </th>
            </tr>
          </thead>
          <tbody>
            {all.map(({ reason, transport = '', sender = '', count }) => {
              const key = `receiver.reason.${reason}`;
              const way = `receiver.transport.${transport}`;
              return (
                <tr key={`${reason} ${transport} ${sender}`}>
                  <td>
                    {i18n.exists(key) ? t(key) : reason}{' '}
                    <span className="panel-note">
                      {[sender, i18n.exists(way) ? t(way) : ''].filter((part) => part !== '').join(' · ')}
                    </span>
                  </td>
                  <td className="figure">{format.number(count)}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
