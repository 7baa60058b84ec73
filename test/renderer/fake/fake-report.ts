/** A report over the fake log, from the fixture's answer key: not checked, only told. */
import type { Finding, Statement } from '../../../src/contract/finding.ts';
import type { Report, Verdict } from '../../../src/contract/report.ts';
import type { FakeLog } from './fake-log.ts';

export interface KeyMissing {
  readonly node: string;
  readonly proc: string;
  readonly seq: number;
  readonly ts: string;
  readonly after: boolean;
}

const say = (code: string, text = code, values: Statement['values'] = {}): Statement => ({
  code,
  values,
  text,
});

export function tellFakeReport(
  log: FakeLog,
  missing: readonly KeyMissing[],
  verdict: Verdict,
  requested: Report['requested'] = {},
): Report {
  const { files } = log;
  const { from = '0', to = '9' } = requested;
  const isAsked = (ts: string): boolean => ts >= from && ts < to;
  const rows = log.rows.filter(({ ts }) => isAsked(ts));
  const outside = log.rows.length - rows.length;
  const findings = (verdict === 'intact' ? [] : [...tellGaps(log, missing), ...tellMalformed(log)]).filter(
    ({ fromTs = from }) => isAsked(fromTs),
  );
  const nodes = [...new Set(rows.map(({ node }) => node))].sort();
  const times = rows.map(({ ts }) => ts);
  const firstTs = times[0] ?? '';
  const lastTs = times.at(-1) ?? '';
  const lost = findings.filter(({ kind }) => kind === 'gap').reduce((sum, gap) => sum + (gap.count ?? 0), 0);
  const days = [...new Set(times.map((ts) => ts.slice(0, 10)))];
  const totals = {
    files: files.length,
    lines: files.reduce((sum, { lines }) => sum + lines, 0),
    entries: rows.length,
    malformed: files.reduce((sum, { malformed }) => sum + malformed, 0),
    salvaged: rows.filter(({ salvaged }) => salvaged).length,
    nodes: nodes.length,
    streams: nodes.length * 4,
    missing: lost,
    duplicates: 1,
  };
  return {
    format: 'unbroken.report/1',
    made: { tool: 'fake', version: '0', at: lastTs, zone: 'UTC', parameters: {}, method: [] },
    verdict,
    statement: say(
      {
        intact: 'intact',
        incomplete: 'incomplete-gaps',
        contradicted: 'contradicted-conflict',
        none: 'none-no-entry',
      }[verdict],
      '',
      {
        count: lost,
        gaps: 9,
        entries: rows.length,
        streams: 8,
        nodes: nodes.length,
        from: firstTs,
        to: lastTs,
        files: 3,
      },
    ),
    requested,
    found: {
      ...{ firstTs, lastTs, days: days.length, nodes: nodes.length, files: files.length },
      ...(outside > 0 && { outside }),
    },
    totals: { ...totals, conflicts: verdict === 'contradicted' ? 2 : 0 },
    sources: [{ paths: ['.'], ...totals }],
    archives: [],
    files: [...files],
    nodes: nodes.map((node) => {
      const own = rows.filter((row) => row.node === node);
      return {
        node,
        source: 0,
        entries: own.length,
        streams: 4,
        missing: sumMissing(findings, node),
        firstTs: own[0]?.ts ?? '',
        lastTs: own.at(-1)?.ts ?? '',
      };
    }),
    coverage: nodes.flatMap((node) =>
      days.map((day) => ({
        node,
        source: 0,
        day,
        entries: rows.filter((row) => row.node === node && row.ts.startsWith(day)).length,
        missing: sumMissing(findings, node, day),
      })),
    ),
    streams: nodes.map((node) => ({
      id: `${node}/1`,
      node,
      source: 0,
      firstSeq: 1,
      lastSeq: 200,
      entries: 190,
      missing: 3,
      firstTs,
      lastTs,
      start: 'first-entry',
    })),
    findings,
    skipped: [{ path: 'truth.json', bytes: 9156, reason: say('not-a-log') }],
    notVisible: [
      'cut-tail',
      'whole-process',
      'nothing-compared',
      'hidden-by-end',
      'auditing-off',
      'truth',
    ].map((code) => say(code)),
  };
}

function sumMissing(findings: readonly Finding[], node: string, day = ''): number {
  return findings
    .filter((finding) => finding.kind === 'gap' && finding.node === node && finding.fromTs?.startsWith(day))
    .reduce((sum, { count = 0 }) => sum + count, 0);
}

function tellGaps({ rows }: FakeLog, missing: readonly KeyMissing[]): Finding[] {
  return missing
    .filter(({ after }) => after)
    .map(({ node, seq, ts }, index): Finding => {
      const own = rows.filter((row) => row.node === node);
      const before = own.filter((row) => row.seq === seq - 1 && row.ts < ts).slice(index % 3 === 0 ? -2 : -1);
      const after = own.filter((row) => row.seq === seq + 1 && row.ts > ts).slice(0, 1);
      const place = ({ path, line, seq: at, ts: written }: (typeof own)[number]) => ({
        path,
        line,
        seq: at,
        ts: written,
      });
      return {
        id: `gap-${index.toString(16).padStart(2, '0')}5d1f0c`,
        kind: 'gap',
        node,
        streams: index % 3 === 0 ? [`${node}/1`, `${node}/2`] : [`${node}/1`],
        firstSeq: seq,
        lastSeq: seq,
        count: 1,
        atLeast: index % 4 === 1,
        fromTs: before[0]?.ts ?? ts,
        toTs: after[0]?.ts ?? ts,
        before: before.map(place),
        after: after.map(place),
        cause: say('unexplained', 'Unexplained; deletion is possible.'),
        evidence: [
          say('x', 'No line of this node with this seq lies between the two sides.'),
          say('y', 'The file is whole: no torn line stands near this place.'),
        ],
        wouldTell: [say('z', 'The same entries in the syslog or HTTP copy, or in the database.')],
        confidence: (['high', 'medium', 'low'] as const)[index % 3] ?? 'low',
      };
    });
}

function tellMalformed({ lines }: FakeLog): Finding[] {
  return [...lines]
    .filter(
      ([, text]) => !text.startsWith('{"seq"') || !text.endsWith('}') || text.slice(5).includes('{"seq"'),
    )
    .map(([place]): Finding => {
      const [path = '', line = ''] = place.split(':');
      return {
        id: `malformed-${line}`,
        kind: 'malformed',
        path,
        line: Number(line),
        salvaged: [],
        cause: say('torn'),
        evidence: [say('e', 'The line ends inside a string.')],
      };
    });
}
