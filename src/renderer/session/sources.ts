/** Copies of the log: their names, and their files as a filter. A report of one source has none to tell apart. */
import type { EntryFilter } from '../../contract/entry.ts';
import type { Report } from '../../contract/report.ts';
import { readMicros } from '../ui/format.ts';

/** The name of a copy; undefined where there is one source only. */
export function nameCopy({ sources }: Report, source: number | undefined): string | undefined {
  return sources.length > 1 && source !== undefined ? sources[source]?.paths.join(', ') : undefined;
}

/** Selects a copy's entries; everything where there is one source only. */
export function selectCopy({ sources, files }: Report, source: number | undefined): EntryFilter {
  if (sources.length < 2 || source === undefined) return {};
  return { path: files.filter((file) => file.source === source).map(({ path }) => path) };
}

/** Selects a copy's entries within the period asked for: those that the report counts. */
export function selectCounted(report: Report, source: number | undefined): EntryFilter {
  return { ...selectCopy(report, source), ...report.requested };
}

/** The copy that a filter selects, by name; undefined where it selects something else. */
export function findSelectedCopy(report: Report, { path }: EntryFilter): string | undefined {
  const index = report.sources.findIndex(
    (_, source) => String(selectCopy(report, source).path) === String(path),
  );
  return path === undefined || index < 0 ? undefined : nameCopy(report, index);
}

/** Rows of a workspace: entries of all copies, with those recovered from malformed lines. */
export function countRows(report: Report): number {
  return countSalvaged(report) + sumFiles(report, ({ entries }) => entries);
}

/** Those of them that were recovered. */
export function countSalvaged(report: Report): number {
  return sumFiles(report, ({ salvaged }) => salvaged);
}

/**
 * Entries of a node that were recovered, of the period asked for: the report counts them beside the whole ones, while
 * whatever shows or counts rows has them among all.
 */
export function countSalvagedOf(
  { findings, requested }: Pick<Report, 'findings' | 'requested'>,
  { node, source }: { readonly node: string; readonly source: number },
): number {
  const from = requested.from === undefined ? Number.NEGATIVE_INFINITY : readMicros(requested.from);
  const to = requested.to === undefined ? Number.POSITIVE_INFINITY : readMicros(requested.to);
  const isOurs = (entry: { readonly node: string; readonly ts: string }): boolean =>
    entry.node === node && readMicros(entry.ts) >= from && readMicros(entry.ts) < to;
  return findings.reduce(
    (sum, { salvaged = [], source: of }) => sum + (of === source ? salvaged.filter(isOurs).length : 0),
    0,
  );
}

/** Of all files, whatever period was asked for: figures of the report are those of the period. */
function sumFiles({ files }: Report, count: (file: Report['files'][number]) => number): number {
  return files.reduce((sum, file) => sum + (file.copyOf === undefined ? count(file) : 0), 0);
}
