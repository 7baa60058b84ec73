/** Coverage: a strip of days for each node, darker where there are more entries, underlined where some are missing. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Report } from '../../contract/report.ts';
import {
  CHART_WIDTH,
  type ChartContext,
  DAY_MS,
  drawFigure,
  drawLegend,
  round,
  shorten,
} from './chart-frame.ts';
import { findDayRange, readDay } from './coverage-days.ts';
import { html, type Markup } from './html-template.ts';

const LEFT = 150;
const ROW = 22;
const MAX_ROWS = 40;
const MAX_CELLS = 200;
/** Shades of a cell with entries: h1 to h5; h0 is a day without any. */
const SHADES = 5;

interface Cell {
  entries: number;
  missing: number;
}

/** Draws the strips; nothing where there is no day. */
export function drawCoverageChart(
  report: Report,
  translate: Translate,
  context: ChartContext,
): Markup | undefined {
  const days = findDayRange(report.coverage);
  if (days === undefined) return undefined;
  const daysPerCell = Math.ceil((days.last - days.first + 1) / MAX_CELLS);
  const cells = Math.floor((days.last - days.first) / daysPerCell) + 1;
  // Nodes with missing entries must not be among those left out.
  const nodes = [...report.nodes]
    .sort((a, b) => b.missing - a.missing || b.entries - a.entries)
    .slice(0, MAX_ROWS)
    .map(({ node }) => node)
    .sort();
  const rows = fillRows(report, nodes, days.first, daysPerCell, cells);
  const highest = Math.max(1, ...rows.flatMap((row) => row.map((cell) => cell?.entries ?? 0)));

  const firstMs = days.first * DAY_MS;
  const cellWidth = (CHART_WIDTH - LEFT) / cells;
  const bottom = nodes.length * ROW + 4;
  const dayFormat = new Intl.DateTimeFormat(context.locale, { timeZone: 'UTC', dateStyle: 'medium' });
  const body = rows.map((row, r) => {
    const node = nodes[r] ?? '';
    const drawn = row.map((cell, i) => {
      if (cell === undefined) return undefined;
      const from = firstMs + i * daysPerCell * DAY_MS;
      const left = round(LEFT + i * cellWidth);
      const width = round(cellWidth - (cells > 90 ? 0.5 : 1.5));
      const told = [
        translate('n.entry', { count: cell.entries }),
        ...(cell.missing > 0 ? [translate('report.atLeastMissing', { count: cell.missing })] : []),
      ].join(', ');
      return html`<g><title>${dayFormat.format(new Date(from))}: ${told}</title><rect class="h${chooseShade(cell.entries, highest)}" x="${left}" y="${r * ROW + 2}" width="${width}" height="${ROW - 6}"/>${
        cell.missing > 0
          ? html`<rect class="gap" x="${left}" y="${r * ROW + ROW - 7}" width="${width}" height="4"/>`
          : undefined
      }</g>`;
    });
    return html`<text x="${LEFT - 10}" y="${r * ROW + 14}" text-anchor="end">${shorten(node, 20)}</text>${drawn}`;
  });
  const labelEvery = Math.ceil(70 / cellWidth);
  const labelFormat = new Intl.DateTimeFormat(context.locale, {
    timeZone: 'UTC',
    month: 'short',
    day: 'numeric',
    ...(days.last - days.first > 300 ? { year: '2-digit' } : {}),
  });
  const labels = Array.from({ length: Math.ceil(cells / labelEvery) }, (_, i) => {
    const cell = i * labelEvery;
    const day = new Date(firstMs + cell * daysPerCell * DAY_MS);
    return html`<text x="${round(LEFT + (cell + 0.5) * cellWidth)}" y="${bottom + 13}" text-anchor="middle">${labelFormat.format(day)}</text>`;
  });
  const legend = drawLegend([
    { mark: 'h0', name: translate('html.legendNoEntry') },
    { mark: 'h1', name: translate('html.legendFew') },
    { mark: `h${SHADES}`, name: translate('html.legendMany', { value: highest }) },
    { mark: 'gap', name: translate('html.legendMissing') },
  ]);
  const leftOut = report.nodes.length - nodes.length;
  return drawFigure(
    bottom + 22,
    translate('html.coverageCaption', { count: daysPerCell }),
    html`${body}${labels}`,
    [
      html`${legend}<p>${translate('html.coverageCaption', { count: daysPerCell })}${leftOut > 0 ? ` ${translate('html.nodesLeftOut', { count: leftOut })}` : ''}</p>`,
    ],
  );
}

/** One row for each node; a cell is undefined before the node's first day and after its last. */
function fillRows(
  report: Report,
  nodes: readonly string[],
  firstDay: number,
  daysPerCell: number,
  cells: number,
): (Cell | undefined)[][] {
  const places = new Map(nodes.map((node, r) => [node, r]));
  const rows = nodes.map(() => new Array<Cell | undefined>(cells).fill(undefined));
  for (const { node, day, entries, missing } of report.coverage) {
    const row = rows[places.get(node) ?? -1];
    const i = Math.floor((readDay(day) - firstDay) / daysPerCell);
    if (row === undefined || !(i >= 0 && i < cells)) continue;
    const cell = row[i] ?? { entries: 0, missing: 0 };
    cell.entries += entries;
    cell.missing += missing;
    row[i] = cell;
  }
  for (const row of rows) {
    const first = row.findIndex((cell) => cell !== undefined);
    const last = row.findLastIndex((cell) => cell !== undefined);
    for (let i = first; i >= 0 && i < last; i += 1) row[i] ??= { entries: 0, missing: 0 };
  }
  return rows;
}

function chooseShade(entries: number, highest: number): number {
  if (entries === 0) return 0;
  // The square root keeps a quiet day apart from an empty one beside a very busy day.
  return Math.max(1, Math.min(SHADES, Math.ceil(Math.sqrt(entries / highest) * SHADES)));
}
