/** What the command line leaves in the log of what people do with Unbroken. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli } from './run-cli.ts';

const days = join(import.meta.dirname, '..', 'fixtures', 'days');
let directory = '';
let env: NodeJS.ProcessEnv = {};
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-record-command-'));
  // Each system's own place for data.
  env = { ...process.env, HOME: directory, XDG_DATA_HOME: directory, LOCALAPPDATA: directory };
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const ownFolder = () => runCli(['config', '--own', '--json'], { env });
const findLog = (): string => {
  const settings = JSON.parse(ownFolder().stdout) as { key: string; value: string }[];
  return settings.find(({ key }) => key === 'file_path')?.value ?? '';
};
const readLog = () =>
  readFileSync(findLog(), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test('what looks into evidence is recorded before it begins, with who asked for what', () => {
  const workspace = join(directory, 'case.unbroken');
  expect(runCli(['import', days, '--workspace', workspace], { env }).status).toBe(0);
  runCli(['verify', days, '--json'], { env });
  runCli(['sql', '--workspace', workspace, 'select 1'], { env });
  runCli(['entries', '--workspace', workspace, '--user', 'amina'], { env });
  runCli(['report', '--workspace', workspace, '--json'], { env });
  runCli(['verify', join(directory, 'no-such')], { env });
  runCli(['config'], { env });
  const one = { model: 'unbroken.workspace', user_login: expect.any(String), outcome: 'begun' };
  expect(readLog()).toMatchObject([
    { ...one, action: 'import', res_id: [days], new_values: { workspace } },
    { ...one, action: 'verify', res_id: [days], new_values: { json: true } },
    { ...one, action: 'sql', res_id: [workspace], new_values: { arguments: ['select 1'] } },
    { ...one, action: 'entries', res_id: [workspace], new_values: { user: ['amina'] } },
    { ...one, action: 'report', res_id: [workspace] },
    { ...one, action: 'verify', res_id: [join(directory, 'no-such')] },
  ]);
  expect(runCli(['verify', findLog()], { env })).toMatchObject({ status: 0, stderr: '' });
});

test('a log that holds its own is not opened, and a place that cannot be written keeps nobody from a check', () => {
  const evidence = join(directory, 'evidence');
  cpSync(days, evidence, { recursive: true });
  const inside = { ...env, UNBROKEN_AUDIT_FILE_PATH: join(evidence, 'own.jsonl') };
  expect(runCli(['verify', evidence], { env: inside })).toMatchObject({ status: 2 });
  expect(existsSync(join(evidence, 'own.jsonl'))).toBe(false);
  mkdirSync(join(directory, 'own.jsonl'));
  const unwritable = { ...env, UNBROKEN_AUDIT_FILE_PATH: join(directory, 'own.jsonl') };
  const { status, stderr } = runCli(['verify', evidence], { env: unwritable });
  expect(status).toBe(0);
  expect(stderr).toContain('could not be recorded');
});
