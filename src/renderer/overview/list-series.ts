/** What is drawn over time, most worth seeing first. */
import type { HistogramKey } from '../../contract/entry.ts';
import type { Report } from '../../contract/report.ts';

export interface Series {
  readonly name: string;
  /** Of the time that is shown, as far as it lies in the period asked for. */
  readonly entries: number;
}

/**
 * Nodes with missing entries come before all others, so that they are not among those left out; then by entries. `drawn`:
 * counts of what is shown; `counted`: of that what lies in the period.
 */
export function listSeries(
  { nodes }: Pick<Report, 'nodes'>,
  source: number | undefined,
  by: HistogramKey,
  drawn: Readonly<Record<string, readonly number[]>>,
  counted = drawn,
): Series[] {
  const missing = new Map(
    by !== 'node'
      ? []
      : nodes
          .filter((node) => source === undefined || node.source === source)
          .map((node) => [node.node, node.missing]),
  );
  const names = new Set([...missing.keys(), ...Object.keys(drawn)]);
  return [...names]
    .map((name) => ({ name, entries: (counted[name] ?? []).reduce((sum, count) => sum + count, 0) }))
    .sort(
      (a, b) =>
        (missing.get(b.name) ?? 0) - (missing.get(a.name) ?? 0) ||
        b.entries - a.entries ||
        (a.name < b.name ? -1 : 1),
    );
}
