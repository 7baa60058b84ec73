/** What a served directory received, asked from the command line. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeEntry, runReceiver, type TestReceiver, VALUE } from '../receiver/running-receiver.ts';
import { runCli } from './run-cli.ts';

let elsewhere: string;
let receiver: TestReceiver;
beforeEach(async () => {
  elsewhere = mkdtempSync(join(tmpdir(), 'unbroken-served-'));
  receiver = await runReceiver();
  for (const seq of [1, 2, 4, 5]) {
    const sent = { method: 'POST', body: makeEntry(seq), headers: { authorization: VALUE } };
    expect((await fetch(`${receiver.url}/ingest`, sent)).status).toBe(200);
  }
});
afterEach(async () => {
  await receiver.close();
  rmSync(elsewhere, { recursive: true });
});

function verify(...args: string[]): { status: number | null; kinds: string[]; stderr: string } {
  const { status, stdout, stderr } = runCli(['verify', '--json', ...args]);
  const { findings } = (stdout === '' ? { findings: [] } : JSON.parse(stdout)) as {
    findings: { kind: string }[];
  };
  return { status, kinds: findings.map(({ kind }) => kind), stderr };
}

test('what was received is checked while it is served, by itself and beside the sender’s own log', () => {
  expect(verify('--data', receiver.data)).toMatchObject({ status: 1, kinds: ['gap'] });
  writeFileSync(join(elsewhere, 'audit.jsonl'), [1, 2, 3, 4, 5].map((seq) => `${makeEntry(seq)}\n`).join(''));
  const { status, kinds } = verify('--data', receiver.data, elsewhere);
  expect(status).toBe(1);
  expect(kinds).toContain('missing-in-copy');
});

test('without anything to check, or where nothing was received, the check fails', () => {
  expect(verify()).toMatchObject({ status: 2, stderr: expect.stringContaining('--data') });
  mkdirSync(join(elsewhere, 'empty'));
  expect(verify('--data', join(elsewhere, 'empty'))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('nothing was received there'),
  });
});
