/** One run as file, HTTP and syslog have it: the last two in a receiver's spool. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../src/contract/report.ts';
import { verifyPaths } from '../../src/engine/engine.ts';
import { openSpool } from '../../src/receiver/spool/spool.ts';
import type { Arrival, Origin } from '../../src/receiver/spool/spool-line.ts';
import { appendOne } from '../receiver/spool/append-one.ts';

const genuine = join(import.meta.dirname, '../fixtures/days/audit');
let root: string;
let file: string;
let spool: string;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'unbroken-flow-three-'));
  file = join(root, 'file');
  spool = join(root, 'spool');
  cpSync(genuine, file, { recursive: true });
  const { spool: open } = openSpool({
    directory: spool,
    indexFile: join(root, 'index.sqlite'),
    minFreeBytes: 0,
    maxWaitingBytes: 1e8,
    onTrouble: () => {},
  });
  for (const name of readdirSync(genuine).sort()) {
    const lines = readFileSync(join(genuine, name), 'utf8').trimEnd().split('\n');
    await Promise.all(lines.flatMap((line) => arrive(line)).map((arrival) => appendOne(open, arrival)));
  }
  await open.close();
});

afterEach(() => rmSync(root, { recursive: true }));

/** By HTTP the body is ASCII, as Python's `json.dumps` writes it; by syslog the line has its envelope. */
function arrive(line: string): (Origin & Arrival)[] {
  const ascii = line.replace(
    /[\u0080-\uffff]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [
    { sender: 'by-http', transport: 'http', peer: '127.0.0.1:1', payload: Buffer.from(ascii) },
    {
      sender: 'by-syslog',
      transport: 'relp',
      peer: '127.0.0.1:2',
      envelope: Buffer.from('<134>1 - vm openspp-audit - - - '),
      payload: Buffer.from(line),
    },
  ];
}

const check = (): Promise<Report> => verifyPaths([file, spool], { signal: new AbortController().signal });

/** Seqs and times that a source lacks, one by one. */
const listLacking = ({ findings, sources }: Report) =>
  findings
    .filter(({ kind }) => kind === 'missing-in-copy')
    .map(({ source, count, firstSeq, fromTs }) => [sources[source!]?.paths[0], count, firstSeq, fromTs]);

test('ten lines that one copy lacks are told one by one, and which copies hold them', async () => {
  const whole = await check();
  expect(whole.verdict).toBe('intact');
  expect(whole.sources.map(({ entries }) => entries)).toEqual([1143, 1143, 1143]);

  const removed: { seq: number; ts: string }[] = [];
  for (const name of ['audit-2024-01-16.jsonl', 'audit-2024-01-18.jsonl']) {
    const lines = readFileSync(join(file, name), 'utf8').trimEnd().split('\n');
    const isRemoved = (i: number): boolean => i % 40 === 20 && i < 200;
    removed.push(...lines.filter((_, i) => isRemoved(i)).map((line) => JSON.parse(line)));
    writeFileSync(join(file, name), `${lines.filter((_, i) => !isRemoved(i)).join('\n')}\n`);
  }
  expect(removed).toHaveLength(10);
  const report = await check();
  expect(report.verdict).toBe('incomplete');
  expect(listLacking(report)).toEqual(removed.map(({ seq, ts }) => ['file', 1, seq, ts]));
  expect(report.totals.conflicts).toBe(0);
  // The two others hold all that the file's own gaps say is missing.
  const gaps = report.findings.filter(({ kind }) => kind === 'gap');
  expect(gaps.length).toBeGreaterThan(0);
  for (const { source, evidence } of gaps) {
    expect(source).toBe(0);
    expect(evidence.map(({ code }) => code)).toContain('held-elsewhere');
  }
});
