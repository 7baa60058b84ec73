/** Wrong words, paths that are none and output that goes nowhere: one sentence and 2, never a stack, never a silent answer. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cli, type Ran, runCli } from './run-cli.ts';

let directory = '';
let workspace = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-bad-calls-'));
  workspace = join(directory, 'w.unbroken');
  writeFileSync(join(directory, 'a-file'), 'x');
  const line = (seq: number): string =>
    `{"seq": ${seq}, "ts": "2026-03-01T08:00:0${seq}.000001+00:00", "node": "web", "model": "res.partner", ` +
    `"res_id": 1, "method": "write", "user_id": 7, "user_login": "a", "old_values": {}, "new_values": {}}\n`;
  mkdirSync(join(directory, 'log'));
  writeFileSync(join(directory, 'log', 'audit.jsonl'), [1, 2, 3].map(line).join(''));
  expect(run('import', 'log', '--workspace', workspace).status).toBe(0);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const run = (...args: string[]): Ran => runCli(args, { cwd: directory, timeout: 20_000 });

const DATA = ['--data', 'a-file'];
test.each([
  ['a limit that is no number', ['entries', '--workspace', 'w.unbroken', '--limit', 'ten']],
  ['a limit below nothing', ['entries', '--workspace', 'w.unbroken', '--limit', '-1']],
  ['half an entry', ['entries', '--workspace', 'w.unbroken', '--limit', '1.5']],
  ['no limit where one is named', ['entries', '--workspace', 'w.unbroken', '--limit', '']],
  ['a port that is no number', ['view', '--port', 'abc']],
  ['a port that cannot be', ['view', '--port', '65536']],
  ['no port where one is named', ['view', '--port', '']],
  // As an unset variable of a shell gives it: this directory would be checked in its place.
  ['no path', ['verify', '']],
  ['no path beside one', ['verify', 'log', '']],
  ['no directory whose senders are listed', ['sender', 'list', '--data', 'typo']],
  ['no directory whose accounts are listed', ['user', 'list', '--data', 'typo']],
  ['no directory whose account is removed', ['user', 'remove', 'amina', '--data', 'typo']],
  ['no path to import', ['import', '', '--workspace', 'other.unbroken']],
  ['no file for the report', ['verify', 'log', '--html', '']],
  ['no directory to serve', ['serve', '--data', '', '--http', '127.0.0.1:0']],
  ['no directory to follow', ['serve', '--data', 'served', '--http', '127.0.0.1:0', '--tail', '']],
  ['a workspace in a directory that is not there', ['import', 'log', '--workspace', 'no/w.unbroken']],
  ['a file to serve', ['serve', '--http', '127.0.0.1:0', ...DATA]],
  ['senders in a file', ['sender', 'list', ...DATA]],
])('%s', (_, args) => {
  const { status, stdout, stderr } = run(...args);
  expect(stderr).toMatch(/^(?:unbroken|error): .+\n/);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect([status, stdout]).toEqual([2, '']);
});

test('a limit is kept to', () => {
  expect(run('entries', '--workspace', workspace, '--limit', '2', '--json').stdout.match(/\n/g)).toHaveLength(
    2,
  );
  expect(run('entries', '--workspace', workspace, '--limit', '0').stdout).toBe('');
});

test('a password in another encoding than UTF-8 makes no account', () => {
  const args = ['user', 'add', 'amina', '--password-stdin', '--data', 'accounts'];
  const input = Buffer.from('pässwörd mit zwölf Zeichen\n', 'latin1');
  const { status, stderr } = runCli(args, { cwd: directory, input });
  expect([status, stderr]).toEqual([2, 'unbroken: the password is not UTF-8\n']);
});

/** Both outputs have lost their reader before anything is written to them. */
async function runUnread(...args: string[]): Promise<number | null> {
  const child = spawn(process.execPath, [cli, ...args], { cwd: directory });
  child.stdout.destroy();
  child.stderr.destroy();
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

test('a verdict does not change because nobody reads it', async () => {
  expect(await runUnread('verify', join('log', 'nothing'))).toBe(2);
  expect(await runUnread('verify', '--no-such-option')).toBe(2);
});

test('what serves goes on when its output loses its reader', async () => {
  const child = spawn(process.execPath, [cli, 'serve', '--data', 'served', '--http', '127.0.0.1:0'], {
    cwd: directory,
  });
  child.stderr.destroy();
  const [address] = (await once(child.stdout, 'data')) as [Buffer];
  child.stdout.destroy();
  const url = new URL('/healthz', String(address).split('\n')[0]);
  expect((await fetch(url)).status).toBe(200);
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual(process.platform === 'win32' ? [null, 'SIGTERM'] : [0, null]);
});

test.skipIf(process.platform !== 'linux')(
  'output that finds no room is told, and is no verdict',
  async () => {
    const child = spawn('/bin/sh', ['-c', '"$@" > /dev/full', 'sh', process.execPath, cli, 'verify', 'log'], {
      cwd: directory,
    });
    const told = text(child.stderr);
    expect(await once(child, 'exit')).toEqual([2, null]);
    expect(await told).toMatch(/^unbroken: .*no space left.*\n$/);
  },
);
