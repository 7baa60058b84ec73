/** Lines for a terminal: wrapping with a hanging indent, columns and the few colours that are used. */
import { showMarks } from '../../catalogue/show-marks.ts';
import type { Translate } from '../../catalogue/translate.ts';
import type { Report } from '../../contract/report.ts';
import { clipText } from '../base/clip-text.ts';

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33 } as const;

export type Style = keyof typeof codes;

/** Puts text in a style; gives it back unchanged where there is no colour. */
export type Paint = (style: Style, text: string) => string;

/** What every part of the page is rendered with. */
export interface Page {
  /** The report's, to name the copy that a finding is about. */
  readonly sources: Report['sources'];
  readonly translate: Translate;
  readonly paint: Paint;
  readonly width: number;
}

/** Makes the painter. ANSI sequences come from here only: what a log holds has gone through marks before. */
export function createPaint(colour: boolean): Paint {
  return (style, text) => (colour ? `\u001b[${codes[style]}m${text}\u001b[0m` : text);
}

/**
 * Wraps text at spaces; a word that is longer than a line (a path, a hash) is left whole, so that it can be copied.
 * `first` begins the first line, and the others are indented by as much.
 */
export function wrapText(text: string, width: number, first: string): string {
  const indent = ' '.repeat(measure(first));
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of showText(text).split(' ')) {
    if (!empty && measure(line) + 1 + measure(word) > width) {
      lines.push(line);
      line = indent + word;
    } else {
      line += empty ? word : ` ${word}`;
      empty = false;
    }
  }
  lines.push(line);
  return lines.join('\n');
}

/** Lays rows out in columns, two spaces apart; the last column is never padded, numbers stand right. */
export function layColumns(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const shown = rows.map((row) => row.map(showText));
  const widths: number[] = [];
  for (const row of shown) {
    row.forEach((cell, i) => {
      widths[i] = Math.min(Math.max(widths[i] ?? 0, measure(cell)), MAX_COLUMN);
    });
  }
  return shown.map((row) =>
    row
      .map((cell, i) => {
        const padding = ' '.repeat(Math.max(0, (widths[i] ?? 0) - measure(cell)));
        if (right.includes(i)) return padding + cell;
        return i === row.length - 1 ? cell : cell + padding;
      })
      .join('  ')
      .trimEnd(),
  );
}

/** A very long path pushes its own line out, not the column of all others. */
const MAX_COLUMN = 60;

function showText(text: string): string {
  return showMarks(clipText(text, 1000));
}

function measure(text: string): number {
  // Code points: a mark such as ⟨U+202E⟩ is as wide as it is long, and names of wide letters merely wrap early.
  return [...text].length;
}

/** Renders rows of a label and its text, the texts aligned and wrapped. */
export function renderLabelled(
  rows: readonly [label: string, text: string][],
  indent: string,
  page: Page,
): string[] {
  const labelWidth = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, text]) => {
    const first = `${indent}${label.padEnd(labelWidth)}  `;
    const wrapped = wrapText(text, page.width, first);
    return page.paint('dim', wrapped.slice(0, first.length)) + wrapped.slice(first.length);
  });
}

/** Renders the heading of a section. */
export function renderHeading(text: string, { paint }: Page): string {
  return paint('bold', showMarks(text).toUpperCase());
}

/** Says how many were left out and where they are; no line where none was. */
export function renderRest(rest: number, { translate, paint }: Page): string[] {
  return rest > 0 ? [paint('dim', `  ${translate('text.more', { value: rest })}`)] : [];
}
