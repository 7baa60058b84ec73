/** Which entries are around a finding of the report, as `EntryFilter.finding` says. */
import type { Finding } from '../../contract/finding.ts';
import type { Report } from '../../contract/report.ts';
import { formatTs, parseTs } from '../base/timestamp.ts';
import type { FindingScope } from '../store/open-store.ts';

/** The lines a finding names, and what its node wrote in its time; undefined where the report has no such finding. */
export function findScope({ findings, files, sources }: Report, id: string): FindingScope | undefined {
  const finding = findings.find((candidate) => candidate.id === id);
  if (!finding) return undefined;
  const { before = [], after = [], path, line, node, kind, source } = finding;
  const lines = [...before, ...after];
  if (path !== undefined && line !== undefined) lines.push({ path, line });
  const time = readTime(finding);
  if (node === undefined || !time) {
    // About a whole file, or about one line of it.
    return { lines, also: path !== undefined && line === undefined ? { path: [path] } : undefined };
  }
  // What is missing in one copy is held by the others.
  const isOfSource = sources.length > 1 && source !== undefined && kind !== 'missing-in-copy';
  const own = files.filter((file) => file.source === source).map((file) => file.path);
  return { lines, also: { node: [node], ...time, ...(isOfSource ? { path: own } : {}) } };
}

/** Both ends belong to it, and a filter's end does not. */
function readTime({ fromTs, toTs = fromTs }: Finding): { from: string; to: string } | undefined {
  if (fromTs === undefined || toTs === undefined) return undefined;
  const [from, to] = [parseTs(fromTs), parseTs(toTs)];
  if (Number.isNaN(from) || Number.isNaN(to)) return undefined;
  return { from: formatTs(Math.min(from, to)), to: formatTs(Math.max(from, to) + 1) };
}
