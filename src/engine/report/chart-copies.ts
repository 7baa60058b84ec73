/** Copies side by side: for each a bar from its first entry to its last, with what it lacks, what no copy has, and what differs. */
import type { Translate } from '../../catalogue/translate.ts';
import { type CopyMark, type CopyMarkKind, copyMarkKinds, layOutCopies } from '../../contract/copies.ts';
import type { Report } from '../../contract/report.ts';
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
import { nameSource } from './tell-finding.ts';

const LEFT = 150;
const ROW = 30;
const BAR = 14;
const MAX_ROWS = 40;
/** Marks nearer than this part of the width are one. */
const STEPS = 300;

const looks: Readonly<Record<CopyMarkKind, string>> = {
  lacks: 'gap',
  ended: 'copy-ended',
  missing: 'copy-missing',
  differs: 'copy-differs',
};

/** Draws the lanes; nothing where there is one source only. */
export function drawCopiesChart(
  report: Report,
  translate: Translate,
  context: ChartContext,
): Markup | undefined {
  const lanes = layOutCopies(report, (ts) => parseTs(ts) / 1000, STEPS);
  if (!lanes) return undefined;
  const shown = lanes.lanes.slice(0, MAX_ROWS);
  const x = makeTimeScale(lanes.fromMs, lanes.toMs, LEFT, CHART_WIDTH - 10);
  const bottom = shown.length * ROW;
  const rows = shown.map(({ source, fromMs, toMs, marks }, row) => {
    const top = row * ROW + (ROW - BAR) / 2;
    const [left, right] = [x(new Date(fromMs)), x(new Date(toMs))];
    const name = nameSource(report.sources[source]!);
    return html`<text x="${LEFT - 10}" y="${top + BAR - 3}" text-anchor="end">${shorten(name, 20)}</text><rect class="copy" x="${round(left)}" y="${top}" width="${round(Math.max(2, right - left))}" height="${BAR}" rx="2"/>${marks.map(
      (mark) => drawMark(mark, top, x, translate, context),
    )}`;
  });
  const caption = [
    translate('copies.caption'),
    ...(lanes.lanes.length > MAX_ROWS
      ? [translate('html.moreInJson', { value: lanes.lanes.length - MAX_ROWS })]
      : []),
  ].join(' ');
  const legend = drawLegend([
    { mark: 'copy', name: translate('copies.holds') },
    ...copyMarkKinds.map((kind) => ({ mark: looks[kind], name: translate(`copies.${kind}`) })),
  ]);
  return drawFigure(
    bottom + 22,
    translate('copies.caption'),
    html`${drawTimeAxis(x, 0, bottom, context.locale)}${rows}`,
    [html`${legend}<p>${caption}</p>`],
  );
}

function drawMark(
  { kind, findings, fromMs, toMs, count }: CopyMark,
  top: number,
  x: TimeScale,
  translate: Translate,
  { findingsFollow }: ChartContext,
): Markup {
  const [left, right] = [x(new Date(fromMs)), x(new Date(toMs))];
  const width = Math.max(3, right - left);
  const start = Math.min(CHART_WIDTH - 10 - width, (left + right - width) / 2);
  const says = `${translate(`copies.${kind}`)}: ${translate('n.entry', { count })}`;
  // What differs stands out above and below: it may lie within what is missing.
  const reach = kind === 'differs' ? 4 : 0;
  const mark = html`<title>${says}</title><rect class="${looks[kind]}" x="${round(Math.max(LEFT, start))}" y="${top - reach}" width="${round(width)}" height="${BAR + 2 * reach}"/>`;
  return findingsFollow ? html`<a href="#finding-${findings[0] ?? ''}">${mark}</a>` : html`<g>${mark}</g>`;
}
