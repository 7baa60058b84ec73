/** What the text and HTML reports say alike about a finding: its order, seqs, count, times and sentences. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Finding, FindingKind, Place, Statement } from '../../contract/finding.ts';
import type { Report } from '../../contract/report.ts';

/** What a kind does to the verdict. */
export type KindEffect = 'contradicts' | 'incomplete' | 'informs';

/** Every kind in the order of telling: what contradicts, what makes incomplete, what informs. */
export const kindEffects: Readonly<Record<FindingKind, KindEffect>> = {
  conflict: 'contradicts',
  rewritten: 'contradicts',
  gap: 'incomplete',
  'missing-in-copy': 'incomplete',
  malformed: 'incomplete',
  unreadable: 'incomplete',
  'unexplained-start': 'informs',
  'missing-day': 'informs',
  duplicate: 'informs',
  clock: 'informs',
  silence: 'informs',
  'rule-weakened': 'informs',
};

const kindOrder = Object.keys(kindEffects) as FindingKind[];

/** Findings of one kind, with their number in the report (from 1, in the order of telling). */
export interface FindingGroup {
  readonly kind: FindingKind;
  readonly effect: KindEffect;
  readonly numbered: readonly { readonly number: number; readonly finding: Finding }[];
}

/** Groups findings by kind in the order of telling; kinds without a finding are left out. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const byKind = Map.groupBy(findings, (finding) => finding.kind);
  const groups: FindingGroup[] = [];
  let number = 0;
  for (const kind of kindOrder) {
    const found = byKind.get(kind);
    if (found === undefined) continue;
    const numbered = found.map((finding) => {
      number += 1;
      return { number, finding };
    });
    groups.push({ kind, effect: kindEffects[kind], numbered });
  }
  return groups;
}

/** Gives what would settle each finding of a group; it is said once, for all, and not again with each. */
export function listShared({ numbered }: FindingGroup): Statement[] {
  const [first, ...others] = numbered.map(({ finding }) => finding.wouldTell ?? []);
  if (first === undefined || others.length === 0) return [];
  return first.filter((statement) => others.every((list) => list.some((other) => isSame(other, statement))));
}

/** Gives what would settle a finding beyond what its group shares. */
export function listOwn(finding: Finding, shared: readonly Statement[]): Statement[] {
  return (finding.wouldTell ?? []).filter((statement) => !shared.some((other) => isSame(other, statement)));
}

function isSame(a: Statement, b: Statement): boolean {
  return a.code === b.code && a.text === b.text;
}

/** Tells the cause with its confidence, or that there is none yet; empty where there is none. */
export function tellCause({ cause, confidence, provisional }: Finding, translate: Translate): string {
  if (provisional) return translate('report.provisional');
  if (cause === undefined) return '';
  const told = tellStatement(cause, 'cause', translate);
  if (confidence === undefined) return told;
  return `${told} (${translate('report.confidence', { confidence: translate(`confidence.${confidence}`) })})`;
}

/** Tells a statement in the reader's language, or in the report's own English where the catalogue lacks its code. */
export function tellStatement(statement: Statement, group: string, translate: Translate): string {
  // A code that is not one of ours never reaches the catalogue, which reads `$t(` and `.` in a key.
  if (/^[a-z0-9-]+$/.test(statement.code)) {
    const key = `${group}.${statement.code}`;
    const told = translate(key, statement.values);
    if (told !== key) return told;
  }
  return statement.text;
}

/** Tells the seqs: `seq 103 to 104`; empty where the finding has none. A seq is a name, so its digits are not grouped. */
export function tellSeqs({ firstSeq, lastSeq }: Finding, translate: Translate): string {
  if (firstSeq === undefined) return '';
  if (lastSeq === undefined || lastSeq === firstSeq) {
    return translate('report.seq', { first: String(firstSeq) });
  }
  return translate('report.seqs', { first: String(firstSeq), last: String(lastSeq) });
}

/** Tells how many entries, lines or pairs it is about; empty where one needs no figure. */
export function tellCount(
  { kind, count, atLeast }: Pick<Finding, 'kind' | 'count' | 'atLeast'>,
  translate: Translate,
): string {
  if (count === undefined) return '';
  switch (kind) {
    case 'gap':
    case 'missing-in-copy':
      return translate(atLeast === true ? 'report.atLeastMissing' : 'report.missing', { count });
    // A sum over gaps, each of which may be greater.
    case 'missing-day':
      return translate('report.atLeastMissing', { count });
    case 'malformed':
      return count === 1 ? '' : translate('n.line', { count });
    default:
      return count === 1 ? '' : translate('n.entry', { count });
  }
}

/** Tells the times on both sides, as the log has them; empty where the finding has none. */
export function tellTimes({ kind, fromTs, toTs }: Finding, translate: Translate): string {
  if (fromTs !== undefined && toTs !== undefined && fromTs !== toTs) {
    return translate('report.between', { from: fromTs, to: toTs });
  }
  const ts = fromTs ?? toTs;
  if (ts === undefined) return '';
  // A malformed line has no time that can be relied on: told is that of a line beside it.
  return translate(kind === 'malformed' ? 'report.nearTime' : 'report.atTime', { ts });
}

/**
 * A finding's places with the keys of their words: most lie between two lines, but some are these lines, or begin and
 * end there.
 */
export function listSides({
  kind,
  before = [],
  after = [],
}: Finding): (readonly [label: string, places: readonly Place[]])[] {
  if (kind === 'duplicate' || kind === 'conflict') {
    return [
      ['line', before],
      ['otherLine', after],
    ];
  }
  if (kind !== 'missing-in-copy') {
    return [
      ['before', before],
      ['after', after],
    ];
  }
  const [first, last] = [before[0], after[0]];
  if (first && last && tellPlace(first) === tellPlace(last)) return [['heldAt', before]];
  return [
    ['heldFrom', before],
    ['heldTo', after],
  ];
}

/** Tells which copy a finding is about; empty where there is one source only, or where it is about several. */
export function tellSource({ source }: Finding, sources: Report['sources'], translate: Translate): string {
  const found = sources.length > 1 && source !== undefined ? sources[source] : undefined;
  return found === undefined ? '' : translate('report.inSource', { source: nameSource(found) });
}

/** The name of a source: the paths that were opened. */
export function nameSource({ paths }: Report['sources'][number]): string {
  return paths.join(', ');
}

/** Tells what became of what was recorded earlier. */
export function tellCompared(compared: NonNullable<Report['compared']>, translate: Translate): string {
  const { with: against, notRead, removed = 0, ...figures } = compared;
  const totals = `${translate(`text.comparedWith.${against}`)}: ${translate('text.comparedTotals', figures)}`;
  return [
    totals,
    ...(notRead > 0 ? [translate('text.comparedNotRead', { count: notRead })] : []),
    ...(removed > 0 ? [translate('text.comparedRemoved', { count: removed })] : []),
  ].join('; ');
}

/** Tells what was read beside the period asked for; empty where nothing was, or the verdict's sentence says it. */
export function tellOutside({ found: { outside = 0 }, verdict }: Report, translate: Translate): string {
  return outside === 0 || verdict === 'none' ? '' : translate('report.outside', { count: outside });
}

/** Tells a period; either side may be open. */
export function tellPeriod(from: string | undefined, to: string | undefined, translate: Translate): string {
  if (from !== undefined && to !== undefined) return translate('report.period', { from, to });
  if (from !== undefined) return translate('report.since', { from });
  return to === undefined ? '' : translate('report.until', { to });
}

/** Gives `path:line`. */
export function tellPlace({ path, line }: Pick<Place, 'path' | 'line'>): string {
  return `${path}:${line}`;
}

/** The place of a finding about a file or a line; empty where it is about neither. */
export function tellOwnPlace({ path, line }: Finding): string {
  if (path === undefined) return '';
  return line === undefined ? path : tellPlace({ path, line });
}

/** Formats a figure for the reader's language. */
export function formatNumber(value: number, translate: Translate): string {
  return translate('report.number', { value });
}
