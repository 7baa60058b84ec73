/** What is drawn over time, most worth seeing first. */
import type { HistogramKey } from '../../contract/entry.ts';
import type { Report } from '../../contract/report.ts';

export interface Series {
  readonly name: string;
  /** Of the time that is shown. */
  readonly entries: number;
}

/** Nodes with missing entries come before all others, so that they are not among those left out; then by entries. */
export function listSeries(
  { nodes }: Pick<Report, 'nodes'>,
  source: number | undefined,
  by: HistogramKey,
  counts: Readonly<Record<string, readonly number[]>>,
): Series[] {
  const missing = new Map(
    by !== 'node'
      ? []
      : nodes
          .filter((node) => source === undefined || node.source === source)
          .map((node) => [node.node, node.missing]),
  );
  const names = new Set([...missing.keys(), ...Object.keys(counts)]);
  return [...names]
    .map((name) => ({ name, entries: (counts[name] ?? []).reduce((sum, count) => sum + count, 0) }))
    .sort(
      (a, b) =>
        (missing.get(b.name) ?? 0) - (missing.get(a.name) ?? 0) ||
        b.entries - a.entries ||
        (a.name < b.name ? -1 : 1),
    );
}
