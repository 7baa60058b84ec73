/**
 * Which of the opened paths are parts of one log, and which are copies of each other.
 *
 * Nobody says so: `verify day-1 day-2` and `verify copy-a copy-b` look alike. Paths that share most of the entries of
 * the time both cover are copies, and each is a source of its own; paths that share nothing are one source, so that a
 * stream that runs from one into the other is not cut.
 */
import { type CopyComparison, compareCopies } from '../analysis/compare-copies.ts';
import { SortedRuns } from '../base/sorted-runs.ts';
import type { Census, NodeFigures } from './census.ts';

/** Of the entries in the time that both cover, so many are in both where they are copies. */
const COPY_SHARE = 0.5;

export interface Source {
  /** Indexes of the opened paths. */
  readonly roots: readonly number[];
  /** Those paths' names, with as much of what is before them as it takes to tell them apart. */
  readonly names: readonly string[];
  readonly nodes: ReadonlyMap<
    string,
    { readonly runs: SortedRuns; readonly days: ReadonlyMap<number, number> }
  >;
}

/** Groups the opened paths. */
export function groupSources(census: Census, paths: readonly string[]): Source[] {
  const groups: number[][] = [];
  for (const root of paths.keys()) {
    const nodes = census.nodes.get(root);
    const group = nodes
      ? groups.find((others) => !others.some((other) => isCopy(census, root, other)))
      : groups[0];
    if (group) group.push(root);
    else groups.push([root]);
  }
  const names = nameApart(paths);
  return groups.map((roots) => ({
    roots,
    names: roots.map((root) => names[root]!),
    nodes: mergeNodes(roots.map((root) => census.nodes.get(root))),
  }));
}

function nameApart(paths: readonly string[]): string[] {
  const split = paths.map((path) => path.split(/[\\/]/).filter((part) => part !== ''));
  const longest = Math.max(...split.map((parts) => parts.length));
  const name = (length: number): string[] => split.map((parts) => parts.slice(-length).join('/') || '/');
  let length = 1;
  while (length < longest && new Set(name(length)).size < new Set(paths).size) length++;
  return name(length);
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
