/** Findings on a terminal: those that decide in full, those that inform in a line each. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Finding, Place, Statement } from '../../contract/finding.ts';
import {
  type FindingGroup,
  formatNumber,
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
import { type Page, renderHeading, renderLabelled, renderRest, wrapText } from './terminal-text.ts';

/** Of a kind so many are told in full, and the next ones in a line each. */
const LIMITS = { full: 5, findings: 20, informing: 4, places: 3, evidence: 4 };

/** Renders a kind that decides the verdict: the first findings with their places, cause and evidence. */
export function renderDeciding(group: FindingGroup, page: Page): string {
  const { translate } = page;
  const { kind, numbered } = group;
  const count = numbered.reduce((sum, { finding }) => sum + (finding.count ?? 0), 0);
  const atLeast = numbered.some(({ finding }) => finding.atLeast === true);
  // Gaps of several copies may be the same loss: they are never added up.
  const missing = page.sources.length < 2 && kind === 'gap';
  const figures = [
    formatNumber(numbered.length, translate),
    ...(missing ? [tellCount({ kind, count, atLeast }, translate)] : []),
  ].join(', ');
  const shared = listShared(group);
  return [
    `${renderHeading(translate(`kinds.${kind}`), page)} (${figures})`,
    ...numbered
      .slice(0, LIMITS.full)
      .map(({ number, finding }) => renderFinding(number, finding, shared, page)),
    ...numbered
      .slice(LIMITS.full, LIMITS.findings)
      .map(({ number, finding }) => renderBriefly(number, finding, page)),
    ...renderRest(numbered.length - LIMITS.findings, page),
    ...(shared.length > 0 ? [`  ${translate('report.wouldTellAll')}`] : []),
    ...shared.map((statement) =>
      wrapText(tellStatement(statement, 'wouldTell', translate), page.width, '  - '),
    ),
  ].join('\n');
}

function renderBriefly(number: number, finding: Finding, page: Page): string {
  const { translate } = page;
  const place = finding.before?.[0];
  const facts = [
    ...tellTitle(finding, page),
    tellOwnPlace(finding) !== '' || place === undefined
      ? ''
      : translate('text.afterPlace', { place: tellPlace(place) }),
  ];
  return wrapText(facts.filter((fact) => fact !== '').join('  '), page.width, leadWith(number));
}

function leadWith(number: number): string {
  return `${String(number).padStart(3)}. `;
}

function tellTitle(finding: Finding, { translate, sources }: Page): string[] {
  return [
    finding.node ?? '',
    tellSeqs(finding, translate),
    tellOwnPlace(finding),
    tellCount(finding, translate),
    tellSource(finding, sources, translate),
  ].filter((part) => part !== '');
}

function renderFinding(number: number, finding: Finding, shared: readonly Statement[], page: Page): string {
  const { translate, paint } = page;
  const lead = leadWith(number);
  const title = tellTitle(finding, page);
  const rows: [label: string, text: string][] = [];
  const add = (label: string, text: string): void => {
    if (text !== '') rows.push([translate(`report.${label}`), text]);
  };
  add('time', tellTimes(finding, translate));
  for (const [label, places] of listSides(finding)) add(label, tellPlaces(places, translate));
  add('cause', tellCause(finding, translate));
  for (const evidence of finding.evidence.slice(0, LIMITS.evidence)) {
    add('evidence', tellStatement(evidence, 'evidence', translate));
  }
  for (const wouldTell of listOwn(finding, shared)) {
    add('wouldTell', tellStatement(wouldTell, 'wouldTell', translate));
  }
  return [
    wrapText(title.join('  '), page.width, lead).replace(/^.*$/m, (line) => paint('bold', line)),
    ...(rows.length > 0 ? renderLabelled(mergeLabels(rows), ' '.repeat(lead.length), page) : []),
  ].join('\n');
}

/** A label that repeats is said once. */
function mergeLabels(rows: readonly [string, string][]): [string, string][] {
  return rows.map(([label, text], i) => [rows[i - 1]?.[0] === label ? '' : label, text]);
}

function tellPlaces(places: readonly Place[] | undefined, translate: Translate): string {
  if (places === undefined || places.length === 0) return '';
  const told = places.slice(0, LIMITS.places).map((place) => {
    const seq = place.seq === undefined ? '' : ` (${translate('report.seq', { first: String(place.seq) })})`;
    return tellPlace(place) + seq;
  });
  const rest = places.length - told.length;
  if (rest > 0) told.push(translate('text.morePlaces', { value: rest }));
  return told.join(` ${translate('report.or')} `);
}

/** Renders the kinds that inform, briefly; empty where there are none. */
export function renderInforming(groups: readonly FindingGroup[], page: Page): string {
  if (groups.length === 0) return '';
  const { translate } = page;
  const lines = groups.flatMap(({ kind, numbered }) => [
    `  ${translate(`kinds.${kind}`)} (${formatNumber(numbered.length, translate)})`,
    ...numbered.slice(0, LIMITS.informing).map(({ number, finding }) => {
      const facts = [
        finding.node ?? '',
        tellSeqs(finding, translate),
        tellOwnPlace(finding),
        tellSource(finding, page.sources, translate),
        tellTimes(finding, translate),
        finding.cause === undefined
          ? finding.evidence[0] === undefined
            ? ''
            : tellStatement(finding.evidence[0], 'evidence', translate)
          : tellCause(finding, translate),
      ].filter((part) => part !== '');
      return wrapText(facts.join('  '), page.width, `${String(number).padStart(5)}. `);
    }),
    ...renderRest(numbered.length - LIMITS.informing, page),
  ]);
  return [renderHeading(translate('text.informs'), page), ...lines].join('\n');
}
