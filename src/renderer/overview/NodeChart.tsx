/** One node's entries over time. A click on a bar leads to its entries, a click on a mark to its gap. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Area, AreaChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { EntryFilter } from '../../contract/entry.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import type { TimeAxis } from '../ui/time-axis.ts';
import { GapMarks } from './GapMarks.tsx';
import type { GapMark } from './gap-marks.ts';

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
  readonly bucketMs: number;
  readonly axis: TimeAxis;
}

interface Props {
  readonly node: string;
  readonly entries: number;
  readonly counts: readonly number[];
  /** Selects the copy that is drawn. */
  readonly copy: EntryFilter;
  readonly span: Span;
  readonly marks: readonly GapMark[];
  readonly height: number;
  readonly withAxis: boolean;
}

/** Room above the bars for the marks. */
const MARK_ROOM = 16;
const AXIS_ROOM = 20;

export function NodeChart({ node, entries, counts, copy, span, marks, height, withAxis }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const data = useMemo(
    () => counts.map((count, index) => ({ at: span.fromMs + (index + 0.5) * span.bucketMs, count })),
    [counts, span],
  );
  const most = counts.reduce((max, count) => Math.max(max, count), 0);

  function openBucket(index: number): void {
    const from = span.fromMs + index * span.bucketMs;
    go({
      screen: 'entries',
      entry: undefined,
      filter: {
        ...copy,
        node: [node],
        from: new Date(Math.floor(from)).toISOString(),
        to: new Date(Math.ceil(from + span.bucketMs)).toISOString(),
      },
    });
  }

  return (
    <div className="node-chart">
      <p className="node-chart-name" title={showMarks(node)}>
        <strong>
          <Marked text={node} />
        </strong>
        <span>{t('n.entry', { count: entries })}</span>
        {marks.length > 0 && (
          <span data-tone="incomplete" className="tone">
            {t('screen.overview.missingHere', {
              count: marks.reduce((sum, mark) => sum + mark.missing, 0),
            })}
          </span>
        )}
      </p>
      <div
        role="img"
        aria-label={t('screen.overview.chartLabel', {
          node: showMarks(node),
          entries: format.number(entries),
          gaps: marks.reduce((sum, mark) => sum + mark.findings.length, 0),
        })}
      >
        <ResponsiveContainer width="100%" height={height + (withAxis ? AXIS_ROOM : 0)}>
          <AreaChart
            data={data}
            accessibilityLayer={false}
            margin={{ top: MARK_ROOM, right: 8, bottom: 0, left: 0 }}
            syncId="over-time"
            onClick={({ activeTooltipIndex }) => {
              if (activeTooltipIndex !== undefined) openBucket(Number(activeTooltipIndex));
            }}
            style={{ cursor: 'pointer' }}
          >
            <XAxis
              dataKey="at"
              type="number"
              domain={[span.fromMs, span.toMs]}
              ticks={span.axis.ticks}
              tickFormatter={span.axis.label}
              hide={!withAxis}
              height={AXIS_ROOM}
              tickLine={false}
              axisLine={{ stroke: 'var(--line-strong)' }}
              minTickGap={24}
            />
            <YAxis
              width={38}
              ticks={[0, most]}
              domain={[0, Math.max(1, most)]}
              tickFormatter={format.compact}
              tickLine={false}
              axisLine={false}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-strong)' }}
              content={({ active, payload }) => {
                const point = payload?.[0]?.payload as { at: number; count: number } | undefined;
                if (!active || !point) return null;
                return (
                  <div className="chart-tip">
                    <p>
                      <strong>{t('n.entry', { count: point.count })}</strong>
                    </p>
                    <p>
                      {format.period(
                        (point.at - span.bucketMs / 2) * 1000,
                        (point.at + span.bucketMs / 2) * 1000,
                      )}
                    </p>
                  </div>
                );
              }}
            />
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
            <GapMarks
              marks={marks}
              fromMs={span.fromMs}
              toMs={span.toMs}
              onOpen={(finding) => go({ screen: 'findings', finding })}
            />
          </AreaChart>
        </ResponsiveContainer>
      </div>
    </div>
  );
}
