/** Settings, what was opened lately, and the deletion of a workspace, on real files. */
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallName, Calls, Reply } from '../../src/contract/api.ts';
import type { Preferences } from '../../src/contract/preferences.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { days, makeHostOptions } from './host-options.ts';

const DEFAULTS = { scheme: 'auto', zone: 'UTC', language: null, mask: false, maskValues: [] };

let directory = '';
let host: Host;
let menus: Preferences[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-preferences-'));
  menus = [];
  host = start();
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

function start(): Host {
  return createHost({
    ...makeHostOptions(directory, () => undefined),
    // What is left behind is looked at here, and the log of what was done is to be left.
    environment: { UNBROKEN_AUDIT_BACKEND_FILE: 'false' },
    shell: 'desktop',
    onPreferences: (preferences) => menus.push(preferences),
  });
}

async function call<N extends CallName>(
  name: N,
  input: Calls[N]['input'],
): Promise<Reply<Calls[N]['output']>> {
  return (await host.call(name, input)) as Reply<Calls[N]['output']>;
}
async function read(): Promise<Preferences> {
  const reply = await call('preferences.get', {});
  if (!reply.ok) throw new Error(reply.failure.message);
  return reply.value;
}
function listFiles(): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort();
}

test('settings are kept, for whoever comes later, and told to menus', async () => {
  expect((await read()).settings).toEqual(DEFAULTS);
  await call('preferences.change', { zone: 'Asia/Manila' });
  await call('preferences.change', { scheme: 'dark', language: undefined });
  await host.close();
  host = start();
  expect((await read()).settings).toEqual({ ...DEFAULTS, scheme: 'dark', zone: 'Asia/Manila' });
  expect(menus.map(({ settings }) => settings.scheme)).toEqual(['auto', 'dark']);
  expect(listFiles()).toEqual(['config/preferences.json']);
});

test('a zone that there is not is refused', async () => {
  expect(await call('preferences.change', { zone: 'Mars/Olympus' })).toMatchObject({
    ok: false,
    failure: { code: 'bad-request', subject: 'Mars/Olympus' },
  });
  expect((await read()).settings).toEqual(DEFAULTS);
});

test.each(['', '{', 'null', '{"settings":{"scheme":"pink"},"recent":7}'])(
  'a file that says %j stands for the defaults, and can be written again',
  async (text) => {
    mkdirSync(join(directory, 'config'));
    writeFileSync(join(directory, 'config', 'preferences.json'), text);
    expect((await read()).settings).toEqual(DEFAULTS);
    await call('preferences.change', { scheme: 'light' });
    expect((await read()).settings.scheme).toBe('light');
  },
);

test('a file of an older version keeps what it says, and masks nothing', async () => {
  mkdirSync(join(directory, 'config'));
  const recent = [{ paths: [days], openedAt: '2026-03-02T08:00:00Z' }];
  const kept = { settings: { scheme: 'dark', zone: 'Africa/Lagos', language: 'fr' }, recent };
  writeFileSync(join(directory, 'config', 'preferences.json'), JSON.stringify(kept));
  expect(await read()).toEqual({ settings: { ...DEFAULTS, ...kept.settings }, recent });
  await call('preferences.change', { mask: true, maskValues: ['phone'] });
  await call('preferences.change', { scheme: 'light' });
  expect((await read()).settings).toMatchObject({ mask: true, maskValues: ['phone'], language: 'fr' });
});

test('what was opened is remembered, the latest first, each once, and no sample and no wrong path', async () => {
  const places = Array.from({ length: 14 }, (_, index) => join(directory, `logs-${index}`));
  for (const place of places) {
    mkdirSync(place);
    await call('workspace.open', { paths: [place] });
  }
  await call('workspace.open', { paths: [join(directory, 'nowhere')] });
  await call('workspace.open', { sample: true });
  await call('workspace.open', { paths: [places[5] ?? ''] });
  const { recent } = await read();
  expect(recent).toHaveLength(12);
  expect(recent.slice(0, 3).map(({ paths }) => paths)).toEqual([[places[5]], [places[13]], [places[12]]]);
  await call('recent.forget', { paths: [places[13] ?? ''] });
  expect((await read()).recent.some(({ paths }) => paths[0] === places[13])).toBe(false);
});

test('a deleted workspace leaves nothing behind, also while it is open and being checked', async () => {
  const opened = await call('workspace.open', { paths: [days] });
  if (!opened.ok) throw new Error(opened.failure.message);
  expect(existsSync(opened.value.file)).toBe(true);
  expect(await call('workspace.delete', { paths: [days] })).toEqual({ ok: true, value: {} });
  expect(listFiles()).toEqual(['config/preferences.json']);
  expect(readFileSync(join(directory, 'config', 'preferences.json'), 'utf8')).not.toContain('days');
  expect(await call('report.get', { workspace: opened.value.workspace })).toMatchObject({
    failure: { code: 'not-found' },
  });
  // Of what is not there, nothing is left either.
  expect(await call('workspace.delete', { paths: [days] })).toEqual({ ok: true, value: {} });
});

test('a workspace that was kept is opened as it was checked, and only such a one is deleted', async () => {
  const ended = new Promise<void>((done) => {
    const stop = host.on((name) => {
      if (name !== 'workspace.checked') return;
      stop();
      done();
    });
  });
  const first = await call('workspace.open', { paths: [days] });
  await ended;
  if (!first.ok) throw new Error(first.failure.message);
  await call('workspace.close', { workspace: first.value.workspace });
  const kept = join(directory, 'case.unbroken');
  cpSync(first.value.file, kept);
  expect(await call('workspace.delete', { paths: [kept] })).toMatchObject({ failure: { code: 'not-found' } });

  const opened = await call('workspace.open', { paths: [kept] });
  if (!opened.ok) throw new Error(opened.failure.message);
  expect(await call('report.get', { workspace: opened.value.workspace })).toMatchObject({
    value: { verdict: 'intact', totals: { entries: 1143 } },
  });
  expect(await call('workspace.delete', { paths: [kept] })).toEqual({ ok: true, value: {} });
  expect(existsSync(kept)).toBe(false);
  expect(await call('workspace.open', { paths: [kept] })).toMatchObject({
    failure: { code: 'path-not-found' },
  });
});

test('a fault of the app is in its log, and the reply says no more than that', async () => {
  expect(await call('app.licences', {})).toMatchObject({ ok: false, failure: { code: 'internal' } });
  const log = await call('app.log', {});
  expect(log.ok && log.value.faults).toHaveLength(1);
  expect(log.ok && log.value.faults[0]).toContain('ENOENT');
});
