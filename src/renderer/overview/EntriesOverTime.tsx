/** Entries over time, a small chart for each node on one time axis, with the gaps marked where they lie. */
import { Button, Skeleton } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconTriangleInvertedFilled } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';
import { nameCopy, selectCopy } from '../session/sources.ts';
import { useReport } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';
import { Marked } from '../ui/Marked.tsx';
import { makeTimeAxis } from '../ui/time-axis.ts';
import { gatherGaps } from './gap-marks.ts';
import { NodeChart } from './NodeChart.tsx';

const BUCKETS = 160;
/** More charts than this are shown when asked for. */
const FIRST_NODES = 6;
/** Marks nearer than this share of the axis would lie on each other, with their figures. */
const MARK_SHARE = { wide: 1 / 44, narrow: 1 / 18 };

export function EntriesOverTime() {
  const { t } = useTranslation();
  const format = useFormat();
  const { workspace, report } = useReport();
  const [all, showAll] = useState(false);
  const isWide = useMediaQuery('(min-width: 1840px)');
  // Of several copies the fullest is drawn: drawn together, each entry would count once for each copy.
  const { source } = report.totals;
  const copy = useMemo(() => selectCopy(report, source), [report, source]);
  const histogram = useCall(
    'entries.histogram',
    { workspace, filter: copy, buckets: BUCKETS },
    { keep: true },
  );
  const { data } = histogram;

  // Nodes with missing entries must not be among those left out.
  const nodes = useMemo(
    () =>
      report.nodes
        .filter((node) => source === undefined || node.source === source)
        .sort((a, b) => b.missing - a.missing || b.entries - a.entries),
    [report.nodes, source],
  );
  const shown = (all ? nodes : nodes.slice(0, FIRST_NODES)).toSorted((a, b) => (a.node < b.node ? -1 : 1));
  const span = useMemo(() => {
    if (!data || data.buckets === 0) return undefined;
    const fromMs = data.fromMicros / 1000;
    const toMs = fromMs + (data.bucketMicros / 1000) * data.buckets;
    return {
      fromMs,
      toMs,
      bucketMs: data.bucketMicros / 1000,
      axis: makeTimeAxis(fromMs, toMs, 8, format.locale, format.zone),
    };
  }, [data, format]);

  const gaps = useMemo(
    () =>
      report.findings.filter(
        (finding) => finding.kind === 'gap' && (source === undefined || finding.source === source),
      ),
    [report.findings, source],
  );
  const name = nameCopy(report, source);
  return (
    <section className="panel over-time chart" aria-labelledby="over-time-title">
      <div className="panel-head">
        <h2 id="over-time-title">{t('screen.overview.overTime')}</h2>
        <p className="panel-note over-time-legend">
          {name !== undefined && <Marked text={t('screen.overview.ofCopy', { source: name })} />}
          {gaps.length > 0 && (
            <span data-tone="incomplete">
              <IconTriangleInvertedFilled size={9} className="tone" aria-hidden />{' '}
              {t('screen.overview.gapLegend')}
            </span>
          )}
          <span>{t('screen.time.allIn', { zone: format.zone })}</span>
        </p>
      </div>
      <div className="panel-body">
        {histogram.error && <FailureNotice failure={histogram.error.failure} />}
        {histogram.isPending && <Skeleton height={180} />}
        {data && span
          ? shown.map(({ node, entries }, index) => (
              <NodeChart
                key={node}
                node={node}
                entries={entries}
                counts={data.counts[node] ?? []}
                span={span}
                copy={copy}
                marks={gatherGaps(
                  gaps,
                  node,
                  (span.toMs - span.fromMs) * MARK_SHARE[isWide ? 'wide' : 'narrow'],
                )}
                height={chooseHeight(shown.length) * (isWide ? 1.6 : 1)}
                withAxis={index === shown.length - 1}
              />
            ))
          : histogram.isSuccess && <p className="panel-note">{t('screen.overview.nothingToDraw')}</p>}
        {!all && nodes.length > FIRST_NODES && (
          <Button size="xs" variant="subtle" onClick={() => showAll(true)}>
            {t('screen.overview.moreNodes', { count: nodes.length - FIRST_NODES })}
          </Button>
        )}
      </div>
    </section>
  );
}

function chooseHeight(nodes: number): number {
  return nodes <= 1 ? 170 : nodes === 2 ? 96 : nodes === 3 ? 72 : 52;
}
