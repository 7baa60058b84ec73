/** Where it listens, what came there, and which ways answer. */
import { useTranslation } from 'react-i18next';
import type { ReceiverView } from '../../contract/receiver-calls.ts';
import type { Listener, ReceiverStatus } from '../../contract/receiver-status.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { acknowledges, nameUrl } from './connect-text.ts';

interface Props {
  readonly view: ReceiverView;
  readonly status: ReceiverStatus;
}

export function ListenersPanel({ view, status }: Props) {
  const { t } = useTranslation();
  const { listeners } = view.state;
  return (
    <section className="panel" aria-labelledby="receiver-listens">
      <div className="panel-head">
        <h2 id="receiver-listens">{t('receiver.listens.title')}</h2>
      </div>
      <div className="panel-body">
        <div className="table-scroll">
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('receiver.listens.transport')}</th>
                <th scope="col">{t('receiver.listens.address')}</th>
                <th scope="col">{t('receiver.listens.answers')}</th>
                <th scope="col" className="figure">
                  {t('receiver.listens.entries')}
                </th>
                <th scope="col">{t('receiver.listens.last')}</th>
              </tr>
            </thead>
            <tbody>
              {listeners.map((listener) => (
                <Line
                  key={`${listener.transport} ${listener.address}`}
                  listener={listener}
                  path={view.paths[0] ?? ''}
                  status={status}
                />
              ))}
            </tbody>
          </table>
        </div>
        {listeners.some(({ transport }) => !acknowledges(transport)) && (
          <p className="warning-note receiver-plain" data-tone="incomplete">
            {t('receiver.unacknowledged')}
          </p>
        )}
      </div>
    </section>
  );
}

interface LineProps {
  readonly listener: Listener;
  readonly path: string;
  readonly status: ReceiverStatus;
}

function Line({ listener, path, status }: LineProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { transport } = listener;
  const came = status.received.filter((one) => one.transport === transport);
  const last = came
    .map(({ lastAt }) => lastAt)
    .sort()
    .at(-1);
  const address = nameUrl(listener, path);
  return (
    <tr>
      <td>{t(`receiver.transport.${transport}`)}</td>
      <td className="receiver-address">
        <span className="mono">{address}</span>{' '}
        <CopyButton value={address} what={t('receiver.listens.address')} />
      </td>
      <td>{t(acknowledges(transport) ? 'receiver.listens.onDisk' : 'receiver.listens.nothing')}</td>
      <td className="figure">{format.number(came.reduce((sum, { entries }) => sum + entries, 0))}</td>
      <td>{last === undefined ? t('receiver.listens.never') : format.clock(Date.parse(last) * 1000)}</td>
    </tr>
  );
}
