/** A report of several copies made ready for charts, which know nodes only: drawn on each other, copies would add up. */
import type { Report } from '../../contract/report.ts';
import { nameSource } from './tell-finding.ts';

/** Keeps the copy whose figures are the report's; a report of one source stays as it is. */
export function keepFullest(report: Report): Report {
  const { source } = report.totals;
  if (source === undefined) return report;
  const isOf = (part: { readonly source?: number | undefined }): boolean => part.source === source;
  return {
    ...report,
    nodes: report.nodes.filter(isOf),
    coverage: report.coverage.filter(isOf),
    streams: report.streams.filter(isOf),
    findings: report.findings.filter(isOf),
  };
}

/** Puts the copy's name to each node's, so that each copy of a node is a row of its own. */
export function nameCopies(report: Report): Report {
  if (report.totals.source === undefined) return report;
  const names = report.sources.map(nameSource);
  const name = <T extends { readonly node: string; readonly source: number }>(part: T): T => ({
    ...part,
    node: `${part.node} (${names[part.source] ?? ''})`,
  });
  return { ...report, nodes: report.nodes.map(name), coverage: report.coverage.map(name) };
}
