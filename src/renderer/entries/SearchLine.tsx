/** How far a text search is that takes a while, and its end where nobody wants to wait for it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryFilter } from '../../contract/entry.ts';
import { useCall, useClient } from '../session/client.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import type { EntryOrder } from './use-entry-rows.ts';

interface Props {
  readonly workspace: string;
  /** Has a text. Another filter is another line: give it a key. */
  readonly filter: EntryFilter;
  readonly order: EntryOrder;
  /** Called when the search has been ended: its text is to go. */
  onStop(): void;
}

const EVERY_MS = 300;

export function SearchLine({ workspace, filter, order, onStop }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const [isOver, setOver] = useState(false);
  const { data, isError } = useCall(
    'entries.search',
    { workspace, filter, order, limit: 1 },
    { everyMs: isOver ? undefined : EVERY_MS },
  );
  // What went wrong is told where the rows would be.
  if (!isOver && (isError || data?.complete)) setOver(true);
  if (isOver || !data || data.complete) return <div className="search-line" role="status" />;
  const { hits, bytes, bytesTotal } = data;
  return (
    <div className="search-line" role="status">
      <progress max={bytesTotal} value={bytes} aria-label={t('app.search.label')} />
      <span>{t('app.search.far', { share: format.percent(bytes / Math.max(bytesTotal, 1)), hits })}</span>
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => {
          void client.call('entries.cancelSearch', { workspace });
          onStop();
        }}
      >
        {t('app.search.stop')}
      </Button>
    </div>
  );
}
