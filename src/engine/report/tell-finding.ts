/** What the text and HTML reports say alike about a finding: its order, seqs, count, times and sentences. */
import type { Translate } from '../../catalogue/translate.ts';
import type { Finding, FindingKind, Place, Statement } from '../../contract/finding.ts';

/** What a kind does to the verdict. */
export type KindEffect = 'contradicts' | 'incomplete' | 'informs';

/** Every kind in the order of telling: what decides comes first, and gaps before all. */
export const kindEffects: Readonly<Record<FindingKind, KindEffect>> = {
  gap: 'incomplete',
  'missing-in-copy': 'incomplete',
  conflict: 'contradicts',
  rewritten: 'contradicts',
  malformed: 'incomplete',
  unreadable: 'incomplete',
  'unexplained-start': 'informs',
  'missing-day': 'informs',
  duplicate: 'informs',
  clock: 'informs',
  silence: 'informs',
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

/** Tells how many: `at least 2 entries missing` for what lacks entries, a plain count of entries otherwise. */
export function tellCount(
  { kind, count, atLeast }: Pick<Finding, 'kind' | 'count' | 'atLeast'>,
  translate: Translate,
): string {
  if (count === undefined) return '';
  if (kind !== 'gap' && kind !== 'missing-in-copy') return translate('n.entry', { count });
  return translate(atLeast === true ? 'report.atLeastMissing' : 'report.missing', { count });
}

/** Tells the times on both sides, as the log has them; empty where the finding has none. */
export function tellTimes({ fromTs, toTs }: Finding, translate: Translate): string {
  if (fromTs !== undefined && toTs !== undefined && fromTs !== toTs) {
    return translate('report.between', { from: fromTs, to: toTs });
  }
  const ts = fromTs ?? toTs;
  return ts === undefined ? '' : translate('report.atTime', { ts });
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
