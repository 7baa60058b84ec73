/** A desktop that shows a served instance, over real HTTP. */

import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { days } from '../host-options.ts';
import { type Instance, PASSWORD, serveInstance } from '../served-instance.ts';
import { type Desktop, startDesktop } from './desktop.ts';

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function start(): Promise<{ desktop: Desktop; instance: Instance }> {
  const instance = await serveInstance({ people: { mona: 'manager', uma: 'user' } });
  const desktop = startDesktop();
  open.push(instance, desktop);
  return { desktop, instance };
}

const filter = {};
const page = { filter, order: 'oldest-first', offset: 0, limit: 5 } as const;

/** Opens what the server received, and waits for its report. */
async function openServed({ call, heard }: Desktop): Promise<string> {
  const opened = await call('workspace.open', { paths: [days] });
  if (!opened.ok) throw new Error(opened.failure.message);
  const { workspace } = opened.value;
  await expect.poll(async () => (await call('report.get', { workspace })).ok, { timeout: 20_000 }).toBe(true);
  expect(heard.map(({ name }) => name)).toContain('workspace.checked');
  return workspace;
}

test('what a server has is seen in place of this machine, and this machine again after signing out', async () => {
  const { desktop, instance } = await start();
  const { call } = desktop;
  expect(await call('server.look', { address: instance.origin })).toMatchObject({
    value: { trust: 'loopback', certificate: null },
  });
  const address = instance.origin;
  expect(await desktop.signIn(address, 'mona')).toEqual({
    ok: true,
    value: { address, account: 'mona', state: 'connected' },
  });
  expect(await call('app.info', {})).toMatchObject({
    value: { shell: 'browser', runtime: 'test', startPaths: [days], account: { name: 'mona' } },
  });
  const workspace = await openServed(desktop);
  expect(await call('entries.page', { workspace, ...page })).toMatchObject({
    value: { rows: { length: 5 } },
  });
  // How a person wants to see things is their own machine's.
  await call('preferences.change', { zone: 'Asia/Manila' });
  expect(await call('preferences.get', {})).toMatchObject({
    value: { settings: { zone: 'Asia/Manila' }, recent: [] },
  });
  expect(existsSync(join(instance.directory, 'config', 'accounts', 'mona', 'preferences.json'))).toBe(true);
  const theirs = readFileSync(
    join(instance.directory, 'config', 'accounts', 'mona', 'preferences.json'),
    'utf8',
  );
  expect(theirs).not.toContain('Manila');

  expect(await call('server.signOut', {})).toEqual({ ok: true, value: {} });
  expect(await call('app.info', {})).toMatchObject({ value: { shell: 'desktop', account: null } });
  expect(await call('server.list', {})).toMatchObject({
    value: { servers: [{ address, account: 'mona', fingerprint: null }], shown: null },
  });
  expect(await call('report.get', { workspace })).toMatchObject({ ok: false });
});

test('a server’s groups hold, by account and by token', async () => {
  const { desktop, instance } = await start();
  await desktop.signIn(instance.origin, 'uma');
  expect(await desktop.call('receiver.settings', {})).toMatchObject({ failure: { code: 'not-allowed' } });
  const token = instance.accounts.addToken('reader', 'user');
  const as = { token };
  expect(await desktop.call('server.signIn', { address: instance.origin, as })).toMatchObject({
    value: { account: null, state: 'connected' },
  });
  expect(await desktop.call('senders.list', {})).toMatchObject({ failure: { code: 'not-allowed' } });
  expect(await desktop.call('app.info', {})).toMatchObject({ value: { account: { name: 'token+reader' } } });
});

test('who is refused stays on this machine, and no secret is kept or recorded', async () => {
  const { desktop, instance } = await start();
  const address = instance.origin;
  const refused = { failure: { code: 'sign-in-refused' } };
  const wrong = { name: 'mona', password: 'wrong words of no sense' };
  expect(await desktop.call('server.signIn', { address, as: wrong })).toMatchObject(refused);
  const token = 'made-up-token';
  expect(await desktop.call('server.signIn', { address, as: { token } })).toMatchObject(refused);
  expect(await desktop.call('app.info', {})).toMatchObject({ value: { shell: 'desktop' } });
  await desktop.signIn(address, 'mona');
  await desktop.call('server.signOut', {});
  const written = readdirSync(desktop.directory, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
    .join('\n');
  for (const secret of [PASSWORD, wrong.password, token]) expect(written).not.toContain(secret);
  for (const action of ['sign-in', 'sign-out']) expect(written).toContain(`"action": "${action}"`);
  expect(written).toContain('sign-in-refused');
});

test('what the server makes is brought where the person wants it, whole', async () => {
  const { desktop, instance } = await start();
  await desktop.signIn(instance.origin, 'uma');
  const workspace = await openServed(desktop);
  const save = () =>
    desktop.call('entries.export', {
      ...{ workspace, filter, order: 'oldest-first', form: 'raw', mask: false, name: 'all' },
    });
  expect(await save()).toMatchObject({ value: { file: null, download: null } });
  desktop.target = join(desktop.directory, 'all.jsonl');
  const saved = await save();
  expect(saved).toMatchObject({ value: { file: desktop.target, download: null } });
  const lines = readFileSync(desktop.target, 'utf8').trimEnd().split('\n');
  expect(saved).toMatchObject({ value: { count: lines.length } });
  desktop.target = join(desktop.directory, 'no-such-folder', 'all.jsonl');
  expect(await save()).toMatchObject({ failure: { code: 'output-not-writable' } });
});

test('what a person does not want to be shown here is not, whoever keeps it', async () => {
  const { desktop, instance } = await start();
  await desktop.signIn(instance.origin, 'uma');
  const workspace = await openServed(desktop);
  const reply = await desktop.call('entries.page', { workspace, ...page });
  const id = reply.ok ? (reply.value.rows[0]?.id ?? '') : '';
  const seen = await desktop.call('entries.detail', { workspace, id });
  await desktop.call('preferences.change', { mask: true });
  const masked = await desktop.call('entries.detail', { workspace, id });
  expect(seen).toMatchObject({ ok: true, value: { raw: expect.stringMatching(/./) } });
  expect(masked).toMatchObject({ ok: true, value: { row: { id }, raw: '' } });
  desktop.target = join(desktop.directory, 'masked.jsonl');
  const wanted = { workspace, filter, order: 'oldest-first', form: 'raw', mask: false, name: 'all' } as const;
  expect(await desktop.call('entries.export', wanted)).toMatchObject({ ok: true });
  const raw = seen.ok ? seen.value.raw : '';
  expect(readFileSync(desktop.target, 'utf8')).not.toContain(raw);
});

test('a session that the server ends is told, and nothing is asked in its name any more', async () => {
  const { desktop, instance } = await start();
  await desktop.signIn(instance.origin, 'uma');
  const ended = desktop.reach('ended');
  instance.accounts.setGroup('uma', 'manager');
  expect(await desktop.call('filters.list', { workspace: 'w' })).toMatchObject({
    failure: { code: 'session-ended' },
  });
  await ended;
  expect(await desktop.signIn(instance.origin, 'uma')).toMatchObject({ value: { state: 'connected' } });
});

test('a lost connection is told, and taken up again by itself', async () => {
  const { desktop, instance } = await start();
  const to = Number(new URL(instance.origin).port);
  const sockets = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.pipe(other);
      one.on('error', () => other.destroy());
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as AddressInfo;
  await desktop.signIn(`http://127.0.0.1:${port}`, 'uma');
  const lost = desktop.reach('lost');
  relay.close();
  for (const socket of sockets) socket.destroy();
  await lost;
  expect(await desktop.call('workspace.open', { paths: [days] })).toMatchObject({
    failure: { code: 'server-unreachable' },
  });
  const back = desktop.reach('connected');
  relay.listen(port, '127.0.0.1');
  await back;
  expect(await desktop.call('workspace.open', { paths: [days] })).toMatchObject({ ok: true });
  relay.close();
});

test('a served instance asks no other server for anybody', async () => {
  const { instance } = await start();
  const manager = { group: 'manager', account: 'mona', session: 's' } as const;
  for (const name of ['server.look', 'server.forget'])
    expect(await instance.host.call(name, { address: instance.origin }, manager)).toMatchObject({
      failure: { code: 'not-available-here' },
    });
});
