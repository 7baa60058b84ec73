/**
 * Which of the opened paths are parts of one log, and which are copies of each other.
 *
 * Nobody says so: `verify day-1 day-2` and `verify copy-a copy-b` look alike. Paths that share most of the entries of
 * the time both cover are copies, and each is a source of its own; paths that share nothing are one source, so that a
 * stream that runs from one into the other is not cut.
 */
import { type CopyComparison, compareCopies } from './analysis/compare-copies.ts';
import { SortedRuns } from './base/sorted-runs.ts';
import type { Census, NodeFigures } from './census.ts';

/** Of the entries in the time that both cover, so many are in both where they are copies. */
const COPY_SHARE = 0.5;

export interface Source {
  /** Indexes of the opened paths. */
  readonly roots: readonly number[];
  readonly nodes: ReadonlyMap<
    string,
    { readonly runs: SortedRuns; readonly days: ReadonlyMap<number, number> }
  >;
}

/** Groups the roots 0 .. count-1. */
export function groupSources(census: Census, count: number): Source[] {
  const groups: number[][] = [];
  for (let root = 0; root < count; root++) {
    const nodes = census.nodes.get(root);
    const group = nodes
      ? groups.find((others) => !others.some((other) => isCopy(census, root, other)))
      : groups[0];
    if (group) group.push(root);
    else groups.push([root]);
  }
  return groups.map((roots) => ({ roots, nodes: mergeNodes(roots.map((root) => census.nodes.get(root))) }));
}

function isCopy(census: Census, root: number, other: number): boolean {
  const nodes = census.nodes.get(root);
  const others = census.nodes.get(other);
  if (!nodes || !others) return false;
  let common = 0;
  let overlap = 0;
  for (const [node, { runs }] of nodes) {
    const same = others.get(node);
    if (!same) continue;
    const comparison: CopyComparison = compareCopies(runs, same.runs, () => undefined);
    common += comparison.common;
    overlap += Math.min(comparison.overlapA, comparison.overlapB);
  }
  return common > 0 && common >= overlap * COPY_SHARE;
}

function mergeNodes(parts: readonly (ReadonlyMap<string, NodeFigures> | undefined)[]): Source['nodes'] {
  const names = new Set(parts.flatMap((part) => [...(part?.keys() ?? [])]));
  return new Map(
    [...names].sort().map((node) => {
      const figures = parts.flatMap((part) => part?.get(node) ?? []);
      const days = new Map<number, number>();
      for (const part of figures)
        for (const [day, count] of part.days) days.set(day, (days.get(day) ?? 0) + count);
      return [node, { runs: SortedRuns.merge(figures.map(({ runs }) => runs)), days }];
    }),
  );
}
