/** How an entry came that was received: when, from whom, by which way. Nothing where it was not. */
import { useTranslation } from 'react-i18next';
import type { EntryRow } from '../../contract/entry.ts';
import { useCall } from '../session/client.ts';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

/** The name of a day's file of a spool. */
const SPOOL_FILE = /(?:^|[\\/])received-\d{4}-\d\d-\d\d\.jsonl$/;

export function ReceiptFacts({ workspace, row }: { readonly workspace: string; readonly row: EntryRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const mayBe = SPOOL_FILE.test(row.path);
  const { data } = useCall('entries.receipt', { workspace, id: row.id }, { enabled: mayBe });
  if (!data) return null;
  const { receivedAt, sender, transport, peer, id, envelope } = data;
  return (
    <section className="entry-section" aria-labelledby="receipt-title">
      <div className="entry-section-head">
        <h3 id="receipt-title">{t('receiver.entry.title')}</h3>
      </div>
      <dl className="facts entry-facts">
        <div className="wide">
          <dt>{t('receiver.entry.receivedAt')}</dt>
          <dd>
            {format.time(Date.parse(receivedAt) * 1000)} {format.zone}
          </dd>
        </div>
        <div>
          <dt>{t('receiver.entry.sender')}</dt>
          <dd>{sender}</dd>
        </div>
        <div>
          <dt>{t('receiver.entry.transport')}</dt>
          <dd>{t(`receiver.transport.${transport}`)}</dd>
        </div>
        <div className="wide">
          <dt>{t('receiver.entry.peer')}</dt>
          <dd className="mono">
            <Marked text={peer} />
          </dd>
        </div>
        {envelope !== undefined && (
          <div className="wide">
            <dt>{t('receiver.entry.envelope')}</dt>
            <dd className="mono">
              <Marked text={envelope} />
            </dd>
          </div>
        )}
        <div className="wide">
          <dt>{t('receiver.entry.id')}</dt>
          <dd className="mono">
            {id} <CopyButton value={id} what={t('receiver.entry.id')} />
          </dd>
        </div>
      </dl>
    </section>
  );
}
