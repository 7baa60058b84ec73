/** Whom the desktop tells, by the calls of the contract: kept, tried, and never with its secret. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AlertChoice, KEPT_SECRET } from '../../../src/contract/alert-calls.ts';
import { readAlertChoice } from '../../../src/host/alerts/keep-alert-choice.ts';
import { createHost, type Host } from '../../../src/host/dispatch.ts';
import { makeHostOptions } from '../host-options.ts';

const SECRET = 'Bearer known-to-few';

let directory = '';
let host: Host;
let chosen = 0;
const config = () => join(directory, 'config');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-alerts-'));
  chosen = 0;
  host = createHost({ ...makeHostOptions(directory, () => {}), onAlertChoice: () => chosen++ });
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

const choose = (part: object) => AlertChoice.parse(part);
const hook = (url: string, authorization?: string) =>
  choose({ webhook: { url, ...(authorization !== undefined && { authorization }) } });

test('what was chosen is kept and told on, and its secret is shown to nobody', async () => {
  const choice = choose({
    ...{ kinds: ['gap'], settleSeconds: 60, silentAfterMinutes: { '*': 30, openspp: 5 }, desktop: false },
    ...hook('https://chat.example.org/a', SECRET),
  });
  expect(await host.call('alerts.get', {})).toEqual({ ok: true, value: choose({}) });
  const shown = { ...choice, webhook: { ...choice.webhook, authorization: KEPT_SECRET } };
  for (const [name, input] of [
    ['alerts.set', choice],
    ['alerts.get', {}],
  ] as const)
    expect(await host.call(name, input)).toEqual({ ok: true, value: shown });
  expect(chosen).toBe(1);
  expect(readAlertChoice(config())).toEqual(choice);
  await host.close();
  const log = readFileSync(join(directory, 'data', 'audit', 'audit.jsonl'), 'utf8');
  expect(log).toContain('"action": "configure"');
  expect(log).not.toContain('known-to-few');
});

test('a secret stays where it was entered for, and goes nowhere else', async () => {
  const keep = async (url: string) => {
    await host.call('alerts.set', hook('https://chat.example.org/a', SECRET));
    await host.call('alerts.set', hook(url, KEPT_SECRET));
    return readAlertChoice(config()).webhook?.authorization;
  };
  expect(await keep('https://chat.example.org/another')).toBe(SECRET);
  for (const elsewhere of [
    'https://example.org/a',
    'http://chat.example.org/a',
    'https://chat.example.org:444/',
  ])
    expect(await keep(elsewhere)).toBeUndefined();
});

test('a test goes each way once, and says why it did not arrive', async () => {
  const heard: { authorization: string | undefined; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    heard.push({ authorization: request.headers.authorization, body: JSON.parse(text) });
    response.writeHead(heard.length === 1 ? 204 : 500).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const script = join(directory, 'tell.mjs');
  const told = join(directory, 'told.json');
  writeFileSync(
    script,
    `import { readFileSync, writeFileSync } from 'node:fs';
     writeFileSync(${JSON.stringify(told)}, readFileSync(0));`,
  );
  const choice = choose({ ...hook(url, SECRET), command: [process.execPath, script] });
  const arrived = { ok: true, value: { ways: [{ way: 'webhook' }, { way: 'command' }] } };
  expect(await host.call('alerts.test', choice)).toMatchObject(arrived);
  expect(heard).toMatchObject([
    { authorization: SECRET, body: { kind: 'test', format: 'unbroken.alert/1' } },
  ]);
  expect(JSON.parse(readFileSync(told, 'utf8'))).toMatchObject({ kind: 'test' });
  expect(await host.call('alerts.test', { ...choice, command: [join(directory, 'nothing')] })).toMatchObject({
    value: {
      ways: [
        { way: 'webhook', failed: 'the webhook answered 500' },
        { way: 'command', failed: expect.stringContaining('ENOENT') },
      ],
    },
  });
  expect(heard).toHaveLength(2);
  expect(await host.call('alerts.test', choose({}))).toEqual({ ok: true, value: { ways: [] } });
  server.close();
});

test('a served instance lets nobody enter a command or a webhook', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-alerts-'));
  const served = createHost(makeHostOptions(directory, () => {}));
  for (const [name, input] of [
    ['alerts.get', {}],
    ['alerts.set', choose({ command: ['x'] })],
    ['alerts.test', choose({ command: ['x'] })],
  ] as const)
    expect(await served.call(name, input)).toMatchObject({ failure: { code: 'not-available-here' } });
  await served.close();
  rmSync(directory, { recursive: true, force: true });
});
