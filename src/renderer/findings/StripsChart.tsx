/** Streams as points of seq against time. The streams a finding names stand out by colour, weight and line. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { CartesianGrid, ResponsiveContainer, Scatter, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import type { StreamStrip } from '../../contract/api.ts';
import type { Finding } from '../../contract/finding.ts';
import { useClient } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useReport } from '../session/use-report.ts';
import { timeAxis } from '../ui/chart-axes.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { makeTimeAxis } from '../ui/time-axis.ts';
import { MissingRange } from './MissingRange.tsx';
import { listSeqTicks, measureStrips } from './strip-extent.ts';

interface Point {
  readonly at: number;
  readonly seq: number;
  readonly tsMicros: number;
  readonly stream: string;
  readonly id?: string | undefined;
}

interface Props {
  readonly finding: Finding;
  readonly strips: readonly StreamStrip[];
}

export function StripsChart({ finding, strips }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const client = useClient();
  const { workspace } = useReport();
  const extent = useMemo(() => measureStrips(finding, strips), [finding, strips]);
  const axis = useMemo(
    () => makeTimeAxis(extent.fromMs, extent.toMs, 6, format.locale, format.zone),
    [extent, format],
  );
  // Those that stand out are drawn last, over the others.
  const series = useMemo(
    () =>
      [...strips]
        .sort((a, b) => Number(a.concerned) - Number(b.concerned))
        .map(({ stream, concerned, points }) => ({
          stream,
          concerned,
          points: points.map((point): Point => ({ ...point, at: point.tsMicros / 1000, stream })),
        })),
    [strips],
  );

  /** The entry among those of its stream; among all where no stream is known. */
  async function openStream(id: string): Promise<void> {
    const reply = await client.call('entries.stream', { workspace, id });
    const stream = reply.ok ? reply.value?.id : undefined;
    go({ screen: 'entries', entry: id, filter: stream === undefined ? {} : { stream: [stream] } });
  }

  return (
    <div
      className="strips-chart"
      role="img"
      aria-label={t('screen.findings.stripsLabel', {
        concerned: strips.filter(({ concerned }) => concerned).length,
        others: strips.filter(({ concerned }) => !concerned).length,
      })}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ScatterChart accessibilityLayer={false} margin={{ top: 8, right: 12, bottom: 0, left: 0 }}>
          <CartesianGrid stroke="var(--line)" vertical={false} />
          <XAxis
            {...timeAxis(extent.fromMs, extent.toMs)}
            ticks={axis.ticks}
            tickFormatter={axis.label}
            height={24}
          />
          <YAxis
            dataKey="seq"
            type="number"
            domain={[extent.fromSeq, extent.toSeq]}
            ticks={listSeqTicks(extent)}
            interval={0}
            allowDataOverflow
            tickFormatter={String}
            tickLine={false}
            axisLine={false}
            width={52}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)', strokeDasharray: '3 3' }}
            content={({ active, payload }) => {
              const point = payload?.[0]?.payload as Point | undefined;
              if (!active || !point) return null;
              return (
                <div className="chart-tip">
                  <p>
                    <strong>{t('report.seq', { first: String(point.seq) })}</strong>
                  </p>
                  <p>{format.time(point.tsMicros)}</p>
                </div>
              );
            }}
          />
          {finding.firstSeq !== undefined && (
            <MissingRange
              fromMs={readMicros(finding.fromTs ?? '') / 1000}
              toMs={readMicros(finding.toTs ?? '') / 1000}
              firstSeq={finding.firstSeq}
              lastSeq={finding.lastSeq ?? finding.firstSeq}
              extent={extent}
            />
          )}
          {series.map(({ stream, concerned, points }) => (
            <Scatter
              key={stream}
              data={points}
              isAnimationActive={false}
              line={{
                stroke: concerned ? 'var(--accent)' : 'var(--line-strong)',
                strokeWidth: concerned ? 1.5 : 1,
              }}
              shape={concerned ? drawConcerned : drawOther}
              onClick={(point: { payload?: Point }) => {
                const id = point.payload?.id;
                if (id !== undefined) void openStream(id);
              }}
            />
          ))}
        </ScatterChart>
      </ResponsiveContainer>
    </div>
  );
}

interface Dot {
  readonly cx?: number | undefined;
  readonly cy?: number | undefined;
}

function drawConcerned({ cx, cy }: Dot) {
  return <circle cx={cx} cy={cy} r={3} fill="var(--accent)" stroke="var(--panel)" strokeWidth={1} />;
}

function drawOther({ cx, cy }: Dot) {
  return <circle cx={cx} cy={cy} r={1.75} fill="var(--text-3)" opacity={0.7} />;
}
