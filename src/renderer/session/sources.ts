/** Copies of the log: their names, and their files as a filter. A report of one source has none to tell apart. */
import type { EntryFilter } from '../../contract/entry.ts';
import type { Report } from '../../contract/report.ts';

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
export function countRows({ files }: Report): number {
  return files
    .filter(({ copyOf }) => copyOf === undefined)
    .reduce((sum, { entries, salvaged }) => sum + entries + salvaged, 0);
}
