/**
 * Renders a report as one self-contained HTML file: no script, nothing fetched, fit to print.
 *
 * Every text passes `html`, which escapes it and shows control and bidirectional characters as marks. What is too much
 * for a document (the ten thousandth finding) is counted and said to be in the JSON report; nothing is cut in silence.
 */
import { LANGUAGES, pickLanguage } from '../../catalogue/languages.ts';
import type { Translate } from '../../catalogue/translate.ts';
import { type Document, DocumentPart } from '../../contract/document.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Report } from '../../contract/report.ts';
import { drawCopiesChart } from './chart-copies.ts';
import { drawCoverageChart } from './chart-coverage.ts';
import { drawEntriesChart } from './chart-entries.ts';
import { drawStreamsChart } from './chart-streams.ts';
import { renderEntries } from './html-entries.ts';
import { renderFindings } from './html-finding.ts';
import { type PageScheme, renderStyle } from './html-style.ts';
import { renderFacts, renderFiles, renderNodes, renderSkipped, renderStreams } from './html-tables.ts';
import { html, type Markup } from './html-template.ts';
import { formatLocalTimes } from './local-time.ts';
import { isMasked } from './mask-report.ts';
import { keepFullest, nameCopies } from './separate-copies.ts';
import {
  type FindingGroup,
  formatNumber,
  groupFindings,
  nameSource,
  tellCompared,
  tellOutside,
  tellPeriod,
  tellStatement,
} from './tell-finding.ts';

export interface HtmlOptions {
  /** BCP 47. */
  readonly locale: string;
  /** IANA zone of the reader: times are told in it beside the log's own. */
  readonly zone: string;
  /** Of a preview; what is handed on follows its reader's system. */
  readonly scheme?: PageScheme | undefined;
}

/** What a composed document holds beyond the report; without it all parts are told, and nobody's words. */
export type Composed = Pick<Document, 'choice' | 'reviews' | 'entries' | 'entriesLeftOut'>;

/** Renders the whole document. */
export function renderHtml(
  report: Report,
  translate: Translate,
  options: HtmlOptions,
  composed?: Composed,
): string {
  const groups = groupFindings(report.findings);
  const parts = new Set<DocumentPart>(composed?.choice.parts ?? DocumentPart.options);
  const caseName = report.case?.name;
  const title = [translate('report.title'), caseName].filter((part) => part !== undefined);
  const reviews = new Map(composed?.reviews.map((review) => [review.finding, review]));
  const context = { translate, sources: report.sources, reviews, ...options };
  const section = (part: DocumentPart, key: string, body: () => Markup, kind?: 'appendix') =>
    parts.has(part) ? renderSection(key, body(), translate, kind) : undefined;
  const { direction } = LANGUAGES[pickLanguage([options.locale])];
  const document = html`<!doctype html>
<html lang="${options.locale}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="${report.made.tool} ${report.made.version}">
<title>${title.join(': ')}</title>
${renderStyle(caseName ?? translate('report.title'), `${report.made.tool} ${report.made.version}`, options.scheme)}
</head>
<body><main>
${renderMasthead(report, translate, options)}
${parts.has('verdict') ? renderVerdict(report, parts.has('limits'), translate) : undefined}
${section('verdict', 'found', () => renderFound(report, translate, options))}
${section('coverage', 'charts', () => renderCharts(report, groups, parts.has('findings'), translate, options))}
${section('findings', 'findings', () => renderFindings(groups, context))}
${composed === undefined ? undefined : section('entries', 'entries', () => renderEntries(composed, groups, context))}
${section('method', 'method', () => renderMethod(report, translate, options))}
${section('limits', 'limits', () => renderLimits(report, translate))}
${section('coverage', 'streams', () => html`${renderNodes(report, translate)}${renderStreams(report, translate)}`)}
${section('hashes', 'files', () => renderFiles(report, translate), 'appendix')}
${section('hashes', 'skipped', () => renderSkipped(report, translate))}
</main></body>
</html>
`;
  return direction === 'rtl' ? isolateTimes(document.text) : document.text;
}

/**
 * In text from right to left, a time as written would be shown with its parts exchanged, as another time. Only between
 * tags: a `>` in an attribute is escaped.
 */
function isolateTimes(document: string): string {
  return document.replace(/>[^<]+/g, (text) =>
    text.replace(/\d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:[+-]\d\d:\d\d|Z)?)?/g, '\u2066$&\u2069'),
  );
}

function renderSection(key: string, body: Markup, translate: Translate, kind = ''): Markup {
  return html`<section id="${key}" class="${kind}"><h2>${translate(`html.section.${key}`)}</h2>${body}</section>`;
}

function renderMasthead(
  { made, case: about }: Report,
  translate: Translate,
  { zone, locale }: HtmlOptions,
): Markup {
  const at = formatLocalTimes([made.at], locale, zone) ?? made.at;
  const named = [
    [translate('document.case'), about?.name],
    [translate('document.examiner'), about?.examiner],
  ].filter(([, value]) => value !== undefined);
  return html`<div class="masthead"><strong>${made.tool} ${made.version}</strong><span>${translate('html.madeOn', { at })}</span></div><header><h1>${translate('report.title')}</h1>${
    named.length === 0
      ? undefined
      : html`<dl class="case">${named.map(([label, value]) => html`<dt>${label}</dt><dd dir="auto">${value}</dd>`)}</dl>`
  }</header>`;
}

function renderVerdict(report: Report, limitsFollow: boolean, translate: Translate): Markup {
  const { totals, verdict } = report;
  const isOfTotals = (finding: Finding): boolean =>
    totals.source === undefined || finding.source === totals.source;
  const gaps = report.findings.filter((finding) => finding.kind === 'gap' && isOfTotals(finding)).length;
  const figures: [key: string, value: number, raised: boolean][] = [
    ['missing', totals.missing, totals.missing > 0],
    ['gaps', gaps, gaps > 0],
    ['conflicts', totals.conflicts, totals.conflicts > 0],
    ['malformed', totals.malformed, totals.malformed > 0],
    ['duplicates', totals.duplicates, false],
    ['entries', totals.entries, false],
    ...(totals.salvaged > 0 ? [['salvaged', totals.salvaged, false] as [string, number, boolean]] : []),
    ['lines', totals.lines, false],
    ['streams', totals.streams, false],
    ['nodes', totals.nodes, false],
    ['files', totals.files, false],
  ];
  const limits = translate('html.limitsLink', { count: report.notVisible.length });
  return html`<div class="verdict ${verdict}"><p class="name">${translate(`verdictName.${verdict}`)}</p><p class="sentence">${keepTimes(tellStatement(report.statement, 'verdict', translate))} ${tellOutside(report, translate)}</p><p class="muted">${translate(`verdictSays.${report.statement.code === 'intact-open' ? 'intact-open' : verdict}`)} ${limitsFollow ? html`<a href="#limits">${limits}</a>` : limits}</p></div><dl class="figures">${figures.map(
    ([key, value, raised]) =>
      html`<div class="${raised ? 'raised' : ''}"><dt>${translate(`html.figure.${key}`)}</dt><dd>${formatNumber(value, translate)}</dd></div>`,
  )}</dl>${tellFullest('html.fullest', report, translate)}`;
}

/** Says of which copy figures or a chart are, where there are several. */
function tellFullest(key: string, { totals, sources }: Report, translate: Translate): Markup | undefined {
  const source = totals.source === undefined ? undefined : sources[totals.source];
  return source && html`<p class="muted">${translate(key, { source: nameSource(source) })}</p>`;
}

/** Keeps each time of a sentence on one line. */
function keepTimes(sentence: string): Markup[] {
  return sentence
    .split(/(\d{4}-\d\d-\d\d[T ][\d:.]+(?:[+-]\d\d:\d\d|Z)?)/)
    .map((part, i) => (i % 2 === 1 ? html`<span class="ts">${part}</span>` : html`${part}`));
}

function renderFound(report: Report, translate: Translate, { locale, zone }: HtmlOptions): Markup {
  const { requested, found, sources, compared } = report;
  const local = formatLocalTimes([found.firstTs, found.lastTs], locale, zone);
  const counts = [
    translate('n.day', { count: found.days }),
    translate('n.node', { count: found.nodes }),
    translate('n.file', { count: found.files }),
  ].join(', ');
  return renderFacts([
    [
      translate('report.requested'),
      tellPeriod(requested.from, requested.to, translate) || translate('report.everything'),
    ],
    [
      translate('report.found'),
      html`${tellPeriod(found.firstTs, found.lastTs, translate) || translate('report.noEntry')}${
        local === undefined
          ? undefined
          : html`<br><span class="muted">${translate('html.localTimes', { zone, times: local })}</span>`
      }<br>${counts}`,
    ],
    ...sources.map((source) => renderSource(source, sources.length, translate)),
    [
      translate('text.compared'),
      compared === undefined ? translate('html.notCompared') : tellCompared(compared, translate),
    ],
  ]);
}

/** What was opened as one source; of several copies each has its figures. */
function renderSource(
  { paths, files, entries, streams, missing }: Report['sources'][number],
  sources: number,
  translate: Translate,
): readonly [label: string, value: Markup] {
  const figures = [
    translate('n.file', { count: files }),
    translate('n.entry', { count: entries }),
    ...(sources > 1
      ? [translate('n.stream', { count: streams }), translate('report.missing', { count: missing })]
      : []),
  ];
  return [
    translate(sources > 1 ? 'html.copy' : 'html.source'),
    html`${paths.slice(0, 50).map((path) => html`<bdi>${path}</bdi><br>`)}${
      paths.length > 50 ? html`${translate('html.moreInJson', { value: paths.length - 50 })}<br>` : undefined
    }<span class="muted">${figures.join(', ')}</span>`,
  ];
}

function renderCharts(
  report: Report,
  groups: readonly FindingGroup[],
  findingsFollow: boolean,
  translate: Translate,
  { locale }: HtmlOptions,
): Markup {
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const context = { locale, formatCount: (value: number): string => compact.format(value), findingsFollow };
  const gaps = groups.find(({ kind }) => kind === 'gap')?.numbered ?? [];
  const fullest = keepFullest(report);
  const charts = [
    drawCopiesChart(report, translate, context),
    drawEntriesChart(fullest, translate, context),
    drawCoverageChart(nameCopies(report), translate, context),
    drawStreamsChart(
      fullest,
      gaps.filter(({ finding }) => fullest.findings.includes(finding)),
      translate,
      context,
    ),
  ].filter((chart) => chart !== undefined);
  if (charts.length === 0) return html`<p>${translate('html.noChart')}</p>`;
  return html`${tellFullest('html.ofFullest', report, translate)}${charts}`;
}

function renderMethod(report: Report, translate: Translate, { zone }: HtmlOptions): Markup {
  const { made } = report;
  // That values are left out is a sentence of its own.
  const parameters = Object.entries(made.parameters)
    .filter(([key]) => key !== 'mask')
    .map(([key, value]) => [nameParameter(key, translate), tellParameter(value)] as const);
  return html`${made.method.map((said) => html`<p>${tellStatement(said, 'method', translate)}</p>`)}${
    isMasked(report) ? html`<p>${translate('report.masked')}</p>` : undefined
  }<h3>${translate('html.made')}</h3>${renderFacts([
    [translate('html.tool'), `${made.tool} ${made.version}`],
    [translate('html.at'), made.at],
    [translate('html.zone'), made.zone],
    [translate('html.readerZone'), zone === made.zone ? '' : zone],
    ...parameters,
  ])}`;
}

/** What was asked for, in the reader's words; as it is called where the catalogue lacks it. */
function nameParameter(name: string, translate: Translate): string {
  const key = `html.parameter.${name}`;
  // Only a plain name may reach the catalogue (tell-finding.ts).
  const told = /^[a-z]+$/.test(name) ? translate(key) : key;
  return told === key ? name : told;
}

function tellParameter(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((part) => typeof part === 'string')) return value.join(' · ');
  return JSON.stringify(value) ?? '';
}

function renderLimits(report: Report, translate: Translate): Markup {
  return html`<p>${translate('html.limitsLead')}</p><ul class="limits">${report.notVisible.map(
    (limit) => html`<li>${tellStatement(limit, 'notVisible', translate)}</li>`,
  )}</ul>`;
}
