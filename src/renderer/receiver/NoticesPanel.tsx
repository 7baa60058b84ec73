/** What the receiver's log says, in its own words. */
import { useTranslation } from 'react-i18next';
import type { ReceiverView } from '../../contract/receiver-calls.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';

export function NoticesPanel({ notices }: { readonly notices: ReceiverView['notices'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (notices.length === 0) return null;
  return (
    <section className="panel" aria-labelledby="receiver-log">
      <div className="panel-head">
        <h2 id="receiver-log">{t('receiver.log')}</h2>
      </div>
      <ul className="panel-body receiver-log">
        {notices
          .map(({ at, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two sentences of one moment may be the same
            <li key={`${at} ${index}`}>
              <span className="panel-note numbers">{format.timeShort(Date.parse(at) * 1000)}</span>{' '}
              <span className="mono">
                <Marked text={text} />
              </span>
            </li>
          ))
          .reverse()}
      </ul>
    </section>
  );
}
