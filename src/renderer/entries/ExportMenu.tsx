/** Writes the entries that are shown to a file: as they were written or as a table, with values or without. */
import { Button, Checkbox, Popover, SegmentedControl } from '@mantine/core';
import { IconChevronDown, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EntryFilter, ExportForm } from '../../contract/entry.ts';
import type { Failure } from '../../contract/failure.ts';
import { useClient } from '../session/client.ts';
import { useMask } from '../session/mask.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { fetchDownload } from '../ui/fetch-download.ts';
import { PathText } from '../ui/PathText.tsx';
import type { EntryOrder } from './use-entry-rows.ts';

interface Props {
  readonly workspace: string;
  readonly filter: EntryFilter;
  readonly order: EntryOrder;
  readonly total: number;
}

interface Outcome {
  readonly count?: number;
  readonly file?: string | undefined;
  readonly failure?: Failure;
}

export function ExportMenu({ workspace, filter, order, total }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const [form, setForm] = useState<ExportForm>('raw');
  const { isOn: isForced } = useMask();
  const [chosen, setMask] = useState(false);
  const mask = chosen || isForced;
  const [isRunning, setRunning] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();

  async function run(): Promise<void> {
    setRunning(true);
    setOutcome(undefined);
    const name = t('screen.export.file');
    const reply = await client.call('entries.export', { workspace, filter, order, form, mask, name });
    setRunning(false);
    if (!reply.ok) return setOutcome({ failure: reply.failure });
    const { file, download, count } = reply.value;
    if (download !== null) fetchDownload(download);
    if (file !== null || download !== null) setOutcome({ count, file: file ?? undefined });
  }

  return (
    <Popover position="bottom-end" trapFocus returnFocus width={320} onClose={() => setOutcome(undefined)}>
      <Popover.Target>
        <button type="button" className="filter-chip" disabled={total === 0}>
          <IconDownload size={14} aria-hidden />
          <span>{t('screen.export.title')}</span>
          <IconChevronDown size={13} aria-hidden />
        </button>
      </Popover.Target>
      <Popover.Dropdown className="export-menu" aria-label={t('screen.export.title')}>
        <p>{t('screen.export.what', { count: total })}</p>
        <SegmentedControl
          size="xs"
          fullWidth
          orientation="vertical"
          aria-label={t('screen.export.as')}
          value={form}
          onChange={(value) => setForm(ExportForm.parse(value))}
          data={ExportForm.options.map((value) => ({ value, label: t(`screen.export.${value}`) }))}
        />
        <Checkbox
          size="xs"
          label={t('screen.export.mask')}
          description={t(isForced ? 'screen.mask.forced' : 'screen.export.maskText')}
          checked={mask}
          disabled={isForced}
          onChange={(event) => setMask(event.currentTarget.checked)}
        />
        <Button size="xs" loading={isRunning} onClick={() => void run()}>
          {t('screen.export.run')}
        </Button>
        <div role="status">
          {outcome?.count !== undefined && t('screen.export.done', { count: outcome.count })}{' '}
          {outcome?.file !== undefined && <PathText path={outcome.file} />}
        </div>
        {outcome?.failure && <FailureNotice failure={outcome.failure} />}
      </Popover.Dropdown>
    </Popover>
  );
}
