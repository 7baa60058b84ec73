/** Saves the document in one of its formats, and says where it is or why it is not. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Calls } from '../../contract/api.ts';
import { DocumentFormat } from '../../contract/document.ts';
import type { Failure } from '../../contract/failure.ts';
import { useClient } from '../session/client.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { fetchDownload } from '../ui/fetch-download.ts';
import { PathText } from '../ui/PathText.tsx';

interface Props {
  readonly about: Omit<Calls['document.save']['input'], 'format'>;
  readonly canPrint: boolean;
}

type Outcome = { readonly file: string } | { readonly downloaded: true } | { readonly failure: Failure };

export function SaveBar({ about, canPrint }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const [saving, setSaving] = useState<DocumentFormat>();
  const [outcome, setOutcome] = useState<Outcome>();
  const { parts } = about.choice;
  const needs = { csv: 'findings', 'entries-csv': 'entries' } as const;
  const isPossible = (format: DocumentFormat): boolean => {
    if (format === 'csv' || format === 'entries-csv') return parts.includes(needs[format]);
    return parts.length > 0 && (format !== 'pdf' || canPrint);
  };

  async function save(format: DocumentFormat): Promise<void> {
    setSaving(format);
    setOutcome(undefined);
    const reply = await client.call('document.save', { ...about, format });
    setSaving(undefined);
    if (!reply.ok) setOutcome({ failure: reply.failure });
    else if (reply.value.file !== null) setOutcome({ file: reply.value.file });
    else if (reply.value.download !== null) {
      fetchDownload(reply.value.download);
      setOutcome({ downloaded: true });
    }
  }

  return (
    <div className="document-save">
      <h2 className="section-title">{t('document.save')}</h2>
      <div className="document-formats">
        {DocumentFormat.options.map((format) => (
          <Button
            key={format}
            size="xs"
            variant={format === 'pdf' ? 'filled' : 'default'}
            disabled={!isPossible(format) || (saving !== undefined && saving !== format)}
            loading={saving === format}
            onClick={() => void save(format)}
          >
            {t(`document.format.${format}`)}
          </Button>
        ))}
      </div>
      {!canPrint && <p className="document-said">{t('document.noPdf')}</p>}
      <div role="status" className="document-said">
        {saving !== undefined && t('document.saving')}
        {outcome && 'downloaded' in outcome && t('document.downloaded')}
        {outcome && 'file' in outcome && (
          <>
            {t('document.saved')} <PathText path={outcome.file} />
          </>
        )}
      </div>
      {outcome && 'failure' in outcome && <FailureNotice failure={outcome.failure} />}
    </div>
  );
}
