import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Calls, Reply } from '../../src/contract/api.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { days, makeHostOptions } from './host-options.ts';

let directory = '';
let faults: unknown[] = [];
let hosts: Host[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-own-log-'));
  faults = [];
  hosts = [];
});
afterEach(async () => {
  for (const host of hosts) await host.close();
  rmSync(directory, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}): Host {
  const host = createHost({ ...makeHostOptions(directory, (error) => faults.push(error)), environment });
  hosts.push(host);
  return host;
}

async function ask<N extends keyof Calls>(
  host: Host,
  name: N,
  input: Calls[N]['input'],
): Promise<Calls[N]['output']> {
  const reply = (await host.call(name, input)) as Reply<Calls[N]['output']>;
  if (!reply.ok) throw new Error(`${reply.failure.code}: ${reply.failure.message}`);
  return reply.value;
}

const readLog = (file = join(directory, 'data', 'audit', 'audit.jsonl')) =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ model }) => model !== 'unbroken.app');

/** Opens and waits for the check. */
async function open(host: Host, paths: string[]): Promise<string> {
  const ended = Promise.withResolvers<void>();
  const stop = host.on((name) => name === 'workspace.checked' && ended.resolve());
  const { workspace } = await ask(host, 'workspace.open', { paths });
  await ended.promise;
  stop();
  return workspace;
}

test('what a person does is recorded with who they are, and on which evidence', async () => {
  const host = start();
  const workspace = await open(host, [days]);
  const page = { filter: {}, order: 'oldest-first', offset: 0, limit: 1 } as const;
  const { rows } = await ask(host, 'entries.page', { workspace, ...page });
  await ask(host, 'marks.set', { workspace, id: rows[0]?.id ?? '', tags: ['odd'], note: 'Ask Ana' });
  const said = { tags: ['odd'], note: 'Ana says it is known' };
  await ask(host, 'marks.set', { workspace, id: rows[0]?.id ?? '', ...said });
  await ask(host, 'filters.save', { workspace, name: 'mine', filter: { model: ['res.partner'] } });
  await ask(host, 'filters.remove', { workspace, name: 'mine' });
  await ask(host, 'entries.export', {
    ...{ workspace, filter: {}, order: 'oldest-first', form: 'raw', mask: true, name: 'all' },
  });
  await host.call('reviews.set', { workspace, finding: 'none', state: 'reviewed', note: '' });
  await ask(host, 'preferences.change', { scheme: 'dark' });
  await ask(host, 'workspace.close', { workspace });
  await ask(host, 'workspace.delete', { paths: [days] });
  const entries = readLog();
  expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, n) => n + 2));
  const { uid, username } = userInfo();
  for (const entry of entries)
    expect(entry).toMatchObject({ user_id: uid < 0 ? username : uid, user_login: username });
  const { node, tsMicros = 0, seq } = rows[0] ?? {};
  const about = { res_id: [node, tsMicros, seq, expect.stringMatching(/^[0-9a-f]{64}$/)], evidence: [days] };
  // What is opened is imported behind the answer.
  const [sources, others] = [true, false].map((isSource) =>
    entries.filter(({ model }) => (model === 'unbroken.source') === isSource),
  );
  expect(sources).toMatchObject([{ res_id: days, method: 'create', evidence: [days] }]);
  expect(others).toMatchObject([
    { model: 'unbroken.workspace', res_id: [days], action: 'open', outcome: 'done' },
    {
      ...{ model: 'unbroken.note', ...about, method: 'create' },
      new_values: { tags: '["odd"]', note: 'Ask Ana' },
    },
    {
      ...{ model: 'unbroken.note', ...about, method: 'write' },
      ...{ old_values: { note: 'Ask Ana' }, new_values: { note: 'Ana says it is known' } },
    },
    { model: 'unbroken.filter', res_id: 'mine', method: 'create', evidence: [days] },
    {
      ...{ model: 'unbroken.filter', res_id: 'mine', method: 'unlink' },
      old_values: { filter: '{"model":["res.partner"]}' },
    },
    { model: 'unbroken.export', action: 'export', new_values: { form: 'raw', mask: true, count: 1143 } },
    { model: 'unbroken.review', res_id: 'none', action: 'write', outcome: 'not-found' },
    {
      ...{ model: 'unbroken.setting', method: 'write' },
      ...{ old_values: { scheme: 'auto' }, new_values: { scheme: 'dark' } },
    },
    { model: 'unbroken.workspace', res_id: [days], action: 'close' },
    {
      ...{ model: 'unbroken.note', ...about, method: 'unlink' },
      old_values: { tags: '["odd"]', note: 'Ana says it is known' },
    },
    { model: 'unbroken.workspace', res_id: [days], action: 'delete' },
  ]);
  expect(faults).toEqual([]);
});

test('it opens and verifies like any other log', async () => {
  await ask(start(), 'preferences.change', { scheme: 'dark' });
  const host = start();
  const first = await open(host, [days]);
  for (const name of ['one', 'two', 'two'])
    await ask(host, 'filters.save', { workspace: first, name, filter: { model: [name] } });
  await ask(host, 'workspace.delete', { paths: [days] });
  const filters = readLog().filter(({ model }) => model === 'unbroken.filter');
  expect(filters.map(({ method, res_id }) => [method, res_id])).toEqual([
    ...[
      ['create', 'one'],
      ['create', 'two'],
    ],
    // Nothing was changed by saving it again; what goes with the workspace is told one by one.
    ...[
      ['unlink', 'one'],
      ['unlink', 'two'],
    ],
  ]);
  const { ownLog } = await ask(host, 'app.info', {});
  const workspace = await open(host, [ownLog ?? '']);
  expect(await ask(host, 'report.get', { workspace })).toMatchObject({
    verdict: 'intact',
    totals: { malformed: 0 },
  });
});

test('an attempt that is refused is told as such', async () => {
  const host = start();
  await host.call('workspace.delete', { paths: [days] }, { group: 'user', session: 'u' });
  await host.call(
    'settings.set',
    { key: 'http_auth_header', text: 'Bearer x' },
    { group: 'user', session: 'u' },
  );
  await host.call('rules.remove', { model: 'res.partner' }, { group: 'user', session: 'u' });
  expect(readLog()).toMatchObject([
    { action: 'delete', res_id: [days], outcome: 'not-allowed' },
    { model: 'unbroken.setting', action: 'write', res_id: 'http_auth_header', outcome: 'not-allowed' },
    { model: 'unbroken.rule', action: 'unlink', res_id: 'res.partner', outcome: 'not-allowed' },
  ]);
  expect(JSON.stringify(readLog())).not.toContain('Bearer');
});

test('settings of an OpenSPP host decide nothing; its own switch it off', async () => {
  const evidence = join(directory, 'evidence.jsonl');
  const host = start({
    ...{ OPENSPP_AUDIT_BACKEND_FILE: 'true', OPENSPP_AUDIT_FILE_PATH: evidence },
    UNBROKEN_AUDIT_BACKEND_FILE: 'false',
  });
  await ask(host, 'preferences.change', { scheme: 'dark' });
  expect(await ask(host, 'app.info', {})).toMatchObject({ ownLog: null });
  expect(() => readLog(evidence)).toThrow('ENOENT');
  expect(() => readLog()).toThrow('ENOENT');
});

test('what is opened is never written to', async () => {
  const evidence = join(directory, 'evidence');
  mkdirSync(evidence);
  const host = start({ UNBROKEN_AUDIT_FILE_PATH: join(evidence, 'own.jsonl') });
  for (const paths of [[evidence], [directory]])
    expect(await host.call('workspace.open', { paths })).toMatchObject({
      failure: { code: 'output-inside-evidence' },
    });
});

test('a file that holds another log is not taken for its own', async () => {
  const file = join(directory, 'audit.jsonl');
  const line = '{"seq": 1, "ts": "2024-01-15T10:30:45+00:00", "node": "n", "model": "res.partner"}\n';
  writeFileSync(file, line);
  const host = start({ UNBROKEN_AUDIT_FILE_PATH: file });
  await ask(host, 'preferences.change', { scheme: 'dark' });
  expect(readFileSync(file, 'utf8')).toBe(line);
  expect(faults).toMatchObject([{ failure: { code: 'output-inside-evidence', subject: file } }]);
});

test('a setting that is no value is told, and the app goes on', async () => {
  const host = start({ UNBROKEN_AUDIT_BACKEND_FILE: 'maybe' });
  await ask(host, 'preferences.change', { scheme: 'dark' });
  expect(faults).toMatchObject([{ failure: { code: 'bad-setting' } }]);
});

test('notes are told in full, unless the environment masks them', async () => {
  const write = async (host: Host): Promise<void> => {
    const workspace = await open(host, [days]);
    const record = { model: 'res.partner', resId: '42' };
    await ask(host, 'thread.write', { workspace, record, text: 'Ask Ana' });
  };
  await write(start());
  await write(start({ UNBROKEN_AUDIT_MASKED_FIELDS: 'note' }));
  const notes = readLog().filter(({ model }) => model === 'unbroken.note');
  expect(notes).toMatchObject([{ new_values: { note: 'Ask Ana' } }, { new_values: { note: '<masked>' } }]);
});
