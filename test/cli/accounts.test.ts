/** Who may see what is served is changed by the command line: witnessed before it takes effect, without any secret. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { runSenderAdd, runSenderRevoke, runSenderRotate } from '../../src/cli/run-sender.ts';
import { runTokenAdd, runTokenRevoke, runUserRemove, runUserRole } from '../../src/cli/run-user.ts';
import { AccountBook } from '../../src/host/accounts/account-book.ts';
import { changeByHand } from '../../src/host/own-log/change-by-hand.ts';

let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unbroken-accounts-'));
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(data, { recursive: true, force: true });
});

const readLog = (): string => readFileSync(join(data, 'audit', 'audit.jsonl'), 'utf8');
const tell = () =>
  readLog()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(({ model, res_id, action, phase, old_values, new_values }) => [
      ...[`${model},${res_id}`, action, phase, old_values?.group, new_values?.group],
    ]);

test('accounts and tokens', async () => {
  const after = { group: 'user', password: true } as const;
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await changeByHand(data, { kind: 'user', name: 'amina', after }, () =>
    new AccountBook(data).add('amina', 'user', 'correct horse battery'),
  );
  await runUserRole('amina', { data, group: 'manager' });
  await runUserRemove('amina', { data, group: 'user' });
  await expect(runUserRemove('amina', { data, group: 'user' })).rejects.toThrow();
  await runTokenAdd('siem', { data, group: 'user' });
  await runTokenRevoke('siem', { data, group: 'user' });
  const value = String(write.mock.calls.at(-1)?.[0]).trim();
  expect(tell()).toEqual([
    ['res.users,amina', 'user_created', 'intent', undefined, 'user'],
    ['res.users,amina', 'user_created', 'outcome', undefined, 'user'],
    ['res.users,amina', 'user_modified', 'intent', 'user', 'manager'],
    ['res.users,amina', 'user_modified', 'outcome', 'user', 'manager'],
    ['res.users,amina', 'user_deleted', 'intent', 'manager', undefined],
    ['res.users,amina', 'user_deleted', 'outcome', 'manager', undefined],
    ['res.users,amina', 'user_deleted', 'intent', undefined, undefined],
    ['res.users,amina', 'user_deleted', 'failed', undefined, undefined],
    ['unbroken.token,siem', 'token_created', 'intent', undefined, 'user'],
    ['unbroken.token,siem', 'token_created', 'outcome', undefined, 'user'],
    ['unbroken.token,siem', 'token_deleted', 'intent', 'user', undefined],
    ['unbroken.token,siem', 'token_deleted', 'outcome', 'user', undefined],
  ]);
  expect(value.length).toBeGreaterThan(20);
  for (const secret of [value, 'correct horse']) expect(readLog()).not.toContain(secret);
});

test('who may send', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  await runSenderAdd('openspp', { data });
  await runSenderAdd('relay', { data, auth: false, allow: ['10.0.0.5'] });
  await runSenderRotate('relay', { data });
  await runSenderRevoke('openspp', { data });
  const values = write.mock.calls.map(([text]) => String(text).trim());
  const senders = readLog()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ phase }) => phase === 'intent');
  expect(senders).toMatchObject([
    { model: 'unbroken.sender', res_id: 'openspp', action: 'token_created' },
    { res_id: 'relay', action: 'token_created', new_values: { allow: ['10.0.0.5'] } },
    { res_id: 'relay', action: 'token_modified', old_values: { allow: ['10.0.0.5'] } },
    { res_id: 'openspp', action: 'token_deleted', old_values: { value: '<masked>' } },
  ]);
  for (const value of values) expect(readLog()).not.toContain(value.slice(7));
});

test('a change that cannot be witnessed is refused', async () => {
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, 'audit'), 'in the way');
  await expect(runTokenAdd('siem', { data, group: 'manager' })).rejects.toMatchObject({
    failure: { code: 'change-unwitnessed', subject: 'siem' },
  });
  expect(new AccountBook(data).tokens()).toEqual([]);
});
