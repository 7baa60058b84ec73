/** The streams around a finding as points of seq against time: what a person looks at before reading figures. */
import type { StreamStrip } from '../../contract/api.ts';
import type { Finding } from '../../contract/finding.ts';
import type { Report } from '../../contract/report.ts';
import { formatTs, parseTs } from '../base/timestamp.ts';
import type { EntryQueries } from '../store/open-store.ts';

/** Seqs shown on either side of the missing ones. */
const SEQS_AROUND = 25;
const LEAST_MARGIN_MICROS = 30 * 60 * 1_000_000;
const MAX_ENTRIES = 20_000;
const PAGE = 1000;

/** Links the node's entries near the finding into strips; those at its sides are the ones concerned. */
export function drawStrips(finding: Finding, report: Report, entries: EntryQueries): StreamStrip[] {
  const { node, fromTs, firstSeq, source } = finding;
  if (node === undefined || fromTs === undefined || firstSeq === undefined) return [];
  const from = parseTs(fromTs);
  const to = parseTs(finding.toTs ?? fromTs);
  const margin = Math.max(LEAST_MARGIN_MICROS, to - from);
  // Copies drawn on each other would show every entry twice.
  const own = report.files.filter((file) => file.source === source).map(({ path }) => path);
  const filter = {
    node: [node],
    from: formatTs(from - margin),
    to: formatTs(to + margin),
    ...(report.sources.length > 1 && source !== undefined ? { path: own } : {}),
  };
  const least = firstSeq - SEQS_AROUND;
  const greatest = (finding.lastSeq ?? firstSeq) + SEQS_AROUND;
  const sides = new Set(
    [...(finding.before ?? []), ...(finding.after ?? [])].map(({ path, line }) => `${line} ${path}`),
  );
  const strips: { strip: StreamStrip; lastSeq: number }[] = [];
  for (let offset = 0; offset < MAX_ENTRIES; offset += PAGE) {
    const { rows } = entries.page(filter, { order: 'oldest-first', offset, limit: PAGE });
    for (const { seq, tsMicros, id, path, line } of rows) {
      if (seq < least || seq > greatest) continue;
      // The latest that stands just before it, as the analysis links.
      let open = strips.findLast(({ lastSeq }) => lastSeq === seq - 1);
      if (!open) {
        open = { strip: { stream: String(strips.length + 1), concerned: false, points: [] }, lastSeq: seq };
        strips.push(open);
      }
      open.lastSeq = seq;
      open.strip.points.push({ tsMicros, seq, id });
      if (sides.has(`${line} ${path}`)) open.strip.concerned = true;
    }
    if (rows.length < PAGE) break;
  }
  return strips.map(({ strip }) => strip);
}
