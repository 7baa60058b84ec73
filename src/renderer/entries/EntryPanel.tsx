/** One entry in full, beside the table: moving in the table changes it, Esc closes it. */
import { ActionIcon, Skeleton } from '@mantine/core';
import { IconFileBroken, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { EntryDetail } from '../../contract/entry.ts';
import { useCall } from '../session/client.ts';
import { useMask } from '../session/mask.ts';
import { useOpened } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Marked } from '../ui/Marked.tsx';
import { MaskedValue } from '../ui/MaskedValue.tsx';
import { EntryFacts } from './EntryFacts.tsx';
import { MarkEditor } from './MarkEditor.tsx';
import { Neighbours } from './Neighbours.tsx';
import { MaskedLine, RawLine } from './RawLine.tsx';
import { ReceiptFacts } from './ReceiptFacts.tsx';
import { ValueTable } from './ValueTable.tsx';

interface Props {
  readonly workspace: string;
  readonly id: string;
  onClose(): void;
  onJump(id: string): void;
}

export function EntryPanel({ workspace, id, onClose, onJump }: Props) {
  const { t } = useTranslation();
  const detail = useCall('entries.detail', { workspace, id }, { keep: true });
  return (
    <aside
      className="entry-panel"
      aria-label={t('screen.entry.title')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className="entry-panel-head">
        <h2>
          {detail.data ? (
            <>
              <span>{<Marked text={detail.data.row.action || t('screen.none')} />}</span>{' '}
              <Marked text={[detail.data.row.model, detail.data.row.resId].filter(Boolean).join(', ')} />
            </>
          ) : (
            t('screen.entry.title')
          )}
        </h2>
        <ActionIcon variant="subtle" color="gray" aria-label={t('screen.entry.close')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
      <div className="entry-panel-body" tabIndex={0}>
        {detail.isPending && <Skeleton height={320} />}
        {detail.error && <FailureNotice failure={detail.error.failure} />}
        {detail.data && <Details workspace={workspace} detail={detail.data} onJump={onJump} />}
      </div>
    </aside>
  );
}

interface DetailsProps extends Pick<Props, 'workspace' | 'onJump'> {
  readonly detail: EntryDetail;
}

function Details({ workspace, detail, onJump }: DetailsProps) {
  const { t } = useTranslation();
  const mask = useMask();
  const { report } = useOpened();
  return (
    <>
      {detail.row.salvaged && (
        <p className="entry-salvaged" data-tone="incomplete">
          <IconFileBroken size={16} className="tone" aria-hidden /> {t('screen.entry.salvaged')}
        </p>
      )}
      <EntryFacts row={detail.row} />
      <ReceiptFacts workspace={workspace} row={detail.row} />
      {report && (
        <Neighbours key={`around ${detail.row.id}`} workspace={workspace} row={detail.row} onJump={onJump} />
      )}
      <MarkEditor key={detail.row.id} workspace={workspace} row={detail.row} />
      <section className="entry-section" aria-labelledby="values-title">
        <div className="entry-section-head">
          <h3 id="values-title">{t('screen.entry.values')}</h3>
        </div>
        <ValueTable detail={detail} />
      </section>
      {detail.extra.length > 0 && (
        <section className="entry-section" aria-labelledby="extra-title">
          <div className="entry-section-head">
            <h3 id="extra-title">{t('screen.entry.extra')}</h3>
          </div>
          <dl className="entry-extra">
            {detail.extra.map(({ key, text }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a key may be written twice
              <div key={index}>
                <dt>
                  <Marked text={key} />
                </dt>
                <dd className="mono">{mask.hides(key) ? <MaskedValue /> : <Marked text={text} />}</dd>
              </div>
            ))}
          </dl>
        </section>
      )}
      {mask.isOn ? <MaskedLine /> : <RawLine detail={detail} />}
    </>
  );
}
