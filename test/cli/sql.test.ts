/** `unbroken sql`: what it reads, in three forms, and that it changes nothing. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ran, runCli } from './run-cli.ts';

let directory = '';
let workspace = '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-sql-'));
  workspace = join(directory, 'w.unbroken');
  const line = (seq: number, second: number): string =>
    `{"seq": ${seq}, "ts": "2026-03-0${second < 5 ? 1 : 2}T08:00:0${second}.000001+00:00", "node": "web", ` +
    `"model": "res.partner", "res_id": ${seq}, "method": "write", "user_id": 7, "user_login": "=cmd|'x'", ` +
    `"old_values": {"n": 1.0}, "new_values": {"n": ${seq}.50, "note": "a;=b"}}`;
  const lines = [1, 2, 4, 5, 6].map((seq, i) => line(seq, i * 2));
  writeFileSync(join(directory, 'audit.jsonl'), `${lines.join('\n')}\n`);
  expect(run('import', join(directory, 'audit.jsonl'), '--workspace', workspace).status).toBe(1);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const run = (...args: string[]): Ran => runCli(args);
const ask = (sql: string, ...options: string[]): Ran => run('sql', '--workspace', workspace, ...options, sql);

test('tells entries, their lines and values, within a time', () => {
  const { stdout, status } = ask(
    `select seq, ts, res_id, json_extract(new_values(id), '$.n') as n, raw(id) like '{"seq": %' as whole
     from entries('2026-03-02', '2026-03-03') order by seq`,
    '--json',
  );
  expect(status).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((row) => JSON.parse(row)),
  ).toEqual([
    { seq: 5, ts: '2026-03-02T08:00:06.000001+00:00', res_id: '5', n: 5.5, whole: 1 },
    { seq: 6, ts: '2026-03-02T08:00:08.000001+00:00', res_id: '6', n: 6.5, whole: 1 },
  ]);
});

test('tells files, streams and findings, and joins them', () => {
  const sql = `select f.kind, f.first_seq, f.count, s.node, s.missing,
      (select sum(entries) from files) as entries, (select count(*) from entries) as counted
    from findings f join streams s on s.id = json_extract(f.streams, '$[0]') where f.kind = 'gap'`;
  expect(ask(sql).stdout).toBe(
    'kind\tfirst_seq\tcount\tnode\tmissing\tentries\tcounted\ngap\t3\t1\tweb\t1\t5\t5\n',
  );
});

test('CSV is safe for a spreadsheet', () => {
  const { stdout } = ask(`select user_login, 'a;=b' as b, null as c from entries limit 1`, '--csv');
  expect(stdout).toBe(`user_login,b,c\r\n'=cmd|'x',a;'=b,\r\n`);
});

test('numbers that JavaScript would round and blobs are told as they are', () => {
  const sql = `select 9007199254740993 as big, -7 as small, 1.5 as half, x'00ff' as blob, null as none`;
  expect(JSON.parse(ask(sql, '--json').stdout)).toEqual({
    big: '9007199254740993',
    small: -7,
    half: 1.5,
    blob: '00ff',
    none: null,
  });
  expect(ask(sql).stdout).toBe('big\tsmall\thalf\tblob\tnone\n9007199254740993\t-7\t1.5\t00ff\t\n');
});

test('JSON loses no column to another of its name', () => {
  const { status, stdout, stderr } = ask('select 1 as a, 2 as a', '--json');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toContain('two columns have one name');
  expect(ask('select 1 as a, 2 as a').stdout).toBe('a\ta\n1\t2\n');
});

test.each([
  'delete from entries',
  'insert into files (path) values (1)',
  'create table t (a)',
  `attach 'ATTACHED' as other`,
  `vacuum into 'ATTACHED'`,
  'drop table entries',
  'select * from segment',
  'select 1; select 2',
  'select nothing from entries',
  `select * from entries('yesterday')`,
  '',
])('refuses %s', (sql) => {
  const hash = (): string => createHash('sha256').update(readFileSync(workspace)).digest('hex');
  const before = hash();
  const target = join(directory, 'other.db');
  const { status, stderr } = ask(sql.replace('ATTACHED', target));
  expect(status).toBe(2);
  expect(stderr).toMatch(/^unbroken: /);
  expect(existsSync(target)).toBe(false);
  expect(hash()).toBe(before);
});
