/** The line that a finding is about, as it stands in the file. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';
import { useMask } from '../session/mask.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { LongText } from '../ui/LongText.tsx';

export function LineAt({ path, line }: { readonly path: string; readonly line: number }) {
  const { t } = useTranslation();
  const { workspace } = useReport();
  const mask = useMask();
  const at = useCall('entries.at', { workspace, path, line });
  return (
    <section className="panel">
      <div className="panel-head">
        <h3 className="section-title">{t('screen.findings.line')}</h3>
      </div>
      <div className="panel-body">
        {at.isPending && <Skeleton height={48} />}
        {at.error && <FailureNotice failure={at.error.failure} />}
        {at.data && mask.isOn && <p className="panel-note">{t('screen.mask.raw')}</p>}
        {at.data && !mask.isOn && <LongText text={at.data.raw} label={t('screen.findings.line')} />}
      </div>
    </section>
  );
}
