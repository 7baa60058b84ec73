/** Reports made by hand, so that the renderers can be tested without the engine. */
import type { Finding, Place } from '../../../src/contract/finding.ts';
import { Report } from '../../../src/contract/report.ts';

const at = (day: number, second: number): string =>
  `${new Date(Date.UTC(2026, 2, day, 6, 0, second)).toISOString().slice(0, 19)}.001250+00:00`;

const place = (path: string, line: number, seq: number, ts: string): Place => ({ path, line, seq, ts });

/** A gap of `count` entries on a node, found at the given seq. */
export function makeGap(node: string, stream: string, seq: number, count: number, day: number): Finding {
  const path = `${node}/audit-2026-03-${String(day).padStart(2, '0')}.jsonl`;
  return {
    id: `gap-${node}-${seq}`,
    kind: 'gap',
    node,
    streams: [stream],
    firstSeq: seq,
    lastSeq: seq + count - 1,
    count,
    fromTs: at(day, seq % 3000),
    toTs: at(day, (seq % 3000) + count + 90),
    before: [place(path, seq - 1, seq - 1, at(day, seq % 3000))],
    after: [place(path, seq, seq + count, at(day, (seq % 3000) + count + 90))],
    cause: { code: 'unexplained', values: {}, text: 'Unexplained; deletion is possible.' },
    evidence: [
      { code: 'no-other-sign', values: {}, text: 'No absent day lies between both sides.' },
      { code: 'no-such-code', values: { x: 3 }, text: 'A code of a later version, told in its own text.' },
    ],
    wouldTell: [{ code: 'syslog-copy', values: {}, text: 'The same time in the syslog copy.' }],
    confidence: 'medium',
  };
}

/** A report of an incomplete log: two nodes, five days, two gaps, a malformed line, and what only informs. */
export function makeReport(changes: Partial<Report> = {}): Report {
  const nodes = ['web-1', 'web-2'];
  const days = [1, 2, 3, 4, 5];
  const figures = {
    files: 10,
    lines: 12_410,
    entries: 12_408,
    malformed: 1,
    salvaged: 1,
    nodes: 2,
    streams: 6,
    missing: 5,
    duplicates: 1,
  };
  const dayOf = (day: number): string => `2026-03-${String(day).padStart(2, '0')}`;
  return Report.parse({
    format: 'unbroken.report/1',
    made: {
      tool: 'Unbroken',
      version: '0.1.0',
      at: '2026-03-07T09:30:00+01:00',
      zone: 'Europe/Berlin',
      parameters: { paths: ['/evidence/audit'] },
      method: ['hashing', 'streams'].map((code) => ({ code, values: {}, text: `${code} in English` })),
    },
    case: { name: 'Case 2026/114', examiner: 'A. Okafor' },
    verdict: 'incomplete',
    statement: {
      code: 'incomplete-gaps',
      values: { count: 5, gaps: 2, entries: 12_408, streams: 6, nodes: 2, from: at(1, 0), to: at(5, 3500) },
      text: 'At least 5 entries are missing.',
    },
    requested: { from: '2026-03-01T00:00:00+00:00' },
    found: { firstTs: at(1, 0), lastTs: at(5, 3500), days: 5, nodes: 2, files: 10 },
    totals: { ...figures, conflicts: 0 },
    sources: [{ paths: ['/evidence/audit'], ...figures }],
    archives: [],
    files: nodes.flatMap((node, n) =>
      days.map((day) => ({
        path: `${node}/audit-${dayOf(day)}.jsonl`,
        source: 0,
        bytes: 251_332 + 4011 * day + n,
        sha256: `${day}${n}`.repeat(32),
        dialect: 'observed',
        lines: 1241,
        entries: 1240,
        malformed: 0,
        salvaged: 0,
        firstTs: at(day, 0),
        lastTs: at(day, 3500),
      })),
    ),
    nodes: nodes.map((node) => ({
      node,
      source: 0,
      entries: 6204,
      streams: 3,
      missing: node === 'web-1' ? 5 : 0,
      firstTs: at(1, 0),
      lastTs: at(5, 3500),
    })),
    coverage: nodes.flatMap((node, n) =>
      days.map((day) => ({
        node,
        source: 0,
        day: dayOf(day),
        entries: n === 1 && day === 4 ? 0 : 900 + ((day * 377 + n * 211) % 640),
        missing: n === 0 && day === 2 ? 2 : n === 0 && day === 3 ? 3 : 0,
      })),
    ),
    streams: nodes.flatMap((node, n) =>
      [1, 2, 3].map((k) => ({
        id: `s-${node}-${k}`,
        node,
        source: 0,
        firstSeq: k === 1 ? 1 : 40,
        lastSeq: 2100 + k * 31,
        entries: 2068,
        missing: n === 0 && k === 1 ? 5 : 0,
        firstTs: at(k, 0),
        lastTs: at(k + 2, 3500),
        start: k === 1 ? 'one' : 'fork-base',
      })),
    ),
    findings: [
      makeGap('web-1', 's-web-1-1', 1103, 2, 2),
      { ...makeGap('web-1', 's-web-1-1', 1750, 3, 3), atLeast: true, streams: ['s-web-1-1', 's-web-1-2'] },
      {
        id: 'malformed-1',
        kind: 'malformed',
        path: 'web-2/audit-2026-03-03.jsonl',
        line: 412,
        cause: { code: 'torn', values: {}, text: 'The line breaks off before its entry is complete.' },
        evidence: [],
        salvaged: [{ node: 'web-2', seq: 512, ts: at(3, 900) }],
        confidence: 'high',
      },
      {
        id: 'duplicate-1',
        kind: 'duplicate',
        node: 'web-2',
        firstSeq: 88,
        lastSeq: 88,
        count: 1,
        fromTs: at(1, 88),
        toTs: at(1, 88),
        before: [place('web-2/audit-2026-03-01.jsonl', 88, 88, at(1, 88))],
        evidence: [],
      },
    ],
    skipped: [
      {
        path: 'truth.jsonl',
        bytes: 2210,
        reason: { code: 'no-entries', values: {}, text: 'Its lines carry no node, ts and seq.' },
      },
    ],
    notVisible: [
      { code: 'cut-tail', values: {}, text: 'Entries removed from the very end of a stream.' },
      { code: 'whole-process', values: {}, text: 'A process all of whose entries were removed.' },
      { code: 'nothing-compared', values: {}, text: 'Nothing was compared.' },
      { code: 'skipped-files', values: { count: 1 }, text: 'What 1 skipped file holds.' },
    ],
    ...changes,
  });
}

/** Text that tries to break out of whatever it is put into. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</style></title><svg onload=alert(1)>',
  '\u001b[2J\u001b]0;owned\u0007',
  'invoice\u202egpj.exe',
  'a\u0000b\u200bc\ufeff\ud800',
  '$t(kind.gap) {{path}} $& $1',
  '=HYPERLINK("http://x","y")',
  'line\nbreak\r\n\u2028',
  ']]>--><!--',
];

/** A report in which every text that can come from a log or a file system is hostile. */
export function makeHostileReport(): Report {
  const report = makeReport();
  const spoil = (i: number): string => hostileTexts[i % hostileTexts.length] ?? '';
  let i = 0;
  const next = (): string => spoil(i++);
  const findings = hostileTexts.map(
    (text, k): Finding => ({
      ...makeGap(text, text, 100 + k, 1, 2),
      id: `hostile-${k}`,
      source: k % 2,
      path: text,
      line: 1,
      fromTs: next(),
      cause: { code: 'no-such-code', values: { path: text }, text },
      evidence: [{ code: text, values: { path: text }, text }],
    }),
  );
  return Report.parse({
    ...report,
    case: { name: next(), examiner: next() },
    made: {
      ...report.made,
      parameters: { [next()]: next() },
      method: hostileTexts.map((text) => ({ code: text, values: {}, text })),
    },
    requested: { from: next(), to: next() },
    sources: [
      { ...report.sources[0], paths: hostileTexts },
      { ...report.sources[0], paths: hostileTexts },
    ],
    totals: { ...report.totals, source: 0 },
    files: report.files.map((file) => ({ ...file, path: next(), copyOf: next(), firstTs: next() })),
    archives: [{ path: next(), bytes: 1, sha256: next(), members: 1 }],
    nodes: report.nodes.map((node) => ({ ...node, node: next() })),
    coverage: hostileTexts.map((node, source) => ({
      node,
      source: source % 2,
      day: next(),
      entries: 3,
      missing: 1,
    })),
    streams: report.streams.map((stream) => ({ ...stream, id: next(), node: next(), start: next() })),
    findings,
    skipped: hostileTexts.map((text) => ({ path: text, bytes: 1, reason: { code: text, values: {}, text } })),
    notVisible: hostileTexts.map((text) => ({ code: text, values: {}, text })),
  });
}
