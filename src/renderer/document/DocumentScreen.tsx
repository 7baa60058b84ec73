/** The document for whoever asked for the check: what goes into it at the side, and beside that how it will look. */
import { useComputedColorScheme } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconFileText } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentChoice, DocumentStock } from '../../contract/document.ts';
import { useCall, useClient } from '../session/client.ts';
import { useMask } from '../session/mask.ts';
import { useReport } from '../session/use-report.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { ChoiceForm } from './ChoiceForm.tsx';
import { SaveBar } from './SaveBar.tsx';
import './document.css';

/** Long enough that a name is not composed letter by letter. */
const SETTLE_MS = 350;

export function DocumentScreen() {
  const { t } = useTranslation();
  const { workspace } = useReport();
  const stock = useCall('document.stock', { workspace });
  return (
    <div className="document">
      {stock.data ? (
        <Composer stock={stock.data} />
      ) : (
        <>
          <h1 className="hidden-visually">{t('document.title')}</h1>
          {stock.error && <FailureNotice failure={stock.error.failure} />}
        </>
      )}
    </div>
  );
}

function Composer({ stock }: { readonly stock: DocumentStock }) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { zone } = useFormat();
  const { workspace } = useReport();
  const mask = useMask();
  const scheme = useComputedColorScheme();
  const [choice, setChoice] = useState<DocumentChoice>(stock.choice);
  const [settled] = useDebouncedValue(choice, SETTLE_MS);
  useEffect(() => {
    if (settled !== stock.choice) void client.call('document.keep', { workspace, choice: settled });
  }, [settled, stock.choice, client, workspace]);

  // What was chosen stays as it was, for when values are shown again.
  const hide = (kept: DocumentChoice): DocumentChoice => (mask.isOn ? { ...kept, mask: true } : kept);
  const about = { workspace, choice: hide(settled), locale: i18n.language, zone };
  const isEmpty = settled.parts.length === 0;
  const preview = useCall('document.preview', { ...about, scheme }, { enabled: !isEmpty, keep: true });
  return (
    <>
      <section className="document-side" aria-label={t('document.title')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
        <div className="document-form" tabIndex={0}>
          <h1>{t('document.title')}</h1>
          <p className="document-lead">{t('document.lead')}</p>
          <ChoiceForm
            stock={stock}
            choice={choice}
            onChange={(change) => setChoice({ ...choice, ...change })}
          />
        </div>
        <SaveBar about={{ ...about, choice: hide(choice) }} canPrint={stock.pdf} />
      </section>
      <div className="document-paper">
        {isEmpty && <EmptyState icon={IconFileText} title={t('document.nothing')} />}
        {!isEmpty && preview.error && <FailureNotice failure={preview.error.failure} />}
        {!isEmpty && preview.data && (
          // No script, no form, no origin: whatever a log holds, the page of the app is out of its reach.
          <iframe sandbox="" title={t('document.preview')} srcDoc={preview.data.html} />
        )}
      </div>
    </>
  );
}
