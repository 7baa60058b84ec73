/** Which columns the table has beside the time, in which order and how wide. Untouched, it fits itself to its room. */

export const columnNames = ['node', 'seq', 'model', 'record', 'action', 'user', 'place'] as const;
export type ColumnName = (typeof columnNames)[number];

export interface ColumnLayout {
  /** All columns; those that are not shown keep their place. */
  readonly order: readonly ColumnName[];
  readonly hidden: readonly ColumnName[];
  /** In pixels, where the person chose one. */
  readonly widths: Readonly<Partial<Record<ColumnName | 'ts', number>>>;
}

export const defaultLayout: ColumnLayout = { order: columnNames, hidden: [], widths: {} };

const LEAST_WIDTH = 48;
/** Least width and share of what is left. */
const tracks: Readonly<Record<ColumnName, readonly [least: number, share: number]>> = {
  node: [96, 1],
  seq: [62, 0],
  model: [138, 1.6],
  record: [70, 0.7],
  action: [80, 0.8],
  user: [120, 1.5],
  place: [150, 1.7],
};
const TIME_TRACK = 'calc(25.5ch + 40px)';

export function listShown({ order, hidden }: ColumnLayout): ColumnName[] {
  return order.filter((column) => !hidden.includes(column));
}

export function isDefault(layout: ColumnLayout): boolean {
  const { order, hidden, widths } = layout;
  return String(order) === String(columnNames) && hidden.length === 0 && Object.keys(widths).length === 0;
}

/** The layout as custom properties of CSS: grid tracks, the time's first, and the least width of a row. */
export function writeTracks(layout: ColumnLayout): Readonly<Record<`--${string}`, string>> {
  const { widths } = layout;
  const time = widths.ts === undefined ? TIME_TRACK : `${widths.ts}px`;
  const others = listShown(layout).map((column) => {
    const [least, share] = tracks[column];
    const width = widths[column];
    return width === undefined
      ? `minmax(${least}px, ${share === 0 ? `${least}px` : `${share}fr`})`
      : `${width}px`;
  });
  const least = listShown(layout).reduce((sum, column) => sum + (widths[column] ?? tracks[column][0]), 0);
  return {
    '--entry-tracks': [time, ...others].join(' '),
    '--entry-least': `calc(${time} + ${least + 24}px)`,
  };
}

/** Shows a column or hides it. */
export function toggleColumn(layout: ColumnLayout, column: ColumnName): ColumnLayout {
  const hidden = layout.hidden.includes(column)
    ? layout.hidden.filter((other) => other !== column)
    : [...layout.hidden, column];
  return { ...layout, hidden };
}

/** Moves a column by places; beyond an end it stays there. */
export function moveColumn(layout: ColumnLayout, column: ColumnName, by: number): ColumnLayout {
  const rest = layout.order.filter((other) => other !== column);
  const to = Math.max(0, Math.min(rest.length, layout.order.indexOf(column) + by));
  return { ...layout, order: [...rest.slice(0, to), column, ...rest.slice(to)] };
}

export function resizeColumn(layout: ColumnLayout, column: ColumnName | 'ts', width: number): ColumnLayout {
  return { ...layout, widths: { ...layout.widths, [column]: Math.max(LEAST_WIDTH, Math.round(width)) } };
}

/** What was kept, as far as it can be read: another version may have had other columns. */
export function readLayout(kept: string | undefined): ColumnLayout {
  try {
    const { order = [], hidden = [], widths = {} } = JSON.parse(kept ?? '') as Partial<ColumnLayout>;
    const known = order.filter((column) => columnNames.includes(column));
    const missing = columnNames.filter((column) => !known.includes(column));
    const sizes = Object.entries(widths).filter(
      ([column, width]) =>
        (column === 'ts' || columnNames.some((name) => name === column)) && Number.isFinite(width),
    );
    return {
      order: [...new Set(known), ...missing],
      hidden: hidden.filter((column) => columnNames.includes(column)),
      widths: Object.fromEntries(sizes),
    };
  } catch {
    return defaultLayout;
  }
}
