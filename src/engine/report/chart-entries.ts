/** Entries per UTC day, stacked by node, with a mark below each day on which entries are missing. */
import { scaleBand, scaleLinear } from 'd3-scale';
import type { Translate } from '../../catalogue/translate.ts';
import type { Report } from '../../contract/report.ts';
import { CHART_WIDTH, type ChartContext, DAY_MS, drawFigure, drawLegend, round } from './chart-frame.ts';
import { findDayRange, readDay } from './coverage-days.ts';
import { html, type Markup } from './html-template.ts';

const TOP = 8;
const PLOT = 190;
const LEFT = 56;
const MAX_BARS = 120;
/** Nodes with a colour of their own; the others are one. */
const MAX_NODES = 5;

interface Bar {
  readonly firstDay: number;
  readonly counts: number[];
  missing: number;
}

/** Draws the chart; nothing where the log covers a single day. */
export function drawEntriesChart(
  report: Report,
  translate: Translate,
  context: ChartContext,
): Markup | undefined {
  const days = findDayRange(report.coverage);
  if (days === undefined || days.last === days.first) return undefined;
  const daysPerBar = Math.ceil((days.last - days.first + 1) / MAX_BARS);
  const named = [...report.nodes].sort((a, b) => b.entries - a.entries).slice(0, MAX_NODES);
  const names = named.map(({ node }) => node).sort();
  const others = report.nodes.length - names.length;
  const bars = fillBars(report, days.first, days.last, daysPerBar, names);

  const x = scaleBand<number>()
    .domain(bars.map((_, i) => i))
    .range([LEFT, CHART_WIDTH - 4])
    .paddingInner(bars.length > 60 ? 0.1 : 0.28)
    .paddingOuter(0.1);
  const highest = Math.max(1, ...bars.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0)));
  const y = scaleLinear()
    .domain([0, highest])
    .nice(4)
    .range([TOP + PLOT, TOP]);
  const dayFormat = new Intl.DateTimeFormat(context.locale, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(days.last - days.first > 300 ? { year: '2-digit' } : {}),
  });
  const labelEvery = Math.ceil(bars.length / 12);

  const grid = y
    .ticks(4)
    .map(
      (tick) =>
        html`<line class="rule" x1="${LEFT}" x2="${CHART_WIDTH}" y1="${round(y(tick))}" y2="${round(y(tick))}"/><text x="${LEFT - 8}" y="${round(y(tick)) + 4}" text-anchor="end">${context.formatCount(tick)}</text>`,
    );
  const drawn = bars.map((bar, i) => {
    const left = x(i) ?? 0;
    const middle = round(left + x.bandwidth() / 2);
    let below = 0;
    const parts = bar.counts.map((count, n) => {
      if (count === 0) return undefined;
      const top = y(below + count);
      const height = y(below) - top;
      below += count;
      return html`<rect class="c${n}" x="${round(left)}" y="${round(top)}" width="${round(x.bandwidth())}" height="${round(height)}"/>`;
    });
    const label = dayFormat.format(new Date(bar.firstDay * DAY_MS));
    const total = translate('n.entry', { count: below });
    return html`<g><title>${label}: ${total}${bar.missing > 0 ? `, ${translate('report.atLeastMissing', { count: bar.missing })}` : ''}</title>${parts}${
      bar.missing > 0 ? drawMissing(middle, bar.missing, bars.length <= 31, context) : undefined
    }${i % labelEvery === 0 ? html`<text x="${middle}" y="${TOP + PLOT + 36}" text-anchor="middle">${label}</text>` : undefined}</g>`;
  });
  const legend = drawLegend([
    ...names.map((name, n) => ({ mark: `c${n}`, name })),
    ...(others > 0 ? [{ mark: `c${MAX_NODES}`, name: translate('html.otherNodes', { count: others }) }] : []),
    { mark: 'gap', name: translate('html.legendMissing') },
  ]);
  const caption = html`${legend}<p>${translate('html.entriesCaption', { count: daysPerBar })}</p>`;
  return drawFigure(
    TOP + PLOT + 44,
    translate('html.entriesCaption', { count: daysPerBar }),
    html`${grid}${drawn}`,
    [caption],
  );
}

function drawMissing(middle: number, missing: number, withFigure: boolean, context: ChartContext): Markup {
  const top = TOP + PLOT + 4;
  return html`<path class="gap" d="M${middle - 4} ${top + 8}h8l-4 -8z"/>${
    withFigure
      ? html`<text class="gap-text" x="${middle + 7}" y="${top + 9}">${context.formatCount(missing)}</text>`
      : undefined
  }`;
}

function fillBars(
  report: Report,
  firstDay: number,
  lastDay: number,
  daysPerBar: number,
  names: readonly string[],
): Bar[] {
  const bars = Array.from(
    { length: Math.floor((lastDay - firstDay) / daysPerBar) + 1 },
    (_, i): Bar => ({
      firstDay: firstDay + i * daysPerBar,
      counts: new Array<number>(MAX_NODES + 1).fill(0),
      missing: 0,
    }),
  );
  const colours = new Map(names.map((name, n) => [name, n]));
  for (const { node, day, entries, missing } of report.coverage) {
    const bar = bars[Math.floor((readDay(day) - firstDay) / daysPerBar)];
    if (bar === undefined) continue;
    const n = colours.get(node) ?? MAX_NODES;
    bar.counts[n] = (bar.counts[n] ?? 0) + entries;
    bar.missing += missing;
  }
  return bars;
}
