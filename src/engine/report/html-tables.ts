/** The tables of the HTML report: nodes, streams, files with their hashes, and what was not read. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Report } from '../../contract/report.ts';
import { type HtmlValue, html, type Markup } from './html-template.ts';
import { formatNumber, nameSource, tellPeriod, tellStatement } from './tell-finding.ts';

const MAX_ROWS = { nodes: 300, streams: 150, files: 5000, archives: 1000, skipped: 2000 };

/** Renders a table of labels and their values; rows without a value are left out. */
export function renderFacts(rows: readonly (readonly [label: string, value: HtmlValue])[]): Markup {
  return html`<table class="facts"><tbody>${rows
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([label, value]) => html`<tr><th scope="row">${label}</th><td>${value}</td></tr>`)}</tbody></table>`;
}

/** Renders the nodes with their figures. */
export function renderNodes({ nodes, sources }: Report, translate: Translate): Markup {
  const head = ['node', ...headSource(sources), '>entries', '>streams', '>missing', 'first', 'last'];
  const rows = nodes
    .slice(0, MAX_ROWS.nodes)
    .map((node) => [
      html`<bdi>${node.node}</bdi>`,
      ...tellSourceCell(node.source, sources),
      formatNumber(node.entries, translate),
      formatNumber(node.streams, translate),
      formatNumber(node.missing, translate),
      node.firstTs,
      node.lastTs,
    ]);
  return renderTable(head, rows, nodes.length, translate);
}

/** Renders the streams, those with missing entries first. */
export function renderStreams({ streams, sources }: Report, translate: Translate): Markup {
  const head = ['stream', 'node', ...headSource(sources), '>first', '>last', '>entries', '>missing', 'start'];
  const rows = [...streams]
    .sort((a, b) => b.missing - a.missing)
    .slice(0, MAX_ROWS.streams)
    .map((stream) => [
      stream.id,
      html`<bdi>${stream.node}</bdi>`,
      ...tellSourceCell(stream.source, sources),
      stream.firstSeq,
      stream.lastSeq,
      formatNumber(stream.entries, translate),
      formatNumber(stream.missing, translate),
      tellStart(stream.start, translate),
    ]);
  return renderTable(head, rows, streams.length, translate);
}

/** A column that names the copy, where there are several. */
function headSource(sources: Report['sources']): string[] {
  return sources.length > 1 ? ['copy'] : [];
}

function tellSourceCell(source: number, sources: Report['sources']): Markup[] {
  const found = sources.length > 1 ? sources[source] : undefined;
  return found ? [html`<bdi>${nameSource(found)}</bdi>`] : [];
}

function tellStart(start: string, translate: Translate): string {
  return tellStatement({ code: start, values: {}, text: start }, 'start', translate);
}

/** Renders the files, each with the SHA-256 of its stored bytes and, where it differs, of its content. */
export function renderFiles({ files, archives }: Report, translate: Translate): Markup {
  const head = html`<thead><tr><th>${translate('html.path')}</th><th class="right">${translate('html.bytes')}</th><th class="right">${translate('html.lines')}</th><th class="right">${translate('html.entries')}</th><th class="right">${translate('html.malformed')}</th><th>${translate('html.dialect')}</th></tr></thead>`;
  const body = files.slice(0, MAX_ROWS.files).map((file) => {
    const notes = [
      tellPeriod(file.firstTs, file.lastTs, translate),
      [file.compression, file.encoding].filter((part) => part !== undefined).join(', '),
      file.copyOf === undefined ? '' : translate('report.copyOf', { path: file.copyOf }),
    ].filter((note) => note !== '');
    return html`<tbody class="pair"><tr class="file"><td><bdi>${file.path}</bdi>${notes.map(
      (note) => html`<br><span class="muted">${note}</span>`,
    )}</td><td class="right">${formatNumber(file.bytes, translate)}</td><td class="right">${formatNumber(file.lines, translate)}</td><td class="right">${formatNumber(file.entries, translate)}</td><td class="right">${formatNumber(file.malformed, translate)}</td><td>${translate(`dialect.${file.dialect}`)}</td></tr><tr class="hash"><td colspan="6">SHA-256 ${file.sha256}${
      file.contentSha256 === undefined
        ? undefined
        : html`<br>${translate('html.contentSha256', { sha256: file.contentSha256 })}`
    }</td></tr></tbody>`;
  });
  const rest = renderRest(files.length - MAX_ROWS.files, translate);
  return html`<table>${head}${body}</table>${rest}${archives.length > 0 ? renderArchives(archives, translate) : undefined}`;
}

function renderArchives(archives: Report['archives'], translate: Translate): Markup {
  const rows = archives
    .slice(0, MAX_ROWS.archives)
    .map(({ path, bytes, members, sha256 }) => [
      html`<bdi>${path}</bdi>`,
      formatNumber(bytes, translate),
      formatNumber(members, translate),
      html`<span class="mono">${sha256}</span>`,
    ]);
  return html`<h3>${translate('html.archives')}</h3>${renderTable(['path', '>bytes', '>members', 'sha256'], rows, archives.length, translate)}`;
}

/** Renders the files that were not read, with the reason. */
export function renderSkipped({ skipped }: Report, translate: Translate): Markup {
  if (skipped.length === 0) return html`<p>${translate('html.nothingSkipped')}</p>`;
  const rows = skipped
    .slice(0, MAX_ROWS.skipped)
    .map(({ path, bytes, reason }) => [
      html`<bdi>${path}</bdi>`,
      formatNumber(bytes, translate),
      tellStatement(reason, 'skipped', translate),
    ]);
  return renderTable(['path', '>bytes', 'reason'], rows, skipped.length, translate);
}

/** `head`: keys of the catalogue; one that begins with `>` heads a column of figures. */
function renderTable(
  head: readonly string[],
  rows: readonly (readonly HtmlValue[])[],
  total: number,
  translate: Translate,
): Markup {
  const columns = head.map((key) => ({ right: key.startsWith('>'), key: key.replace('>', '') }));
  return html`<table><thead><tr>${columns.map(
    ({ right, key }) =>
      html`<th scope="col" class="${right ? 'right' : ''}">${translate(`html.${key}`)}</th>`,
  )}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr>${row.map((cell, i) => html`<td class="${columns[i]?.right === true ? 'right' : ''}">${cell}</td>`)}</tr>`,
  )}</tbody></table>${renderRest(total - rows.length, translate)}`;
}

function renderRest(rest: number, translate: Translate): Markup | undefined {
  return rest > 0
    ? html`<p class="left-out">${translate('html.moreInJson', { value: rest })}</p>`
    : undefined;
}
