/** What a first check has read so far, in the look of the overview. Gaps are not told: they show when all is read. */
import { useTranslation } from 'react-i18next';
import { Area, AreaChart, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { SoFar } from '../../contract/so-far.ts';
import { countAxis, timeAxis } from '../ui/chart-axes.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { makeTimeAxis, type TimeAxis } from '../ui/time-axis.ts';

const AXIS_ROOM = 20;

export function SoFarPanel({ soFar }: { readonly soFar: SoFar }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { entries, malformed, fromMicros, bucketMicros, buckets, nodes, otherEntries } = soFar;
  const span = { fromMs: fromMicros / 1000, toMs: (fromMicros + buckets * bucketMicros) / 1000 };
  const axis = makeTimeAxis(span.fromMs, span.toMs, 6, format.locale, format.zone);
  // In the order of their names: the fullest may be another one from moment to moment.
  const drawn = nodes.toSorted((a, b) => (a.node < b.node ? -1 : 1));
  return (
    <section className="panel so-far chart" aria-labelledby="so-far-title">
      <div className="panel-head">
        <h2 id="so-far-title">{t('screen.check.soFar')}</h2>
        <p className="panel-note numbers">
          {t('n.entry', { count: entries })}
          {malformed > 0 && (
            <span data-tone="incomplete">
              {' · '}
              <span className="tone">{t('n.malformed', { count: malformed })}</span>
            </span>
          )}
        </p>
      </div>
      <p className="panel-note so-far-note">
        <span>{t('screen.check.onlySoFar')}</span>{' '}
        <span>{t('screen.time.allIn', { zone: format.zone })}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
      <div className="panel-body so-far-scroll" tabIndex={0}>
        {drawn.map((node, index) => (
          <NodeChart
            key={node.node}
            {...node}
            span={{ ...span, bucketMs: bucketMicros / 1000 }}
            axis={axis}
            height={drawn.length === 1 ? 150 : drawn.length === 2 ? 84 : 54}
            withAxis={index === drawn.length - 1}
          />
        ))}
        {otherEntries > 0 && (
          <p className="panel-note">{t('screen.check.otherNodes', { count: otherEntries })}</p>
        )}
      </div>
    </section>
  );
}

interface ChartProps {
  readonly node: string;
  readonly entries: number;
  readonly counts: readonly number[];
  readonly span: { readonly fromMs: number; readonly toMs: number; readonly bucketMs: number };
  readonly axis: TimeAxis;
  readonly height: number;
  readonly withAxis: boolean;
}

function NodeChart({ node, entries, counts, span, axis, height, withAxis }: ChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const data = counts.map((count, index) => ({ at: span.fromMs + (index + 0.5) * span.bucketMs, count }));
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  return (
    <div className="series-chart">
      <p className="series-chart-name" title={showMarks(node)}>
        <strong>
          <Marked text={node} />
        </strong>
        <span>{t('n.entry', { count: entries })}</span>
      </p>
      <div
        role="img"
        dir="ltr"
        aria-label={t('screen.check.chartLabel', { node: showMarks(node), count: entries })}
      >
        <ResponsiveContainer width="100%" height={height + (withAxis ? AXIS_ROOM : 0)}>
          <AreaChart data={data} accessibilityLayer={false} margin={{ top: 6, right: 8, bottom: 0, left: 0 }}>
            <XAxis
              {...timeAxis(span.fromMs, span.toMs)}
              ticks={axis.ticks}
              tickFormatter={axis.label}
              hide={!withAxis}
              height={AXIS_ROOM}
            />
            <YAxis {...countAxis(most, format.compact)} width={38} />
            <Area
              dataKey="count"
              type="step"
              isAnimationActive={false}
              stroke="var(--series)"
              strokeWidth={1}
              fill="var(--series)"
              fillOpacity={0.35}
              activeDot={false}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}
