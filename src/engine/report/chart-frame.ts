/** What the charts share: their width, colours by class, a time axis and a legend. Days and times are UTC. */
import { scaleUtc } from 'd3-scale';
import { html, type Markup } from './html-template.ts';

export const CHART_WIDTH = 920;

export const DAY_MS = 86_400_000;

/** Periods longer than this have days on their axis, shorter ones times. */
const NAMES_DAYS_MS = 3 * DAY_MS;

/** What every part of the HTML report is rendered with. */
export interface ChartContext {
  readonly locale: string;
  readonly formatCount: (value: number) => string;
  /** Whether the document tells findings: marks of theirs lead there. */
  readonly findingsFollow: boolean;
}

export type TimeScale = ReturnType<typeof makeTimeScale>;

/** Makes a time scale over milliseconds; a period without length is widened, so that its one point has a place. */
export function makeTimeScale(fromMs: number, toMs: number, left: number, right: number) {
  const widen = toMs - fromMs < 1000 ? 500 : 0;
  return scaleUtc()
    .domain([new Date(fromMs - widen), new Date(toMs + widen)])
    .range([left, right]);
}

/** Draws the ticks of a time axis, and light rules through the plot above. */
export function drawTimeAxis(scale: TimeScale, top: number, bottom: number, locale: string): Markup {
  const [from, to] = scale.domain() as [Date, Date];
  const span = to.getTime() - from.getTime();
  // A label that names a day stands where the day begins, and once.
  const ticks = scale.ticks(8).filter((tick) => span <= NAMES_DAYS_MS || tick.getTime() % DAY_MS === 0);
  const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...chooseFields(span) });
  return html`<g class="axis">${ticks.map((tick) => {
    const x = round(scale(tick));
    return html`<line class="rule" x1="${x}" x2="${x}" y1="${top}" y2="${bottom}"/><text x="${x}" y="${bottom + 15}" text-anchor="middle">${format.format(tick)}</text>`;
  })}</g>`;
}

function chooseFields(spanMs: number): Intl.DateTimeFormatOptions {
  if (spanMs > 300 * DAY_MS) return { year: 'numeric', month: 'short' };
  if (spanMs > NAMES_DAYS_MS) return { month: 'short', day: 'numeric' };
  const time: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };
  if (spanMs > DAY_MS / 2) return { month: 'short', day: 'numeric', ...time };
  return spanMs > 600_000 ? time : { ...time, second: '2-digit' };
}

/** Draws a key to the colours of a chart. */
export function drawLegend(items: readonly { readonly mark: string; readonly name: string }[]): Markup {
  return html`<ul class="legend">${items.map(
    ({ mark, name }) =>
      html`<li><svg width="12" height="12" aria-hidden="true"><rect class="${mark}" width="12" height="12" rx="2"/></svg> <bdi>${name}</bdi></li>`,
  )}</ul>`;
}

/** Draws a chart with its caption; `label` is for those who do not see it. */
export function drawFigure(height: number, label: string, body: Markup, caption: readonly Markup[]): Markup {
  return html`<figure><svg viewBox="0 0 ${CHART_WIDTH} ${height}" role="img" aria-label="${label}">${body}</svg><figcaption>${caption}</figcaption></figure>`;
}

/** Rounds a coordinate: a tenth of a pixel is enough, and keeps the file small. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Shortens a name for the margin of a chart in its middle: names of containers differ at their ends. */
export function shorten(name: string, length: number): string {
  if (name.length <= length) return name;
  const head = [...name.slice(0, length)].slice(0, Math.floor(length / 2) - 1).join('');
  const tail = [...name.slice(-length)].slice(-Math.floor(length / 2)).join('');
  return `${head}…${tail}`;
}
