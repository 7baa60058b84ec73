/** What a chart says under the pointer: the entries of one bucket, or the time that is being dragged over. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/FormatProvider.tsx';
import { tellShare } from './AuditBands.tsx';
import { type AuditBand, sumUp } from './audit-bands.ts';
import type { ChartSpan } from './time-range.ts';

interface Props {
  readonly active: boolean | undefined;
  readonly point: { readonly at: number; readonly count: number } | undefined;
  readonly span: ChartSpan;
  readonly brush: { readonly first: number; readonly last: number } | undefined;
  readonly bands: readonly AuditBand[];
}

export function ChartTip({ active, point, span, brush, bands }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!active || !point) return null;
  if (brush && brush.first < brush.last) {
    const from = span.fromMs + brush.first * span.bucketMs;
    const to = span.fromMs + (brush.last + 1) * span.bucketMs;
    return (
      <div className="chart-tip">
        <p>
          <strong>{t('screen.overview.zoomTo')}</strong>
        </p>
        <p>{format.period(from * 1000, to * 1000)}</p>
      </div>
    );
  }
  const bucket = { fromMs: point.at - span.bucketMs / 2, toMs: point.at + span.bucketMs / 2 };
  const audited = sumUp(bands, bucket);
  return (
    <div className="chart-tip">
      <p>
        <strong>{t('n.entry', { count: point.count })}</strong>
        {audited && ` · ${tellShare(audited, t, format)}`}
      </p>
      <p>{format.period(bucket.fromMs * 1000, bucket.toMs * 1000)}</p>
    </div>
  );
}
