/** The receiver as the host serves it: settings, senders, the self-test by every way, and what the own log says of it. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CallName, Calls, Reply } from '../../src/contract/api.ts';
import type { Failure } from '../../src/contract/failure.ts';
import { ReceiverChoice } from '../../src/contract/receiver-calls.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { makeEntry } from '../receiver/running-receiver.ts';
import { makeHostOptions } from './host-options.ts';

let directory = '';
let host: Host;
const bugs: unknown[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-receiver-host-'));
  host = open();
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
  expect(bugs.splice(0)).toEqual([]);
});

function open(): Host {
  return createHost(makeHostOptions(directory, (error) => bugs.push(error)));
}

async function call<N extends CallName>(name: N, input: Calls[N]['input']): Promise<Calls[N]['output']> {
  const reply = (await host.call(name, input)) as Reply<Calls[N]['output']>;
  if (!reply.ok) throw new Error(`${name}: ${reply.failure.code} ${reply.failure.message}`);
  return reply.value;
}

async function fail(name: CallName, input: unknown): Promise<Failure['code'] | undefined> {
  const reply = await host.call(name, input);
  return reply.ok ? undefined : reply.failure.code;
}

const choose = (settings: object, more: object = {}): Promise<ReceiverChoice> =>
  call('receiver.configure', ReceiverChoice.parse({ settings, ...more }));
const anyPort = { http: { address: '127.0.0.1:0' } };

function post(address: string | undefined, value: string | null, body: string): Promise<number> {
  return fetch(`http://${address}/ingest`, {
    method: 'POST',
    body,
    headers: { authorization: value ?? '' },
  }).then((response) => response.status);
}

test('from a stopped receiver to entries that are there, and back', async () => {
  expect(await call('receiver.status', {})).toMatchObject({
    ...{ state: { state: 'stopped' }, status: null, spool: null, fixed: false },
    data: join(directory, 'data', 'received'),
  });
  expect(await call('senders.list', {})).toEqual({ senders: [] });
  expect(existsSync(join(directory, 'data', 'received'))).toBe(false);

  await choose(anyPort);
  const told: string[] = [];
  host.on((name) => told.push(name));
  const { state } = await call('receiver.start', {});
  expect(state).toMatchObject({ state: 'running', listeners: [{ transport: 'http' }] });
  const { value } = await call('senders.add', { name: 'openspp' });
  expect(value).toMatch(/^Bearer .{40,}$/);
  await vi.waitFor(
    async () => expect(await post(state.listeners[0]?.address, value, makeEntry(1))).toBe(200),
    { timeout: 5000, interval: 200 },
  );
  await vi.waitFor(
    async () => {
      const view = await call('receiver.status', {});
      expect(view.status?.received).toMatchObject([{ sender: 'openspp', entries: 1 }]);
      expect(view.rates.some(({ perSecond }) => perSecond > 0)).toBe(true);
    },
    { timeout: 5000 },
  );
  expect(told).toContain('receiver.changed');
  const { spool } = await call('receiver.status', {});
  expect(spool).toBe(join(directory, 'data', 'received', 'spool'));

  const { value: other } = await call('senders.rotate', { name: 'openspp' });
  expect(other).not.toBe(value);
  await vi.waitFor(
    async () => expect(await post(state.listeners[0]?.address, other, makeEntry(2))).toBe(200),
    { timeout: 5000, interval: 200 },
  );
  expect(await post(state.listeners[0]?.address, value, makeEntry(3))).toBe(401);
  await call('senders.revoke', { name: 'openspp' });
  expect((await call('senders.list', {})).senders).toMatchObject([
    { name: 'openspp', by: 'value', revokedAt: expect.any(String) },
  ]);
  expect((await call('receiver.stop', {})).state.state).toBe('stopped');

  // Whoever was told to receive there must find it there.
  expect(await fail('receiver.configure', ReceiverChoice.parse({ data: join(directory, 'other') }))).toBe(
    'receiver-data-settled',
  );
  const own = readFileSync(join(directory, 'data', 'audit', 'audit.jsonl'), 'utf8');
  for (const action of ['configure', 'start', 'stop']) expect(own).toContain(`"${action}"`);
  const changes = own
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter(({ model }) => model === 'unbroken.sender')
    .map(({ action, phase, old_values, new_values }) => [
      action,
      phase,
      old_values?.value,
      new_values?.value,
    ]);
  expect(changes).toEqual([
    ['token_created', 'intent', undefined, '<masked>'],
    ['token_created', 'outcome', undefined, '<masked>'],
    ['token_modified', 'intent', '<masked>', '<masked>'],
    ['token_modified', 'outcome', '<masked>', '<masked>'],
    ['token_deleted', 'intent', '<masked>', undefined],
    ['token_deleted', 'outcome', '<masked>', undefined],
  ]);
  for (const secret of [value, other]) expect(own).not.toContain(secret?.slice(7));
});

test('the test entry goes each way and is no evidence', { timeout: 60_000 }, async () => {
  const one = '127.0.0.1:0';
  const loopback = { udp: one, tcp: one, tls: one, relp: one };
  await choose({ http: { address: one, tls: true }, syslog: loopback });
  await call('receiver.start', {});
  const { ways } = await call('receiver.selfTest', {});
  expect(ways.map(({ transport }) => transport).sort()).toEqual(
    ['https', 'relp', 'syslog-tcp', 'syslog-tls', 'syslog-udp'].sort(),
  );
  for (const { transport, steps, failed, detail } of ways) {
    if (failed === 'own-address') continue; // macOS has 127.0.0.1 alone.
    expect([transport, failed, detail]).toEqual([transport, undefined, undefined]);
    expect(steps.sent).toBeLessThanOrEqual(steps.onDisk ?? 0);
    expect(steps.onDisk).toBeLessThanOrEqual(steps.read ?? 0);
    const answers = !/udp|tcp|syslog-tls/.test(transport);
    expect([transport, steps.acknowledged !== undefined]).toEqual([transport, answers]);
  }
  expect(await call('senders.list', {})).toEqual({ senders: [] });
  expect((await call('receiver.status', {})).spool).toBeNull();
  expect(await fail('senders.add', { name: 'self-test' })).toBe('bad-request');

  // What another sender sent is checked, and the test's entries are not.
  await call('senders.add', { name: 'node-1', allow: ['127.0.0.1'] });
  const { state, data } = await call('receiver.status', {});
  expect(state.tls?.fingerprint).toBeDefined();
  const { state: again } = await (async () => {
    await choose({ http: { address: one } });
    return call('receiver.status', {});
  })();
  expect(again.listeners).toMatchObject([{ transport: 'http' }]);
  const [http] = again.listeners;
  expect(await post(http?.address, null, makeEntry(1))).toBe(200);
  const { value } = await call('senders.add', { name: 'node-2' });
  await vi.waitFor(async () => expect(await post(http?.address, value, makeEntry(2))).toBe(200), {
    ...{ timeout: 5000, interval: 200 },
  });
  const { workspace } = await call('workspace.open', { paths: [join(data, 'spool')] });
  await vi.waitFor(async () => expect(await fail('report.get', { workspace })).toBeUndefined(), {
    timeout: 20_000,
  });
  const { rows } = await call('entries.page', {
    ...{ workspace, filter: {}, order: 'oldest-first', offset: 0, limit: 10 },
  });
  expect(rows.map(({ model, seq }) => [model, seq])).toEqual([
    ['res.partner', 1],
    ['res.partner', 2],
  ]);
  for (const [i, sender] of ['node-1', 'node-2'].entries())
    expect(await call('entries.receipt', { workspace, id: rows[i]?.id ?? '' })).toMatchObject({
      ...{ sender, transport: 'http', id: expect.stringMatching(/^node-[12]\.[\d-]+\.1$/) },
      peer: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
    });
});

test('an address that is taken is a failure with its reason', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await vi.waitFor(() => expect(other.listening).toBe(true));
  const { port } = other.address() as { port: number };
  await choose({ http: { address: `127.0.0.1:${port}` } });
  expect(await fail('receiver.start', {})).toBe('receiver-not-started');
  expect(await fail('receiver.selfTest', {})).toBe('bad-request');
  other.close();
});

test('started with the app where it was chosen, at the directory that was chosen', async () => {
  await choose(anyPort, { withApp: true, data: join(directory, 'elsewhere') });
  await host.close();
  host = open();
  await vi.waitFor(async () => expect((await call('receiver.status', {})).state.state).toBe('running'), {
    timeout: 10_000,
  });
  expect(existsSync(join(directory, 'elsewhere', 'spool', 'spool.json'))).toBe(true);
});
