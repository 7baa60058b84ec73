/** Chosen entries in the HTML report: where and when, who did what, and each value before and after. */
import type { DocumentEntry } from '../../contract/document.ts';
import type { WrittenValue } from '../../contract/entry.ts';
import type { FindingContext } from './html-finding.ts';
import { type HtmlValue, html, type Markup, renderNote } from './html-template.ts';
import { formatLocalTimes } from './local-time.ts';
import type { Composed } from './render-html.ts';
import { type FindingGroup, tellPlace } from './tell-finding.ts';

/** Renders the entries in time order, and says how many were chosen and are not here. */
export function renderEntries(
  { entries, entriesLeftOut, choice }: Composed,
  groups: readonly FindingGroup[],
  context: FindingContext,
): Markup {
  const { translate } = context;
  const numbers = new Map(
    groups.flatMap(({ numbered }) => numbered.map(({ number, finding }) => [finding.id, number] as const)),
  );
  return html`${
    entries.length === 0
      ? html`<p>${translate('document.noEntry')}</p>`
      : html`<p class="muted">${translate(choice.mask ? 'document.entriesMasked' : 'document.entriesLead')}</p>`
  }${
    entriesLeftOut === 0
      ? undefined
      : html`<p class="left-out">${translate('document.entriesLeftOut', { count: entriesLeftOut })}</p>`
  }${entries.map((entry) => renderEntry(entry, numbers, context))}`;
}

function renderEntry(
  entry: DocumentEntry,
  numbers: ReadonlyMap<string, number>,
  { translate, locale, zone }: FindingContext,
): Markup {
  const { model, resId, action, userLogin, userId, node, seq, ts, tags, note, thread } = entry;
  const local = formatLocalTimes([ts], locale, zone);
  const record = resId === undefined || resId === '' ? model : `${model},${resId}`;
  const rows: readonly (readonly [label: string, value: HtmlValue])[] = [
    ['user', userLogin || userId || undefined],
    ['node', html`<bdi>${node}</bdi> · ${translate('report.seq', { first: String(seq) })}`],
    ['place', html`<bdi>${tellPlace(entry)}</bdi>`],
    ['localTime', local === undefined ? undefined : translate('html.localTimes', { zone, times: local })],
    [
      'ofFinding',
      entry.findings
        .flatMap((id) => numbers.get(id) ?? [])
        .sort((a, b) => a - b)
        .join(', ') || undefined,
    ],
    [
      'tags',
      tags.length === 0
        ? undefined
        : html`${tags.map((tag, i) => html`${i > 0 ? ', ' : ''}<bdi>${tag}</bdi>`)}`,
    ],
    ['note', note === '' ? undefined : renderNote(note)],
    ['thread', thread && html`${thread.map(renderThreadNote)}`],
    ['salvaged', entry.salvaged ? translate('document.isSalvaged') : undefined],
    [
      'changed',
      entry.oldValues === undefined && entry.changed.length > 0 ? entry.changed.join(', ') : undefined,
    ],
    ['sha256', entry.sha256 === undefined ? undefined : html`<span class="mono">${entry.sha256}</span>`],
  ];
  return html`<article class="entry"><header><h4><bdi>${record}</bdi> · <bdi>${action}</bdi></h4><span class="ts">${ts}</span></header><dl class="detail">${rows
    .filter(([, value]) => value !== undefined)
    .map(
      ([label, value]) => html`<dt>${translate(`document.entry.${label}`)}</dt><dd>${value}</dd>`,
    )}</dl>${renderValues(entry, translate)}</article>`;
}

function renderThreadNote({ text, author, writtenAt }: NonNullable<DocumentEntry['thread']>[number]): Markup {
  return html`<div class="muted"><bdi>${author}</bdi> · <span class="ts">${writtenAt}</span></div>${renderNote(text)}`;
}

function renderValues(
  { oldValues = [], newValues = [], extra = [], changed }: DocumentEntry,
  translate: FindingContext['translate'],
): Markup | undefined {
  const keys = [...new Set([...oldValues, ...newValues].map(({ key }) => key))];
  // A key that a line has twice is told twice.
  const textOf = (values: readonly WrittenValue[], wanted: string): string =>
    values.flatMap(({ key, text }) => (key === wanted ? [text] : [])).join('\n');
  const table = (head: readonly string[], rows: readonly Markup[]): Markup | undefined =>
    rows.length === 0
      ? undefined
      : html`<table class="values"><thead><tr>${head.map((label) => html`<th scope="col">${translate(`document.entry.${label}`)}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
  return html`${table(
    ['key', 'old', 'new'],
    keys.map(
      (key) =>
        html`<tr class="${changed.includes(key) ? 'changed' : ''}"><td>${key}</td><td dir="auto">${textOf(oldValues, key)}</td><td dir="auto">${textOf(newValues, key)}</td></tr>`,
    ),
  )}${table(
    ['otherKey', 'value'],
    extra.map(({ key, text }) => html`<tr><td>${key}</td><td dir="auto">${text}</td></tr>`),
  )}`;
}
