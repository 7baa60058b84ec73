/** Entries over time, a small chart for each node, model or action on one time axis, with the gaps marked where they lie. */
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconTriangleInvertedFilled } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type EntryFilter, HistogramKey } from '../../contract/entry.ts';
import type { PersonHours } from '../../contract/person.ts';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { nameCopy, selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { isOpenPeriod, narrowPeriod } from '../ui/period.ts';
import { makeTimeAxis } from '../ui/time-axis.ts';
import { AuditLegend } from './AuditBands.tsx';
import { type AuditBand, layBands } from './audit-bands.ts';
import type { Brush } from './brush.ts';
import { gatherGaps } from './gap-marks.ts';
import { listSeries } from './list-series.ts';
import { RangeTools } from './RangeTools.tsx';
import { SeriesChart } from './SeriesChart.tsx';
import { spanOf, type TimeRange, writeRange } from './time-range.ts';

const BUCKETS = 160;
/** More charts than this are shown when asked for. */
const FIRST_SERIES = 6;
/** Marks nearer than this share of the axis would lie on each other, with their figures. */
const MARK_SHARE = { wide: 1 / 44, narrow: 1 / 18 };

interface Props {
  /** Of what; everything where it is absent. */
  readonly about?: EntryFilter;
  /** The copy that is drawn; the fullest where it is absent. */
  readonly source?: number | undefined;
  /** Hours to mark. */
  readonly bursts?: readonly PersonHours[];
}

const EVERYTHING: EntryFilter = {};
const NO_BURSTS: readonly PersonHours[] = [];
const NO_BANDS: readonly AuditBand[] = [];

export function EntriesOverTime({ about = EVERYTHING, source: asked, bursts = NO_BURSTS }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const { go } = useNavigation();
  const { workspace, report } = useReport();
  const [by, setBy] = useState<HistogramKey>('node');
  const [range, setRange] = useState<TimeRange>();
  const [brush, setBrush] = useState<Brush>();
  const [all, showAll] = useState(false);
  const isWide = useMediaQuery('(min-width: 1840px)');
  // Of several copies the fullest is drawn: drawn together, each entry would count once for each copy.
  const source = asked ?? report.totals.source;
  const copy = useMemo(() => ({ ...selectCopy(report, source), ...about }), [report, source, about]);
  const filter = useMemo(() => ({ ...copy, ...(range && writeRange(range)) }), [copy, range]);
  const histogram = useCall('entries.histogram', { workspace, filter, by, buckets: BUCKETS }, { keep: true });
  // The whole is what the first question told, whatever is shown of it.
  const first = useCall(
    'entries.histogram',
    { workspace, filter: copy, by, buckets: BUCKETS },
    { keep: true },
  );
  const whole = useMemo(() => first.data && spanOf(first.data), [first.data]);
  const { data } = histogram;
  // Counted is what lies in the period; the chart shows the whole log around it.
  // What a person did is told of all of it.
  const requested = about === EVERYTHING ? report.requested : EVERYTHING;
  const isOfPeriod = !isOpenPeriod(requested);
  const counted = useCall(
    'entries.histogram',
    isOfPeriod
      ? { workspace, filter: { ...filter, ...narrowPeriod(filter, requested) }, by, buckets: 1 }
      : { workspace, filter, by, buckets: BUCKETS },
    { keep: true },
  );

  const series = useMemo(
    () => listSeries(report, source, by, data?.counts ?? {}, counted.data?.counts ?? {}),
    [report, source, by, data, counted.data],
  );
  const shown = all ? series : series.slice(0, FIRST_SERIES);
  const coverage = useCall('rules.coverage', { workspace }, { enabled: by !== 'node' }).data;
  const bands = useMemo(
    () =>
      new Map(
        by === 'node' || !coverage ? [] : series.map(({ name }) => [name, layBands(coverage, by, name)]),
      ),
    [by, coverage, series],
  );
  const span = useMemo(() => {
    const counted = data && spanOf(data);
    return (
      counted && {
        ...counted,
        axis: makeTimeAxis(counted.fromMs, counted.toMs, 8, format.locale, format.zone),
      }
    );
  }, [data, format]);

  const gaps = useMemo(
    () =>
      report.findings.filter(
        (finding) => finding.kind === 'gap' && (source === undefined || finding.source === source),
      ),
    [report.findings, source],
  );
  const name = nameCopy(report, source);
  const drawn = shown.toSorted((a, b) => (a.name < b.name ? -1 : 1));

  function choose(value: string, first: number, last: number): void {
    if (!span) return;
    const chosen = {
      fromMs: span.fromMs + first * span.bucketMs,
      toMs: span.fromMs + (last + 1) * span.bucketMs,
    };
    if (first < last) setRange(chosen);
    else
      go({ screen: 'entries', entry: undefined, filter: { ...copy, [by]: [value], ...writeRange(chosen) } });
  }

  return (
    <section className="panel over-time chart" aria-labelledby="over-time-title">
      <div className="panel-head">
        <h2 id="over-time-title">{t('screen.overview.overTime')}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t('screen.overview.by')}
          value={by}
          onChange={(value) => {
            setBy(HistogramKey.parse(value));
            showAll(false);
          }}
          data={HistogramKey.options.map((value) => ({ value, label: t(`screen.column.${value}`) }))}
        />
        {whole && (
          <RangeTools
            whole={whole}
            range={range}
            onChange={setRange}
            onEntries={() => go({ screen: 'entries', entry: undefined, filter })}
          />
        )}
      </div>
      <p className="panel-note over-time-legend">
        {name !== undefined && <Marked text={t('screen.overview.ofCopy', { source: name })} />}
        {gaps.length > 0 && by === 'node' && (
          <span data-tone="incomplete">
            <IconTriangleInvertedFilled size={9} className="tone" aria-hidden />{' '}
            {t('screen.overview.gapLegend')}
          </span>
        )}
        {about === EVERYTHING && report.totals.salvaged > 0 && (
          <span>{t('screen.overview.withSalvaged', { count: report.totals.salvaged })}</span>
        )}
        {isOfPeriod && (
          <span>
            <i className="outside-sign" /> {t('screen.overview.outsideLegend')}
          </span>
        )}
        <AuditLegend bands={[...bands.values()].flat()} />
        {bursts.length > 0 && (
          <span>
            <i className="burst-sign" /> {t('screen.person.burstLegend')}
          </span>
        )}
        <span>{t('screen.overview.dragHint')}</span>
        <span>{t('screen.time.allIn', { zone: format.zone })}</span>
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: ends a dragging that left the charts */}
      <div className="panel-body" onMouseLeave={() => setBrush(undefined)}>
        {histogram.error && <FailureNotice failure={histogram.error.failure} />}
        {histogram.isPending && <Skeleton height={180} />}
        {data && span
          ? drawn.map(({ name: value, entries }, index) => (
              <SeriesChart
                key={value}
                name={value}
                entries={entries}
                counts={data.counts[value] ?? []}
                span={span}
                marks={
                  by === 'node'
                    ? gatherGaps(
                        gaps,
                        value,
                        (span.toMs - span.fromMs) * MARK_SHARE[isWide ? 'wide' : 'narrow'],
                      )
                    : []
                }
                bursts={bursts}
                bands={bands.get(value) ?? NO_BANDS}
                requested={requested}
                height={chooseHeight(drawn.length) * (isWide ? 1.6 : 1)}
                withAxis={index === drawn.length - 1}
                brush={brush}
                onBrush={setBrush}
                onChoose={(from, to) => choose(value, from, to)}
                onBurst={({ fromMicros, toMicros }) =>
                  go({
                    screen: 'entries',
                    entry: undefined,
                    filter: { ...copy, ...writeRange({ fromMs: fromMicros / 1000, toMs: toMicros / 1000 }) },
                  })
                }
              />
            ))
          : histogram.isSuccess && <p className="panel-note">{t('screen.overview.nothingToDraw')}</p>}
        {!all && series.length > FIRST_SERIES && (
          <Button size="xs" variant="subtle" onClick={() => showAll(true)}>
            {t('screen.overview.moreSeries', { count: series.length - FIRST_SERIES })}
          </Button>
        )}
      </div>
    </section>
  );
}

function chooseHeight(charts: number): number {
  return charts <= 1 ? 170 : charts === 2 ? 96 : charts === 3 ? 72 : 52;
}
