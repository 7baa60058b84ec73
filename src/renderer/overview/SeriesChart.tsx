/** Entries of one node, model or action over time: a click leads to entries, a mark to its gap, dragging chooses a time. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Area, AreaChart, ReferenceArea, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { showMarks } from '../../catalogue/show-marks.ts';
import type { PersonHours } from '../../contract/person.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { countAxis, timeAxis } from '../ui/chart-axes.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { readMicros } from '../ui/format.ts';
import { Marked } from '../ui/Marked.tsx';
import type { Period } from '../ui/period.ts';
import { AuditBands, tellShare } from './AuditBands.tsx';
import { type AuditBand, sumUp } from './audit-bands.ts';
import { BurstMarks } from './BurstMarks.tsx';
import { type Brush, orderBrush } from './brush.ts';
import { ChartTip } from './ChartTip.tsx';
import { GapMarks } from './GapMarks.tsx';
import type { GapMark } from './gap-marks.ts';
import type { ChartSpan } from './time-range.ts';

interface Props {
  readonly name: string;
  readonly entries: number;
  readonly counts: readonly number[];
  readonly span: ChartSpan;
  readonly marks: readonly GapMark[];
  readonly bursts: readonly PersonHours[];
  /** What the log says of its own auditing. */
  readonly bands: readonly AuditBand[];
  /** What lies outside is shaded. */
  readonly requested: Period;
  readonly height: number;
  readonly withAxis: boolean;
  /** What is being dragged over, on whichever chart. */
  readonly brush: Brush | undefined;
  onBrush(brush: Brush | undefined): void;
  /** The dragging ended: buckets from the first to the last, which are one where it was a click. */
  onChoose(first: number, last: number): void;
  /** A burst was clicked. */
  onBurst(burst: PersonHours): void;
}

/** Room above the bars for the marks. */
const MARK_ROOM = 16;
const AXIS_ROOM = 20;

export function SeriesChart(props: Props) {
  const { name, entries, counts, span, marks, bursts, bands, height, withAxis, brush } = props;
  const { requested, onBrush, onChoose, onBurst } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const data = useMemo(
    () => counts.map((count, index) => ({ at: span.fromMs + (index + 0.5) * span.bucketMs, count })),
    [counts, span],
  );
  const sum = (read: (mark: GapMark) => number) => marks.reduce((all, mark) => all + read(mark), 0);
  const [missing, undecided] = [sum((mark) => mark.missing), sum((mark) => mark.undecided)];
  const most = counts.reduce((max, count) => Math.max(max, count), 0);
  const shown = brush && orderBrush(brush);
  const audited = sumUp(bands, span);
  const label = name === '' ? t('screen.entries.noValue') : name;

  return (
    <div className="series-chart">
      <p className="series-chart-name" title={showMarks(label)}>
        <strong>
          <Marked text={label} />
        </strong>
        <span>{t('n.entry', { count: entries })}</span>
        {missing > 0 && (
          <span data-tone="incomplete" className="tone">
            {t('screen.overview.missingHere', { count: missing })}
          </span>
        )}
        {undecided > 0 && <span>{t('screen.overview.undecidedHere', { count: undecided })}</span>}
        {audited && <span>{tellShare(audited, t, format)}</span>}
      </p>
      <div
        role="img"
        dir="ltr"
        aria-label={t('screen.overview.chartLabel', {
          node: showMarks(label),
          entries: format.number(entries),
          gaps: sum((mark) => mark.findings.length),
        })}
      >
        <ResponsiveContainer width="100%" height={height + (withAxis ? AXIS_ROOM : 0)}>
          <AreaChart
            data={data}
            accessibilityLayer={false}
            margin={{ top: MARK_ROOM, right: 8, bottom: 0, left: 0 }}
            syncId="over-time"
            onMouseDown={({ activeTooltipIndex: at }) => {
              if (typeof at === 'string' || typeof at === 'number') {
                onBrush({ start: Number(at), end: Number(at) });
              }
            }}
            onMouseMove={({ activeTooltipIndex: at }) => {
              if (brush && (typeof at === 'string' || typeof at === 'number')) {
                onBrush({ ...brush, end: Number(at) });
              }
            }}
            onMouseUp={() => {
              if (!shown) return;
              onBrush(undefined);
              onChoose(shown.first, shown.last);
            }}
            style={{ cursor: brush ? 'col-resize' : 'pointer' }}
          >
            <XAxis
              {...timeAxis(span.fromMs, span.toMs)}
              ticks={span.axis.ticks}
              tickFormatter={span.axis.label}
              hide={!withAxis}
              height={AXIS_ROOM}
            />
            <YAxis {...countAxis(most, format.compact)} width={38} />
            <Tooltip
              isAnimationActive={false}
              cursor={{ stroke: 'var(--line-strong)' }}
              content={({ active, payload }) => (
                <ChartTip
                  active={active}
                  point={payload?.[0]?.payload}
                  span={span}
                  brush={shown}
                  bands={bands}
                />
              )}
            />
            <AuditBands bands={bands} fromMs={span.fromMs} toMs={span.toMs} />
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
            {listOutside(requested, span).map(([from, to]) => (
              <ReferenceArea key={from} x1={from} x2={to} fill="var(--outside)" fillOpacity={1} />
            ))}
            {shown && shown.first < shown.last && (
              <ReferenceArea
                x1={span.fromMs + shown.first * span.bucketMs}
                x2={span.fromMs + (shown.last + 1) * span.bucketMs}
                fill="var(--accent)"
                fillOpacity={0.16}
              />
            )}
            <BurstMarks bursts={bursts} fromMs={span.fromMs} toMs={span.toMs} onOpen={onBurst} />
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

/** The parts of what is shown that lie before and after the period. */
function listOutside(
  { from, to }: Period,
  { fromMs, toMs }: ChartSpan,
): (readonly [from: number, to: number])[] {
  const begin = from === undefined ? fromMs : Math.min(toMs, readMicros(from) / 1000);
  const end = to === undefined ? toMs : Math.max(fromMs, readMicros(to) / 1000);
  return (
    [
      [fromMs, begin],
      [end, toMs],
    ] as const
  ).filter(([first, last]) => first < last);
}
