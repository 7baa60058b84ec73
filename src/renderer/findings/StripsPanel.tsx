/** The streams around a finding, seq against time: a break that the eye sees at once, with the missing range shaded. */
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../contract/finding.ts';
import { useCall } from '../session/client.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { StripStreams } from './StripStreams.tsx';
import { StripsChart } from './StripsChart.tsx';

export function StripsPanel({ finding }: { readonly finding: Finding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { workspace } = useReport();
  const strips = useCall('finding.strips', { workspace, finding: finding.id });
  const drawn = strips.data?.strips.filter(({ points }) => points.length > 0) ?? [];
  return (
    <section className="panel chart" aria-labelledby="strips-title">
      <div className="panel-head">
        <h3 id="strips-title" className="section-title">
          {t('screen.findings.strips')}
        </h3>
        <p className="panel-note strips-legend">
          {drawn.some(({ concerned }) => concerned) && (
            <span>
              <i data-mark="concerned" /> {t('screen.findings.concerned')}
            </span>
          )}
          {drawn.some(({ concerned }) => !concerned) && (
            <span>
              <i data-mark="other" /> {t('screen.findings.others')}
            </span>
          )}
          {finding.firstSeq !== undefined && (
            <span>
              <i data-mark="missing" /> {t('screen.findings.missingRange')}
            </span>
          )}
          <span>{t('screen.time.allIn', { zone: format.zone })}</span>
        </p>
      </div>
      <div className="panel-body">
        {strips.isPending && <Skeleton height={220} />}
        {strips.error && <FailureNotice failure={strips.error.failure} />}
        {strips.data &&
          (drawn.length > 0 ? (
            <>
              <StripsChart finding={finding} strips={drawn} />
              <StripStreams finding={finding} />
            </>
          ) : (
            <p className="panel-note">{t('screen.overview.nothingToDraw')}</p>
          ))}
      </div>
    </section>
  );
}
