/**
 * The only way to make HTML here: a tagged template that escapes every value, so that text from a log stays text.
 * Markup is a class of its own; a string never turns into it except in a template's literal parts.
 */
import { showMarks } from '../../catalogue/show-marks.ts';
import { clipText } from '../base/clip-text.ts';

/** Finished markup. Only `html` makes it. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type HtmlValue = string | number | Markup | undefined | readonly HtmlValue[];

/**
 * Fills a template: markup as it is, lists one after another, nothing for `undefined`, and all else as text with marks
 * for what cannot be seen. Safe between tags and inside a quoted attribute; not for URLs, styles or scripts.
 */
export function html(literals: TemplateStringsArray, ...values: readonly HtmlValue[]): Markup {
  const parts: string[] = [];
  literals.forEach((literal, i) => {
    parts.push(literal);
    if (i < values.length) fillValue(values[i], parts);
  });
  return new Markup(parts.join(''));
}

function fillValue(value: HtmlValue, parts: string[]): void {
  if (value === undefined) return;
  if (value instanceof Markup) parts.push(value.text);
  else if (typeof value === 'number') parts.push(String(value));
  else if (typeof value === 'string') parts.push(escapeText(value));
  else for (const item of value) fillValue(item, parts);
}

/** Characters of one value that are shown: keeps a report of hostile names to a readable size. */
const MAX_TEXT = 2000;

/** A person's own words, of any language and as many lines. */
export function renderNote(note: string): Markup {
  return html`<div class="note">${note.split(/\r?\n/).map((line) => html`<div dir="auto">${line}</div>`)}</div>`;
}

/** Makes a string of CSS, for `content`: every character but letters and digits is written as its number. */
export function cssString(text: string): Markup {
  const escaped = [...showMarks(clipText(text, MAX_CSS_TEXT))].map((character) =>
    /[a-z0-9]/i.test(character) ? character : `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  );
  return new Markup(`"${escaped.join('')}"`);
}

/** As much as the head of a page has room for. */
const MAX_CSS_TEXT = 90;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeText(text: string): string {
  return showMarks(clipText(text, MAX_TEXT)).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}
