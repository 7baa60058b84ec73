/** What a chart says under the pointer: the entries of one bucket, or the time that is being dragged over. */
import { useTranslation } from 'react-i18next';
import { useFormat } from '../ui/FormatProvider.tsx';
import type { ChartSpan } from './time-range.ts';

interface Props {
  readonly active: boolean | undefined;
  readonly point: { readonly at: number; readonly count: number } | undefined;
  readonly span: ChartSpan;
  readonly brush: { readonly first: number; readonly last: number } | undefined;
}

export function ChartTip({ active, point, span, brush }: Props) {
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
  return (
    <div className="chart-tip">
      <p>
        <strong>{t('n.entry', { count: point.count })}</strong>
      </p>
      <p>{format.period((point.at - span.bucketMs / 2) * 1000, (point.at + span.bucketMs / 2) * 1000)}</p>
    </div>
  );
}
