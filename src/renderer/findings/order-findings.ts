/** The order in which findings are worked through: what contradicts, what is incomplete, what informs; then by time. */
import type { Finding, FindingKind } from '../../contract/finding.ts';
import { findingTones } from '../ui/finding-look.ts';
import { readMicros } from '../ui/format.ts';

const weights = { contradicted: 0, incomplete: 1, none: 2 } as const;
const kinds = Object.keys(findingTones) as FindingKind[];

export interface KindCount {
  readonly kind: FindingKind;
  readonly count: number;
}

export function orderFindings(findings: readonly Finding[]): Finding[] {
  const keyed = findings.map((finding) => ({
    finding,
    at: readMicros(finding.fromTs ?? finding.toTs ?? ''),
  }));
  return keyed
    .sort((a, b) => rank(a.finding) - rank(b.finding) || compareTimes(a.at, b.at))
    .map(({ finding }) => finding);
}

/** How many of each kind there are, in the order of telling; kinds without a finding are left out. */
export function countKinds(findings: readonly Finding[]): KindCount[] {
  const counts = Map.groupBy(findings, ({ kind }) => kind);
  return kinds
    .map((kind) => ({ kind, count: counts.get(kind)?.length ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => weights[findingTones[a.kind]] - weights[findingTones[b.kind]]);
}

function rank({ kind }: Finding): number {
  return weights[findingTones[kind]] * kinds.length + kinds.indexOf(kind);
}

/** What has no time comes last. */
function compareTimes(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
}
