/** Which gaps of a report could have held entries of a record or person: every one in their time, the likelier first. */
import type { PossibleGap, PossibleGaps } from '../../contract/possible-gap.ts';
import type { Report } from '../../contract/report.ts';
import { parseTs } from '../base/timestamp.ts';

const SHOWN = 100;

export type LogGap = Omit<PossibleGap, 'sameNode' | 'near'>;

/** The copy that a page tells: the one asked for, else the fullest; undefined where there is one only. */
export function chooseSource(report: Report, asked: number | undefined): number | undefined {
  return report.sources.length > 1 ? (asked ?? report.totals.source) : undefined;
}

/** A copy's files as a filter; everything where there is one only. */
export function selectSource(report: Report, source: number | undefined): { path?: string[] } {
  if (source === undefined) return {};
  return { path: report.files.filter((file) => file.source === source).map(({ path }) => path) };
}

/** Gaps of a copy whose entries can lie in [fromMicros, toMicros]; what it lacks and another copy holds is one too. */
export function listGaps(report: Report, source: number | undefined, fromMicros: number, toMicros: number) {
  const gaps: LogGap[] = [];
  let unread = 0;
  for (const finding of report.findings) {
    if (source !== undefined && finding.source !== undefined && finding.source !== source) continue;
    const { id, kind, node = '', fromTs = '', toTs = fromTs, count = 0, atLeast = false } = finding;
    if (kind === 'malformed' || kind === 'unreadable') unread++;
    if (kind !== 'gap' && kind !== 'missing-in-copy') continue;
    // A side that has no time does not bound it.
    const from = parseTs(fromTs);
    const to = parseTs(toTs);
    if (from > toMicros || to < fromMicros) continue;
    if (Number.isNaN(from) || Number.isNaN(to)) unread++;
    else gaps.push({ finding: id, kind, node, fromMicros: from, toMicros: to, missing: count, atLeast });
  }
  return { gaps, unread };
}

/** Puts those first that lie nearest to what is known. */
export function rankGaps(
  { gaps, unread }: ReturnType<typeof listGaps>,
  nodes: ReadonlySet<string>,
  measureNear: (gap: LogGap) => number,
): PossibleGaps {
  const ranked = gaps
    .map((gap): PossibleGap => ({ ...gap, sameNode: nodes.has(gap.node), near: measureNear(gap) }))
    .sort(
      (a, b) =>
        Number(b.near > 0) - Number(a.near > 0) ||
        Number(b.sameNode) - Number(a.sameNode) ||
        b.near - a.near ||
        b.missing - a.missing ||
        a.fromMicros - b.fromMicros,
    );
  return {
    total: gaps.length,
    // What another copy holds may be missing in a gap as well, and is not counted twice.
    missing: gaps.reduce((sum, { kind, missing }) => sum + (kind === 'gap' ? missing : 0), 0),
    shown: ranked.slice(0, SHOWN),
    unread,
  };
}
