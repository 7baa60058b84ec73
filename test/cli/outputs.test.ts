/** What the command writes: values only where they may be, and nothing raw that a terminal would obey. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Report } from '../../src/contract/report.ts';
import { type Ran, runCli } from './run-cli.ts';

/** Values that must not be told; one key's name that may. */
const CANARY = 'canary-7f3a';
const HOSTILE = '\u202e\u001b[31m\u0085\u200b\u2028';

let directory = '';
let copies: string[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-cli-'));
  copies = ['a', 'b'].map((name) => writeCopy(name, name));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A log with a gap, a torn line and a duplicate, in which `edit` is the value of one entry. */
function writeCopy(name: string, edit: string): string {
  const line = (seq: number, extra = ''): string =>
    `{"rule_name": "${CANARY}", "model": "res.partner", "res_id": "${CANARY}", "method": "write", ` +
    `"user_id": 7, "user_login": "${CANARY}${seq === 5 ? edit : ''}", "data": {"old": {"phone": "${CANARY}"}, ` +
    `"new": {"phone": "${CANARY}${seq === 5 ? edit : ''}${JSON.stringify(HOSTILE).slice(1, -1)}"${seq === 5 ? extra : ''}}}, ` +
    `"seq": ${seq}, "ts": "2026-03-01T08:00:0${seq}.000001+00:00", "node": "web${HOSTILE.replace(/[\u001b]/g, '')}"}`;
  const extra = name === 'a' ? `, "only": "${CANARY}"` : '';
  const lines = [1, 2, 4, 5, 6, 6].map((seq) => line(seq, extra));
  lines.push(`{"rule_name": "${CANARY}", "model": "${CANARY}`);
  mkdirSync(join(directory, name));
  writeFileSync(join(directory, name, 'audit.jsonl'), `${lines.join('\n')}\n`);
  return join(directory, name);
}

const run = (...args: string[]): Ran => runCli(args);

function verifyToFiles(...options: string[]): string[] {
  const html = join(directory, 'report.html');
  const csv = join(directory, 'report.csv');
  const json = run('verify', ...copies, '--json', ...options);
  const others = run('verify', ...copies, '--html', html, '--csv', csv, ...options);
  expect([json.status, others.status, json.stderr + others.stderr]).toEqual([1, 1, '']);
  return [json.stdout, others.stdout, readFileSync(html, 'utf8'), readFileSync(csv, 'utf8')];
}

test('with --mask no output holds a value, and each says so or names the key', () => {
  const [json = '', text = '', html = '', csv = ''] = verifyToFiles('--mask');
  for (const output of [json, text, html, csv]) {
    expect(output).not.toContain(CANARY);
    expect(output).toContain('data.new.phone differs; its values are left out.');
  }
  for (const output of [text, html]) expect(output).toContain('Values of entries were left out.');
  const report = Report.parse(JSON.parse(json));
  expect(report.made.parameters).toMatchObject({ mask: true });
  expect(new Set(report.findings.map(({ kind }) => kind))).toEqual(
    new Set(['gap', 'malformed', 'duplicate', 'conflict']),
  );
});

test('without it the values that differ are told', () => {
  for (const output of verifyToFiles()) {
    expect(output).toContain(`${CANARY}a`);
    expect(output).toContain('user_login');
    expect(output).toContain('only');
  }
});

test('a workspace’s report can be masked too, and listed entries hold no values', () => {
  const workspace = join(directory, 'case.unbroken');
  expect(run('verify', ...copies, '--workspace', workspace, '--json').stdout).toContain(CANARY);
  expect(run('report', '--workspace', workspace, '--mask', '--json').stdout).not.toContain(CANARY);
  const rows = run('entries', '--workspace', workspace, '--json').stdout;
  expect(rows.trimEnd().split('\n')).toHaveLength(12);
  expect(JSON.parse(rows.split('\n')[0] ?? '')).not.toHaveProperty('newValues');
});

test('nothing that a terminal obeys goes out raw, on standard output or standard error', () => {
  const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/;
  const workspace = join(directory, 'case.unbroken');
  const outputs = [
    run('verify', ...copies, '--workspace', workspace),
    run('verify', ...copies, '--json'),
    run('entries', '--workspace', workspace),
    run('entries', '--workspace', workspace, '--json'),
    run('verify', join(directory, `no${HOSTILE}thing`)),
    run('verify', copies[0] ?? '', '--against', join(directory, `no${HOSTILE}thing`)),
    run('verify', '--no\u202ething'),
  ];
  for (const { stdout, stderr } of outputs) {
    expect(stdout + stderr).not.toMatch(raw);
    expect(stdout + stderr).not.toBe('');
  }
  const [, json] = outputs;
  expect(JSON.parse(json?.stdout ?? '').nodes[0].node).toContain('\u202e');
});

test('a period is told alike by every output, and one that ends before it begins is refused', () => {
  const period = ['--from', '2026-03-01T08:00:04+00:00', '--to', '2026-03-01T08:00:06+00:00'];
  const html = join(directory, 'report.html');
  const { stdout: text } = run('verify', copies[0] ?? '', ...period, '--html', html);
  const json = Report.parse(JSON.parse(run('verify', copies[0] ?? '', ...period, '--json').stdout));
  // Seq 4 and 5 lie in it, and what is missing before 4.
  expect(json).toMatchObject({ totals: { entries: 2, missing: 1, files: 1 }, found: { outside: 4 } });
  for (const output of [text.replaceAll('\n', ' '), readFileSync(html, 'utf8')]) {
    expect(output).toContain('in 1 gap among 2 entries of 1 stream');
    expect(output).toContain('4 entries outside the period asked for were read as well');
  }
  const backwards = run('verify', copies[0] ?? '', '--from', '2026-03-02', '--to', '2026-03-01');
  expect(backwards).toMatchObject({ status: 2, stdout: '' });
  expect(backwards.stderr).toContain('the period has to end after it begins');
});
