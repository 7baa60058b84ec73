/** Takes the rules out to a file: for another program of ours, or for Odoo. */
import { Button, Popover, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { RuleForm } from '../../contract/own-rules.ts';
import { useClient } from '../session/client.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { fetchDownload } from '../ui/fetch-download.ts';
import { PathText } from '../ui/PathText.tsx';

export function ExportRules({ isEmpty }: { readonly isEmpty: boolean }) {
  const { t } = useTranslation();
  const client = useClient();
  const { workspace } = useReport();
  const [form, setForm] = useState<RuleForm>('json');
  const [file, setFile] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure>();

  async function run(): Promise<void> {
    const reply = await client.call('rules.export', { workspace, form });
    setFailure(reply.ok ? undefined : reply.failure);
    setFile(reply.ok ? reply.value.file : null);
    if (reply.ok && reply.value.download !== null) fetchDownload(reply.value.download);
  }

  return (
    <Popover position="bottom-end" trapFocus returnFocus width={300} onClose={() => setFile(null)}>
      <Popover.Target>
        <Button size="xs" variant="default" leftSection={<IconDownload size={14} />} disabled={isEmpty}>
          {t('rules.export.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className="rules-export" aria-label={t('rules.export.title')}>
        <SegmentedControl
          size="xs"
          fullWidth
          orientation="vertical"
          aria-label={t('rules.export.as')}
          value={form}
          onChange={(value) => setForm(RuleForm.parse(value))}
          data={RuleForm.options.map((value) => ({ value, label: t(`rules.export.${value}`) }))}
        />
        <Button size="xs" onClick={() => void run()}>
          {t('rules.export.run')}
        </Button>
        <div role="status">
          {file !== null && (
            <>
              {t('rules.export.done')} <PathText path={file} />
            </>
          )}
        </div>
        {failure && <FailureNotice failure={failure} />}
      </Popover.Dropdown>
    </Popover>
  );
}
