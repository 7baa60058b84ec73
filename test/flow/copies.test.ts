/** Several copies of one log: each told by itself, and what only their comparison shows. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Finding } from '../../src/contract/finding.ts';
import { Report } from '../../src/contract/report.ts';
import { verifyPaths } from '../../src/engine/engine.ts';

const fixtures = join(import.meta.dirname, '..', 'fixtures');
const httpLines = readLines(join(fixtures, 'http', 'edge.jsonl'));

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-copies-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function readLines(file: string): string[] {
  return readFileSync(file, 'utf8').trimEnd().split('\n');
}

/** Seqs and times stand at the end of a line, after values that may hold anything. */
function readEnd(line: string): { seq: number; ts: string } {
  const [, seq = '', ts = ''] = /"seq": (\d+), "ts": "([^"]+)", "node": "vm"\}$/.exec(line) ?? [];
  return { seq: Number(seq), ts };
}

/** The file that the run of the HTTP fixture would have written: the same entries, with that run's times. */
function makeFileLines(): string[] {
  const times = new Map(httpLines.map(readEnd).map(({ seq, ts }) => [seq, ts]));
  return readLines(join(fixtures, 'edge', 'audit', 'audit-2024-01-15.jsonl')).map((line) => {
    const { seq, ts } = readEnd(line);
    return line.replace(
      `"ts": "${ts}"`,
      `"ts": "${times.get(seq) ?? `2026-11-24T02:14:20.1360${seq}+00:00`}"`,
    );
  });
}

/** Writes a copy as a directory of one day's file. */
function writeCopy(name: string, lines: readonly string[]): string {
  const path = join(directory, name);
  mkdirSync(path);
  writeFileSync(join(path, 'audit-2026-11-24.jsonl'), `${lines.join('\n')}\n`);
  return path;
}

/** Verifies, and leaves out what the log says of its own rules: it is the same in every copy. */
async function verify(...paths: string[]): Promise<Report> {
  const report = Report.parse(await verifyPaths(paths, { signal: new AbortController().signal }));
  return { ...report, findings: report.findings.filter(({ kind }) => kind !== 'rule-weakened') };
}

function list(report: Report, kind: Finding['kind']): unknown[] {
  return report.findings
    .filter((finding) => finding.kind === kind)
    .map(({ source, firstSeq, lastSeq, count }) => [source, firstSeq, lastSeq, count]);
}

function evidenceOf(report: Report, kind: Finding['kind']): unknown[][] {
  return report.findings
    .filter((finding) => finding.kind === kind)
    .map(({ evidence }) => evidence.map(({ code, values }) => [code, values]));
}

describe('genuine copies', () => {
  test('what HTTP lost is a gap of its copy, and nothing else is', async () => {
    const report = await verify(join(fixtures, 'http', 'edge.jsonl'));
    expect(list(report, 'gap')).toEqual([[0, 15, 17, 3]]);
    expect(report.findings).toHaveLength(1);
    expect((await verify(join(fixtures, 'http', 'ingest.jsonl'))).verdict).toBe('intact');
  });

  test('entries that syslog cut or dropped are missing in its copy, the cut lines malformed', async () => {
    const report = await verify(join(fixtures, 'syslog', 'udp-3164.jsonl'));
    expect(report.totals).toMatchObject({ lines: 72, entries: 68, malformed: 4, salvaged: 0 });
    expect(list(report, 'gap')).toEqual(
      expect.arrayContaining([
        [0, 19, 19, 1],
        [0, 25, 25, 1],
      ]),
    );
  });

  test('file against HTTP: each lacks what its backend lost, and not one of the others reads differently', async () => {
    const report = await verify(writeCopy('file', makeFileLines()), writeCopy('http', httpLines));
    expect(report.verdict).toBe('incomplete');
    expect(list(report, 'gap')).toEqual([
      [0, 20, 20, 1],
      [1, 15, 17, 3],
    ]);
    expect(list(report, 'missing-in-copy')).toEqual([
      [0, 20, 20, 1],
      [1, 15, 17, 3],
    ]);
    expect(report.findings).toHaveLength(4);
    expect(evidenceOf(report, 'missing-in-copy')[1]).toEqual([
      ['held-by', { source: 'http', holder: 'file', count: 3 }],
    ]);
    expect(evidenceOf(report, 'gap')[1]).toContainEqual(['held-elsewhere', { holder: 'file' }]);
    expect(report.statement.text).toMatch(
      /^Of 2 copies the fullest lacks at least 1 entry in its gaps, and 4 entries that one copy holds are missing in another\./,
    );
  });

  test('nothing is added up: nodes, coverage and streams name their copy, totals are the fullest one’s', async () => {
    const { nodes, coverage, streams, sources, totals } = await verify(
      writeCopy('http', httpLines),
      writeCopy('file', makeFileLines()),
    );
    expect(sources).toMatchObject([
      { paths: ['http'], files: 1, lines: 28, entries: 28, nodes: 1, streams: 1, missing: 3 },
      { paths: ['file'], files: 1, lines: 30, entries: 30, nodes: 1, streams: 1, missing: 1 },
    ]);
    expect(totals).toMatchObject({ source: 1, files: 1, lines: 30, entries: 30, missing: 1, conflicts: 0 });
    expect(nodes.map(({ node, source, entries }) => [node, source, entries])).toEqual([
      ['vm', 0, 28],
      ['vm', 1, 30],
    ]);
    expect(coverage.map(({ source, entries, missing }) => [source, entries, missing])).toEqual([
      [0, 28, 3],
      [1, 30, 1],
    ]);
    expect(new Set(streams.map(({ id }) => id)).size).toBe(2);
  });
});

describe('three copies', () => {
  const edit = (lines: readonly string[], seq: number, from: string, to: string): string[] =>
    lines.map((line) => (readEnd(line).seq === seq ? line.replace(from, to) : line));

  test('an edited value is one conflict, told by its key, with the line of each copy that disagrees', async () => {
    const edited = edit(httpLines, 30, '"user_login": "', '"user_login": "not-');
    const report = await verify(writeCopy('a', httpLines), writeCopy('b', edited), writeCopy('c', edited));
    expect(report.verdict).toBe('contradicted');
    expect(report.totals).toMatchObject({ source: 0, entries: 28, conflicts: 1 });
    const [conflict, ...others] = report.findings.filter(({ kind }) => kind === 'conflict');
    expect(others).toEqual([]);
    expect(conflict?.before?.map(({ path }) => path)).toEqual(['a/audit-2026-11-24.jsonl']);
    expect(conflict?.after?.map(({ path, line }) => [path, line])).toEqual([
      ['b/audit-2026-11-24.jsonl', 27],
      ['c/audit-2026-11-24.jsonl', 27],
    ]);
    expect(conflict?.evidence).toMatchObject([
      { code: 'differs', values: { key: 'user_login', one: '"__system__"', other: '"not-__system__"' } },
    ]);
  });

  test('a loss is told once for each copy that has it', async () => {
    const short = httpLines.filter((line) => readEnd(line).seq !== 10);
    const report = await verify(writeCopy('a', httpLines), writeCopy('b', short), writeCopy('c', httpLines));
    expect(list(report, 'missing-in-copy')).toEqual([[1, 10, 10, 1]]);
  });

  test('a copy that ran further shows a cut tail; one that begins later lacks nothing', async () => {
    const lines = readLines(join(fixtures, 'http', 'ingest.jsonl'));
    const inTime = lines.toSorted((a, b) => (readEnd(a).ts < readEnd(b).ts ? -1 : 1));
    const report = await verify(writeCopy('a', inTime.slice(4)), writeCopy('b', inTime.slice(0, -5)));
    expect(report.findings.map(({ kind, source, count }) => [kind, source, count])).toEqual([
      ['missing-in-copy', 1, 5],
    ]);
    expect(evidenceOf(report, 'missing-in-copy')[0]?.map((said) => (said as unknown[])[0])).toEqual([
      'held-by',
      'ran-further',
    ]);
  });
});

test('a node that one copy has nothing of is missing there as a whole', async () => {
  const other = httpLines.map((line) => line.replace('"node": "vm"}', '"node": "web"}'));
  const report = await verify(writeCopy('a', [...httpLines, ...other]), writeCopy('b', httpLines));
  expect(list(report, 'missing-in-copy')).toEqual([[1, 1, 31, 28]]);
  expect(evidenceOf(report, 'missing-in-copy')[0]).toContainEqual([
    'node-absent',
    { source: 'b', holder: 'a' },
  ]);
});

test('an entry recovered from a torn line is present, and contradicts no copy', async () => {
  const torn = httpLines.map((line, i) => (i === 9 ? `{"rule_name": "Pro${line}` : line));
  const report = await verify(writeCopy('a', httpLines), writeCopy('b', torn));
  expect(report.verdict).toBe('incomplete');
  expect(new Set(report.findings.map(({ kind }) => kind))).toEqual(new Set(['malformed', 'gap']));
  expect(list(report, 'gap')).toEqual([
    [0, 15, 17, 3],
    [1, 15, 17, 3],
  ]);
  expect(report.sources.map(({ entries, salvaged }) => [entries, salvaged])).toEqual([
    [28, 0],
    [27, 1],
  ]);
});

test('an entry that one copy holds twice is its duplicate, and lacks once in the other', async () => {
  const twice = [...httpLines.slice(0, 10), httpLines[9] ?? '', ...httpLines.slice(10)];
  const short = httpLines.filter((_, i) => i !== 9);
  const report = await verify(writeCopy('a', twice), writeCopy('b', short));
  expect(list(report, 'duplicate')).toEqual([[0, 10, 10, 1]]);
  expect(list(report, 'missing-in-copy')).toEqual([[1, 10, 10, 1]]);
});
