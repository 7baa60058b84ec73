/** The calls about settings: what the database may say, what is fixed above it, and what is kept. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Calls, Reply } from '../../src/contract/api.ts';
import { LoggedAction, type Rule } from '../../src/contract/rule.ts';
import type { SettingKey } from '../../src/contract/setting.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { days, makeHostOptions } from './host-options.ts';

let directory = '';
let hosts: Host[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-settings-'));
  hosts = [];
});
afterEach(async () => {
  for (const host of hosts) await host.close();
  rmSync(directory, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}) {
  const file = join(directory, 'odoo.conf');
  const rc = existsSync(file) ? { ODOO_RC: file } : { ODOO_RC: join(directory, 'none.conf') };
  const bugs: unknown[] = [];
  const host = createHost({
    ...makeHostOptions(directory, (error) => bugs.push(error)),
    environment: { ...rc, ...environment },
  });
  hosts.push(host);
  const call = async <N extends keyof Calls>(name: N, input: Calls[N]['input']) =>
    (await host.call(name, input)) as Reply<Calls[N]['output']>;
  const set = (key: SettingKey, text: string | null) => call('settings.set', { key, text });
  const find = async (key: SettingKey) => {
    const reply = await call('settings.list', { owner: 'openspp' });
    return reply.ok ? reply.value.settings.find((setting) => setting.key === key) : undefined;
  };
  return { host, call, set, find, bugs };
}

const kept = () => join(directory, 'data', 'spp-audit-settings.json');

test('what is set is kept, is the lowest layer, and is taken out again', async () => {
  const { set, find } = start();
  expect(await set('backend_file', 'true')).toMatchObject({ ok: true });
  expect(await find('backend_file')).toMatchObject({
    value: true,
    layer: 'database',
    name: 'spp_audit.backend_file',
    warnings: [{ code: 'database-alone' }],
  });
  const again = start();
  expect(await again.find('backend_file')).toMatchObject({ value: true, layer: 'database' });
  if (process.platform !== 'win32') expect(statSync(kept()).mode & 0o777).toBe(0o600);
  await again.set('backend_file', null);
  expect(await find('backend_file')).toMatchObject({ value: false, layer: 'default' });
  expect(JSON.parse(readFileSync(kept(), 'utf8'))).toEqual({});
});

test.each([
  ['backend_file', 'perhaps', 'bad-setting'],
  ['http_url', 'https://a:b@h.example/', 'bad-setting'],
  ['permit_unwitnessed', 'true', 'setting-fixed'],
] as const)('%s = %j is refused as %s, and nothing is kept', async (key, text, code) => {
  const { set } = start();
  expect(await set(key, text)).toMatchObject({ ok: false, failure: { code } });
  expect(existsSync(kept())).toBe(false);
});

test('a database parameter cannot switch off what the environment or the file switched on', async () => {
  writeFileSync(join(directory, 'odoo.conf'), '[options]\nspp_audit_backend_syslog = true\n');
  const { set, find } = start({ OPENSPP_AUDIT_BACKEND_FILE: 'true' });
  expect(await set('backend_file', 'false')).toMatchObject({
    failure: { code: 'setting-fixed', subject: 'OPENSPP_AUDIT_BACKEND_FILE' },
  });
  expect(await set('backend_syslog', 'false')).toMatchObject({
    failure: { code: 'setting-fixed', subject: 'spp_audit_backend_syslog' },
  });
  // Whoever writes the values past us changes nothing either.
  mkdirSync(join(directory, 'data'), { recursive: true });
  writeFileSync(kept(), '{"spp_audit.backend_file": "false", "spp_audit.backend_syslog": "false"}');
  expect(await find('backend_file')).toMatchObject({ value: true, warnings: [{ code: 'database-weakens' }] });
  expect(await find('backend_syslog')).toMatchObject({
    value: true,
    warnings: [{ code: 'database-weakens' }],
  });
});

test('kept values that cannot be read are told, and not written over', async () => {
  const first = start();
  await first.set('http_timeout', '9');
  writeFileSync(kept(), '{"spp_audit.backend_file": ');
  const { call, set, bugs } = start();
  expect(await call('settings.list', { owner: 'openspp' })).toMatchObject({
    failure: { code: 'bad-setting', subject: kept() },
  });
  expect(await set('http_timeout', '10')).toMatchObject({ ok: false });
  expect(readFileSync(kept(), 'utf8')).toBe('{"spp_audit.backend_file": ');
  expect(bugs).toEqual([]);
});

test('a secret is kept, and neither shown nor told in the own log', async () => {
  const { set, find, host } = start();
  await set('http_auth_header', 'Bearer s3cr3t');
  expect(await find('http_auth_header')).toMatchObject({ value: '<masked>', layer: 'database' });
  expect(readFileSync(kept(), 'utf8')).toContain('s3cr3t');
  await host.close();
  hosts = [];
  const log = readFileSync(join(directory, 'data', 'audit', 'audit.jsonl'), 'utf8');
  expect(log).toContain('http_auth_header');
  expect(log).not.toContain('s3cr3t');
});

test('a change is witnessed before it takes effect, and refused where nothing can witness it', async () => {
  const { set, host } = start();
  await set('backend_file', 'true');
  await set('backend_file', 'false');
  await host.close();
  const told = readFileSync(join(directory, 'data', 'audit', 'audit.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ type }) => type === 'audit_config_change');
  expect(told.map(({ action, phase }) => [action, phase])).toEqual([
    ['setting_created', 'intent'],
    ['setting_created', 'outcome'],
    ['setting_modified', 'intent'],
    ['setting_modified', 'outcome'],
  ]);
  expect(told[2]).toMatchObject({
    model: 'ir.config_parameter',
    res_id: 'spp_audit.backend_file',
    type: 'audit_config_change',
    old_values: { key: 'spp_audit.backend_file', value: 'true' },
    new_values: { key: 'spp_audit.backend_file', value: 'false' },
  });
  const before = readFileSync(kept(), 'utf8');
  const blind = start({ UNBROKEN_AUDIT_SYSLOG_PORT: 'none' });
  expect(await blind.set('backend_file', 'true')).toMatchObject({
    failure: { code: 'change-unwitnessed', subject: 'spp_audit.backend_file' },
  });
  expect(readFileSync(kept(), 'utf8')).toBe(before);
});

test("the app's own trail is told by the environment, and has no database", async () => {
  const { call } = start({
    UNBROKEN_AUDIT_FILE_PATH: join(directory, 'own.jsonl'),
    OPENSPP_AUDIT_SYSLOG_PORT: '601',
  });
  const reply = await call('settings.list', { owner: 'unbroken' });
  expect(reply).toMatchObject({ ok: true, value: { owner: 'unbroken', database: null, configFile: null } });
  const settings = reply.ok ? reply.value.settings : [];
  expect(settings.find(({ key }) => key === 'file_path')).toMatchObject({
    layer: 'environment',
    value: join(directory, 'own.jsonl'),
  });
  expect(settings.find(({ key }) => key === 'syslog_port')?.value).toBe(514);
});

test('the doctor knows the models of what is open', async () => {
  const { host, call } = start({ OPENSPP_AUDIT_MANDATORY_MODELS: 'res.partner,res.partnr' });
  const ended = Promise.withResolvers<void>();
  host.on((name) => name === 'workspace.checked' && ended.resolve());
  const opened = await call('workspace.open', { paths: [days] });
  await ended.promise;
  const run = async (workspace?: string) => {
    const input = { owner: 'openspp', sendTestEntry: false, ...(workspace ? { workspace } : {}) } as const;
    const reply = await call('doctor.run', input);
    return reply.ok ? reply.value.results.find(({ check }) => check === 'mandatory-models') : undefined;
  };
  expect(await run(opened.ok ? opened.value.workspace : '')).toMatchObject({
    code: 'models-strange',
    facts: { names: 'res.partnr' },
  });
  expect(await run()).toMatchObject({ code: 'models-unknown' });
});

test('the doctor knows the rules that are kept here; OpenSPP’s own it does not', async () => {
  const { call } = start();
  const run = async (owner: 'openspp' | 'unbroken') => {
    const reply = await call('doctor.run', { owner, sendTestEntry: false });
    return reply.ok ? reply.value.results.find(({ check }) => check === 'rules-active')?.code : reply;
  };
  expect([await run('openspp'), await run('unbroken')]).toEqual(['rules-unknown', 'rules-not-needed']);
  const log = Object.fromEntries(LoggedAction.options.map((action) => [action, true])) as Rule['log'];
  const rule = { name: 'R', model: 'a.b', active: true, log, subscribedFields: [], postToChatter: false };
  await call('rules.save', { rule, isNew: true });
  expect([await run('openspp'), await run('unbroken')]).toEqual(['rules-on', 'rules-on']);
  writeFileSync(join(directory, 'data', 'rules.json'), '{"rules": ');
  expect([await run('openspp'), await run('unbroken')]).toEqual(['rules-unreadable', 'rules-unreadable']);
});
