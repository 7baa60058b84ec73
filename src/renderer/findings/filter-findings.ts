/** Which findings are shown: by kind, severity, node, cause and the reviewer's state. */
import type { Finding, FindingKind } from '../../contract/finding.ts';
import type { ReviewState } from '../../contract/mark.ts';
import { findingTones } from '../ui/finding-look.ts';

export type Severity = (typeof findingTones)[FindingKind];

export interface FindingFilter {
  readonly kind?: FindingKind | undefined;
  readonly severity?: Severity | undefined;
  readonly node?: string | undefined;
  /** Code of the cause; empty for findings without one. */
  readonly cause?: string | undefined;
  readonly state?: ReviewState | undefined;
}

export function filterFindings(
  findings: readonly Finding[],
  { kind, severity, node, cause, state }: FindingFilter,
  stateOf: (finding: string) => ReviewState,
): Finding[] {
  return findings.filter(
    (finding) =>
      (kind === undefined || finding.kind === kind) &&
      (severity === undefined || findingTones[finding.kind] === severity) &&
      (node === undefined || finding.node === node) &&
      (cause === undefined || (finding.cause?.code ?? '') === cause) &&
      (state === undefined || stateOf(finding.id) === state),
  );
}

/** The different values that findings have, sorted; those without one left out. */
export function listDifferent<T extends string>(
  findings: readonly Finding[],
  read: (finding: Finding) => T | undefined,
): T[] {
  return [...new Set(findings.map(read))].filter((value) => value !== undefined).sort();
}
