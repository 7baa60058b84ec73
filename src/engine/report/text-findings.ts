/** Findings on a terminal: those that decide in full, those that inform in a line each. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Finding, Place } from '../../contract/finding.ts';
import {
  type FindingGroup,
  formatNumber,
  tellCount,
  tellOwnPlace,
  tellPlace,
  tellSeqs,
  tellStatement,
  tellTimes,
} from './tell-finding.ts';
import { type Page, renderHeading, renderLabelled, renderRest, wrapText } from './terminal-text.ts';

const LIMITS = { findings: 20, informing: 4, places: 3, evidence: 4 };

/** Renders a kind that decides the verdict, each finding with its places, cause and evidence. */
export function renderDeciding({ kind, numbered }: FindingGroup, page: Page): string {
  const { translate } = page;
  const count = numbered.reduce((sum, { finding }) => sum + (finding.count ?? 0), 0);
  const atLeast = numbered.some(({ finding }) => finding.atLeast === true);
  const missing = kind === 'gap' || kind === 'missing-in-copy';
  const figures = [
    formatNumber(numbered.length, translate),
    ...(missing ? [tellCount({ kind, count, atLeast }, translate)] : []),
  ].join(', ');
  const blocks = numbered
    .slice(0, LIMITS.findings)
    .map(({ number, finding }) => renderFinding(number, finding, page));
  return [
    `${renderHeading(translate(`kinds.${kind}`), page)} (${figures})`,
    ...blocks,
    ...renderRest(numbered.length - LIMITS.findings, page),
  ].join('\n');
}

function renderFinding(number: number, finding: Finding, page: Page): string {
  const { translate, paint } = page;
  const lead = `${String(number).padStart(3)}. `;
  const indent = ' '.repeat(lead.length);
  const title = [
    finding.node ?? '',
    tellSeqs(finding, translate),
    tellOwnPlace(finding),
    tellCount(finding, translate),
  ].filter((part) => part !== '');
  const rows: [label: string, text: string][] = [];
  const add = (label: string, text: string): void => {
    if (text !== '') rows.push([translate(`report.${label}`), text]);
  };
  add('time', tellTimes(finding, translate));
  add('before', tellPlaces(finding.before, translate));
  add('after', tellPlaces(finding.after, translate));
  add('cause', tellCause(finding, translate));
  for (const evidence of finding.evidence.slice(0, LIMITS.evidence)) {
    add('evidence', tellStatement(evidence, 'evidence', translate));
  }
  for (const wouldTell of finding.wouldTell ?? []) {
    add('wouldTell', tellStatement(wouldTell, 'wouldTell', translate));
  }
  return [
    wrapText(title.join('  '), page.width, lead).replace(/^.*$/m, (line) => paint('bold', line)),
    ...(rows.length > 0 ? renderLabelled(mergeLabels(rows), indent, page) : []),
  ].join('\n');
}

/** A label that repeats is said once. */
function mergeLabels(rows: readonly [string, string][]): [string, string][] {
  return rows.map(([label, text], i) => [rows[i - 1]?.[0] === label ? '' : label, text]);
}

function tellCause(finding: Finding, translate: Translate): string {
  if (finding.cause === undefined) return '';
  const cause = tellStatement(finding.cause, 'cause', translate);
  if (finding.confidence === undefined) return cause;
  const confidence = translate(`confidence.${finding.confidence}`);
  return `${cause} (${translate('report.confidence', { confidence })})`;
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
