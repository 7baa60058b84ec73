/** Findings in the HTML report: the first thousands in full, the next in a table, and a word on any beyond. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Finding, Place, Statement } from '../../contract/finding.ts';
import type { Review } from '../../contract/mark.ts';
import type { Report } from '../../contract/report.ts';
import { html, type Markup, renderNote } from './html-template.ts';
import { formatLocalTimes } from './local-time.ts';
import {
  type FindingGroup,
  listOwn,
  listShared,
  listSides,
  tellCause,
  tellCount,
  tellOwnPlace,
  tellPlace,
  tellSeqs,
  tellSource,
  tellStatement,
  tellTimes,
} from './tell-finding.ts';

const MAX_IN_FULL = 1500;
const MAX_IN_TABLE = 20_000;
const MAX_PLACES = 6;
const MAX_STATEMENTS = 8;
const MAX_STREAMS = 6;

export interface FindingContext {
  readonly translate: Translate;
  /** The report's, to name the copy that a finding is about. */
  readonly sources: Report['sources'];
  /** What the reviewer said, by the finding's id: such a finding is always told in full. */
  readonly reviews: ReadonlyMap<string, Review>;
  readonly locale: string;
  /** IANA zone of the reader, in which times are given a second time where it differs from the log's own. */
  readonly zone: string;
}

/** Renders all groups in the order of telling; `from` their numbers on, what is shown in which way is bounded. */
export function renderFindings(groups: readonly FindingGroup[], context: FindingContext): Markup {
  const { translate } = context;
  if (groups.length === 0) return html`<p>${translate('text.noFinding')}</p>`;
  const all = groups.reduce((sum, { numbered }) => sum + numbered.length, 0);
  const bounds: Markup[] = [];
  if (all > MAX_IN_FULL) {
    bounds.push(
      html`<p class="left-out">${translate('html.findingsBound', { full: MAX_IN_FULL, all })}${
        all > MAX_IN_FULL + MAX_IN_TABLE
          ? ` ${translate('html.findingsBeyond', { value: all - MAX_IN_FULL - MAX_IN_TABLE })}`
          : undefined
      }</p>`,
    );
  }
  return html`${bounds}${groups.map((group) => renderGroup(group, context))}`;
}

function renderGroup(group: FindingGroup, context: FindingContext): Markup {
  const { kind, effect, numbered } = group;
  const shared = listShared(group);
  const { translate, reviews } = context;
  const isFull = ({ number, finding }: FindingGroup['numbered'][number]): boolean =>
    number <= MAX_IN_FULL || reviews.has(finding.id);
  const full = numbered.filter(isFull);
  const table = numbered.filter((one) => !isFull(one) && one.number <= MAX_IN_FULL + MAX_IN_TABLE);
  return html`<section><h3 id="kind-${kind}">${translate(`kinds.${kind}`)} <span class="muted number">(${translate('report.number', { value: numbered.length })})</span></h3><p class="kind-says">${translate(`kindSays.${kind}`)} ${translate(`html.effect.${effect}`)}</p>${renderShared(shared, translate)}${full.map(
    ({ number, finding }) => renderFinding(number, finding, shared, context),
  )}${table.length > 0 ? renderTable(table, translate) : undefined}</section>`;
}

function renderFinding(
  number: number,
  finding: Finding,
  shared: readonly Statement[],
  context: FindingContext,
): Markup {
  const { translate } = context;
  const title = [
    finding.node,
    tellSeqs(finding, translate),
    tellOwnPlace(finding),
    tellSource(finding, context.sources, translate),
  ].filter((part) => part !== undefined && part !== '');
  const count = tellCount(finding, translate);
  const lacks = finding.kind === 'gap' || finding.kind === 'missing-in-copy';
  const local = formatLocalTimes([finding.fromTs, finding.toTs], context.locale, context.zone);
  const streams = finding.streams ?? [];
  return html`<article class="finding" id="finding-${finding.id}"><header><span class="index number">${number}</span><h4>${title.map(
    (part, i) => html`${i > 0 ? ' · ' : ''}<bdi>${part}</bdi>`,
  )}</h4><span class="count ${lacks ? 'raised' : ''}">${count}</span></header><dl class="detail">${[
    renderRow('time', tellTimes(finding, translate), translate),
    local === undefined
      ? undefined
      : html`<dt></dt><dd class="muted">${translate('html.localTimes', { zone: context.zone, times: local })}</dd>`,
    listSides(finding).map(([label, places]) => renderPlaces(label, places, translate)),
    renderRow('cause', tellCause(finding, translate), translate),
    renderStatements('evidence', finding.evidence, translate),
    renderStatements('wouldTell', listOwn(finding, shared), translate),
    renderSalvaged(finding, translate),
    streams.length > 1
      ? renderRow(
          'streams',
          translate('html.anyOf', { streams: listSome(streams, MAX_STREAMS, translate) }),
          translate,
        )
      : renderRow('stream', streams[0] ?? '', translate),
    renderReview(context.reviews.get(finding.id), translate),
    html`<dt>${translate('html.id')}</dt><dd class="mono">${finding.id}</dd>`,
  ]}</dl></article>`;
}

function renderReview(review: Review | undefined, translate: Translate): Markup | undefined {
  if (review === undefined) return undefined;
  const { state, note } = review;
  return html`<dt>${translate('document.review')}</dt><dd><span class="state">${translate(`document.state.${state}`)}</span>${
    note === '' ? undefined : renderNote(note)
  }</dd>`;
}

function renderRow(label: string, text: string, translate: Translate): Markup | undefined {
  return text === '' ? undefined : html`<dt>${translate(`report.${label}`)}</dt><dd>${text}</dd>`;
}

function renderShared(shared: readonly Statement[], translate: Translate): Markup | undefined {
  if (shared.length === 0) return undefined;
  return html`<div class="shared"><p>${translate('report.wouldTellAll')}</p><ul>${shared.map(
    (statement) => html`<li>${tellStatement(statement, 'wouldTell', translate)}</li>`,
  )}</ul></div>`;
}

function renderPlaces(
  label: string,
  places: readonly Place[] | undefined,
  translate: Translate,
): Markup | undefined {
  if (places === undefined || places.length === 0) return undefined;
  const rest = places.length - MAX_PLACES;
  const items = places.slice(0, MAX_PLACES).map(({ path, line, seq, ts }) => {
    const facts = [seq === undefined ? '' : translate('report.seq', { first: String(seq) }), ts ?? ''];
    return html`<li><bdi>${tellPlace({ path, line })}</bdi> <span class="muted">${facts.filter((fact) => fact !== '').join(', ')}</span></li>`;
  });
  return html`<dt>${translate(`report.${label}`)}${
    places.length > 1 ? html` <span class="muted">${translate('html.oneOf')}</span>` : undefined
  }</dt><dd><ul>${items}${rest > 0 ? html`<li>${translate('html.moreInJson', { value: rest })}</li>` : undefined}</ul></dd>`;
}

function renderStatements(
  group: 'evidence' | 'wouldTell',
  statements: readonly Statement[] | undefined,
  translate: Translate,
): Markup | undefined {
  if (statements === undefined || statements.length === 0) return undefined;
  const rest = statements.length - MAX_STATEMENTS;
  return html`<dt>${translate(`report.${group}`)}</dt><dd><ul>${statements
    .slice(0, MAX_STATEMENTS)
    .map((statement) => html`<li>${tellStatement(statement, group, translate)}</li>`)}${
    rest > 0 ? html`<li>${translate('html.moreInJson', { value: rest })}</li>` : undefined
  }</ul></dd>`;
}

function renderSalvaged({ salvaged }: Finding, translate: Translate): Markup | undefined {
  if (salvaged === undefined || salvaged.length === 0) return undefined;
  const rest = salvaged.length - MAX_PLACES;
  return html`<dt>${translate('report.salvaged')}</dt><dd><ul>${salvaged
    .slice(0, MAX_PLACES)
    .map(
      ({ node, seq, ts }) =>
        html`<li><bdi>${node}</bdi> ${translate('report.seq', { first: String(seq) })}, ${ts}</li>`,
    )}${rest > 0 ? html`<li>${translate('html.moreInJson', { value: rest })}</li>` : undefined}</ul></dd>`;
}

function renderTable(numbered: FindingGroup['numbered'], translate: Translate): Markup {
  return html`<table><thead><tr><th class="right">#</th><th>${translate('html.node')}</th><th>${translate('html.seqs')}</th><th class="right">${translate('html.count')}</th><th>${translate('html.from')}</th><th>${translate('html.to')}</th><th>${translate('html.place')}</th></tr></thead><tbody>${numbered.map(
    ({ number, finding }) => {
      const place = finding.before?.[0];
      const own = tellOwnPlace(finding) || (place === undefined ? '' : tellPlace(place));
      const seqs = [finding.firstSeq, finding.lastSeq === finding.firstSeq ? undefined : finding.lastSeq];
      return html`<tr id="finding-${finding.id}"><td class="right">${number}</td><td>${finding.node}</td><td>${seqs.filter((seq) => seq !== undefined).join('–')}</td><td class="right">${finding.atLeast === true ? '≥ ' : ''}${finding.count}</td><td>${finding.fromTs}</td><td>${finding.toTs}</td><td>${own}</td></tr>`;
    },
  )}</tbody></table>`;
}

function listSome(items: readonly string[], limit: number, translate: Translate): string {
  const rest = items.length - limit;
  const told = items.slice(0, limit).join(', ');
  return rest > 0 ? `${told}, ${translate('html.moreInJson', { value: rest })}` : told;
}
