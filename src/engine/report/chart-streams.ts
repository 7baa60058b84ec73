/** Streams: for each node a strip of seq against time. A process counts upwards, a restart falls back, a gap is shaded. */
import { scaleLinear } from 'd3-scale';
import type { Translate } from '../../catalogue/translate.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Report, ReportStream } from '../../contract/report.ts';
import { parseTs } from '../base/timestamp.ts';
import {
  CHART_WIDTH,
  type ChartContext,
  drawFigure,
  drawLegend,
  drawTimeAxis,
  makeTimeScale,
  round,
  shorten,
  type TimeScale,
} from './chart-frame.ts';
import { html, type Markup } from './html-template.ts';

const LEFT = 66;
const TITLE = 20;
const PLOT = 110;
const PANEL = TITLE + PLOT + 14;
/** As many as fit on a printed page below another chart. */
const MAX_PANELS = 6;
const MAX_STREAMS = 120;
const MAX_GAPS = 200;
const NUMBER_WIDTH = 26;

interface NumberedGap {
  readonly number: number;
  readonly finding: Finding;
}

interface Panel {
  readonly node: string;
  readonly streams: readonly ReportStream[];
  readonly gaps: readonly NumberedGap[];
}

/** Draws a panel for each node, those with gaps first; nothing where there is no stream. */
export function drawStreamsChart(
  report: Report,
  gaps: readonly NumberedGap[],
  translate: Translate,
  context: ChartContext,
): Markup | undefined {
  const panels = choosePanels(report, gaps);
  const times = panels.flatMap(({ streams }) =>
    streams.flatMap(({ firstTs, lastTs }) => [parseTs(firstTs), parseTs(lastTs)].filter(Number.isFinite)),
  );
  if (times.length === 0) return undefined;
  const fromMs = times.reduce((a, b) => Math.min(a, b)) / 1000;
  const toMs = times.reduce((a, b) => Math.max(a, b)) / 1000;
  const x = makeTimeScale(fromMs, toMs, LEFT, CHART_WIDTH - 10);
  const bottom = panels.length * PANEL;
  const body = html`${drawTimeAxis(x, TITLE, bottom, context.locale)}${panels.map((panel, i) =>
    drawPanel(panel, i * PANEL, x, translate, context),
  )}`;
  const caption = [
    translate('html.streamsCaption'),
    ...tellLeftOut(report, panels, gaps.length, translate),
  ].join(' ');
  const legend = drawLegend([
    { mark: 'stream-key', name: translate('html.legendStream') },
    { mark: 'gap', name: translate('html.legendGap') },
  ]);
  return drawFigure(bottom + 22, translate('html.streamsCaption'), body, [html`${legend}<p>${caption}</p>`]);
}

function choosePanels(report: Report, gaps: readonly NumberedGap[]): Panel[] {
  const gapsByNode = Map.groupBy(gaps, ({ finding }) => finding.node ?? '');
  const streamsByNode = Map.groupBy(report.streams, ({ node }) => node);
  return [...report.nodes]
    .sort((a, b) => b.missing - a.missing || b.entries - a.entries)
    .filter(({ node }) => streamsByNode.has(node))
    .slice(0, MAX_PANELS)
    .map(({ node }) => ({
      node,
      streams: chooseStreams(streamsByNode.get(node) ?? []),
      gaps: (gapsByNode.get(node) ?? []).slice(0, MAX_GAPS),
    }));
}

/** All with missing entries, then as many others as there is room for, evenly over the log. */
function chooseStreams(streams: readonly ReportStream[]): ReportStream[] {
  if (streams.length <= MAX_STREAMS) return [...streams];
  const broken = streams.filter(({ missing }) => missing > 0).slice(0, MAX_STREAMS);
  const whole = streams.filter(({ missing }) => missing === 0);
  const step = whole.length / Math.max(1, MAX_STREAMS - broken.length);
  const others = Array.from(
    { length: MAX_STREAMS - broken.length },
    (_, i) => whole[Math.floor(i * step)],
  ).filter((stream) => stream !== undefined);
  return [...broken, ...others];
}

function tellLeftOut(report: Report, panels: readonly Panel[], gaps: number, translate: Translate): string[] {
  const shown = {
    nodes: panels.length,
    streams: panels.reduce((sum, panel) => sum + panel.streams.length, 0),
    gaps: panels.reduce((sum, panel) => sum + panel.gaps.length, 0),
  };
  if (report.streams.length <= shown.streams && gaps <= shown.gaps) return [];
  return [
    translate('html.streamsLeftOut', {
      streams: shown.streams,
      streamsAll: report.streams.length,
      gaps: shown.gaps,
      gapsAll: gaps,
    }),
  ];
}

function drawPanel(
  { node, streams, gaps }: Panel,
  offset: number,
  x: TimeScale,
  translate: Translate,
  context: ChartContext,
): Markup {
  const highest = streams.reduce((high, { lastSeq }) => Math.max(high, lastSeq), 1);
  const top = offset + TITLE;
  const y = scaleLinear()
    .domain([0, highest])
    .range([top + PLOT, top]);
  const place = (ts: string | undefined, seq: number): string | undefined => {
    const micros = parseTs(ts ?? '');
    if (!Number.isFinite(micros)) return undefined;
    const left = round(x(new Date(micros / 1000)));
    // Outside the plot only where a gap's own times lie outside the log's.
    return `${Math.max(LEFT, Math.min(CHART_WIDTH, left))} ${round(y(seq))}`;
  };
  const lines = streams.map((stream) => {
    const points = [
      place(stream.firstTs, stream.firstSeq),
      ...listKnownPoints(stream, gaps).map(({ ts, seq }) => place(ts, seq)),
      place(stream.lastTs, stream.lastSeq),
    ].filter((point) => point !== undefined);
    // A stream of one entry is a dot: a line of no length with round ends.
    return html`<path class="stream" d="M${points.join('L')}"><title>${translate('html.streamTitle', {
      first: String(stream.firstSeq),
      last: String(stream.lastSeq),
      count: stream.entries,
    })}</title></path>`;
  });
  const total = translate('n.stream', { count: streams.length });
  return html`<g><text class="panel-title" x="${LEFT}" y="${offset + 13}">${shorten(node, 60)}</text><text x="${CHART_WIDTH - 10}" y="${offset + 13}" text-anchor="end">${total}</text><path class="frame" d="M${LEFT} ${top}V${top + PLOT}H${CHART_WIDTH - 10}"/><text x="${LEFT - 8}" y="${top + 8}" text-anchor="end">${context.formatCount(highest)}</text><text x="${LEFT - 8}" y="${top + PLOT}" text-anchor="end">0</text>${drawGaps(gaps, x, y, top, context)}${lines}</g>`;
}

/** The lines on both sides of the gaps that are this stream's alone: there the line must not cut the corner. */
function listKnownPoints(
  stream: ReportStream,
  gaps: readonly NumberedGap[],
): { ts: string | undefined; seq: number }[] {
  return gaps
    .filter(({ finding }) => finding.streams?.length === 1 && finding.streams[0] === stream.id)
    .flatMap(({ finding }) => [...(finding.before ?? []).slice(0, 1), ...(finding.after ?? []).slice(0, 1)])
    .flatMap(({ ts, seq }) => (seq === undefined ? [] : [{ ts, seq }]))
    .sort((a, b) => a.seq - b.seq);
}

/** Draws the gaps in the order of time; a number that would stand on the one before it is left out. */
function drawGaps(
  gaps: readonly NumberedGap[],
  x: TimeScale,
  y: (seq: number) => number,
  top: number,
  context: ChartContext,
): Markup[] {
  let freeFrom = 0;
  return gaps
    .flatMap((gap) => {
      const micros = [gap.finding.fromTs, gap.finding.toTs].map((ts) => parseTs(ts ?? ''));
      if (!micros.every(Number.isFinite)) return [];
      const [left = 0, right = 0] = micros.sort((a, b) => a - b).map((time) => x(new Date(time / 1000)));
      return { ...gap, left: Math.max(LEFT, left), right: Math.min(CHART_WIDTH - 10, right) };
    })
    .sort((a, b) => a.left + a.right - b.left - b.right)
    .map(({ number, finding, left, right }) => {
      const middle = round((left + right) / 2);
      const high = y((finding.lastSeq ?? 0) + 1);
      const low = y((finding.firstSeq ?? 0) - 1);
      // A gap of two entries in a year is far smaller than a pixel; it is drawn as large as can be seen.
      const width = Math.max(3, right - left);
      const height = Math.max(3, low - high);
      const nearEnd = middle > CHART_WIDTH - 40;
      const withNumber = middle >= freeFrom;
      if (withNumber) freeFrom = middle + NUMBER_WIDTH;
      const mark = html`<title>${number}</title><line class="gap-line" x1="${middle}" x2="${middle}" y1="${top}" y2="${top + PLOT}"/><rect class="${width > 10 ? 'gap-wide' : 'gap'}" x="${round(middle - width / 2)}" y="${round((high + low - height) / 2)}" width="${round(width)}" height="${round(height)}"/>${
        withNumber
          ? html`<text class="gap-text" x="${nearEnd ? middle - 3 : middle + 3}" y="${top + 8}" text-anchor="${nearEnd ? 'end' : 'start'}">${number}</text>`
          : undefined
      }`;
      return context.findingsFollow
        ? html`<a href="#finding-${finding.id}">${mark}</a>`
        : html`<g>${mark}</g>`;
    });
}
