/** Coverage as a grid: a row for each node of each copy, a cell for each UTC day or, where these are many, for several. */
import type { Report } from '../../contract/report.ts';

export interface CoverageCell {
  /** First and last UTC day of the cell. */
  readonly firstDay: string;
  readonly lastDay: string;
  entries: number;
  missing: number;
}

export interface CoverageRow {
  readonly node: string;
  /** Index of the copy. */
  readonly source: number;
  readonly cells: CoverageCell[];
}

export interface CoverageGrid {
  readonly rows: CoverageRow[];
  readonly daysPerCell: number;
  /** The most entries of one cell: what the darkest shade stands for. */
  readonly most: number;
}

const DAY_MS = 86_400_000;

/** Lays the days between the first and the last out, those without entries too: that they are empty is the point. */
export function layOutCoverage(coverage: Report['coverage'], maxCells: number): CoverageGrid {
  const days = coverage.map(({ day }) => readDay(day)).filter((day) => !Number.isNaN(day));
  const first = days.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = days.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (first > last) return { rows: [], daysPerCell: 1, most: 0 };
  const daysPerCell = Math.ceil((last - first + 1) / maxCells);
  const width = Math.floor((last - first) / daysPerCell) + 1;
  const rows = new Map<string, CoverageRow>();
  for (const { node, source, day, entries, missing } of coverage) {
    const key = `${source} ${node}`;
    const at = Math.floor((readDay(day) - first) / daysPerCell);
    let row = rows.get(key);
    if (!row) {
      row = { node, source, cells: makeCells(first, width, daysPerCell, last) };
      rows.set(key, row);
    }
    const cell = row.cells[at];
    if (!cell) continue;
    cell.entries += entries;
    cell.missing += missing;
  }
  // Copies of one node stand below each other, to be compared.
  const sorted = [...rows.values()].sort((a, b) =>
    a.node === b.node ? a.source - b.source : a.node < b.node ? -1 : 1,
  );
  const most = sorted.flatMap(({ cells }) => cells).reduce((max, { entries }) => Math.max(max, entries), 0);
  return { rows: sorted, daysPerCell, most };
}

/** 0 for an empty cell, else 1 to 5; the square root keeps a quiet day apart from an empty one beside a busy one. */
export function chooseShade(entries: number, most: number): number {
  return entries === 0 ? 0 : Math.max(1, Math.ceil(Math.sqrt(entries / most) * 5));
}

/** From the beginning of a UTC day to the end of another, as a filter's times. */
export function boundDays(firstDay: string, lastDay: string): { readonly from: string; readonly to: string } {
  return { from: `${firstDay}T00:00:00Z`, to: `${writeDay(readDay(lastDay) + 1)}T00:00:00Z` };
}

function makeCells(first: number, width: number, daysPerCell: number, last: number): CoverageCell[] {
  return Array.from({ length: width }, (_, at) => ({
    firstDay: writeDay(first + at * daysPerCell),
    lastDay: writeDay(Math.min(last, first + (at + 1) * daysPerCell - 1)),
    entries: 0,
    missing: 0,
  }));
}

function readDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / DAY_MS;
}

function writeDay(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
