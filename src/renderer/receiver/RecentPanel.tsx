/** The entries that came last, without their values. */
import { useTranslation } from 'react-i18next';
import type { RecentEntry } from '../../contract/receiver-status.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

/** More are known; the rest of the screen is wanted as well. */
const SHOWN = 10;

export function RecentPanel({ recent }: { readonly recent: readonly RecentEntry[] }) {
  const { t } = useTranslation();
  return (
    <section className="panel" aria-labelledby="receiver-recent">
      <div className="panel-head">
        <h2 id="receiver-recent">{t('receiver.recent.title')}</h2>
      </div>
      <div className="panel-body">
        {recent.length === 0 ? (
          <p className="panel-note">{t('receiver.recent.none')}</p>
        ) : (
          <div className="table-scroll">
            <table className="table receiver-recent">
              <thead>
                <tr>
                  <th scope="col">{t('receiver.recent.at')}</th>
                  <th scope="col">{t('receiver.recent.sender')}</th>
                  <th scope="col">{t('receiver.recent.what')}</th>
                  <th scope="col" className="figure">
                    {t('receiver.recent.seq')}
                  </th>
                  <th scope="col" className="figure">
                    {t('receiver.recent.size')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {recent.slice(0, SHOWN).map((entry, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: one that came again has the id of its first receipt
                  <Line key={`${entry.id} ${index}`} entry={entry} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </div>
    </section>
  );
}

function Line({ entry }: { readonly entry: RecentEntry }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { receivedAt, sender, transport, model, method, seq, bytes, result } = entry;
  return (
    <tr>
      <td className="numbers">{format.clock(Date.parse(receivedAt) * 1000)}</td>
      <td>
        {sender} <span className="panel-note">{t(`receiver.transport.${transport}`)}</span>
      </td>
      <td>
        {model !== undefined && (
          <>
            <Marked text={model} /> <Marked text={method ?? ''} />{' '}
          </>
        )}
        {result !== 'kept' && (
          <span className="tone receiver-result" data-tone={result === 'malformed' ? 'incomplete' : 'none'}>
            {t(`receiver.recent.${result}`)}
          </span>
        )}
      </td>
      <td className="figure">
        <Marked text={seq ?? ''} />
      </td>
      <td className="figure">{format.bytes(bytes)}</td>
    </tr>
  );
}
