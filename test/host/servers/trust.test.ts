/** Whom the desktop believes: certificates that a person confirmed, and answers that are no served instance's. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { ReceiverSettings } from '../../../src/contract/receiver.ts';
import { readTls } from '../../../src/receiver/tls/read-tls.ts';
import { PASSWORD, serveInstance } from '../served-instance.ts';
import { startDesktop } from './desktop.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function start() {
  const desktop = startDesktop();
  ends.push(desktop.close);
  return desktop;
}

async function makeTls() {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-tls-'));
  ends.push(() => rmSync(directory, { recursive: true, force: true }));
  return readTls(ReceiverSettings.parse({}).tls, directory, () => {});
}

/** Another server at a place, which keeps all that it is told. */
async function pretend(options: TlsOptions, port: number): Promise<string[]> {
  const told: string[] = [];
  const server = createTlsServer({ ...options, requestCert: false }, (socket) => {
    socket.on('data', (bytes) => told.push(String(bytes)));
    socket.on('error', () => {});
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => server.close());
  return told;
}

test('a certificate of a server’s own is believed once it was confirmed, and no other after it', async () => {
  const desktop = start();
  const tls = await makeTls();
  const instance = await serveInstance({ people: { uma: 'user' }, tls });
  const address = instance.origin;
  const { fingerprint } = tls;
  expect(await desktop.call('server.look', { address })).toMatchObject({
    value: { trust: 'unknown', certificate: { fingerprint } },
  });
  // Not confirmed, or another one was.
  const other = await makeTls();
  for (const given of [undefined, other.fingerprint])
    expect(await desktop.signIn(address, 'uma', given)).toMatchObject({
      failure: { code: 'certificate-changed', subject: fingerprint },
    });
  expect(await desktop.signIn(address, 'uma', fingerprint)).toMatchObject({ ok: true });
  expect(await desktop.call('app.info', {})).toMatchObject({ value: { account: { name: 'uma' } } });
  await desktop.call('server.signOut', {});
  expect(await desktop.call('server.look', { address })).toMatchObject({ value: { trust: 'pinned' } });
  await instance.close();

  const told = await pretend(other.options, Number(new URL(address).port));
  const changed = { failure: { code: 'certificate-changed', subject: other.fingerprint } };
  expect(await desktop.call('server.look', { address })).toMatchObject(changed);
  // What was confirmed before counts, whatever is confirmed now.
  expect(await desktop.signIn(address, 'uma', other.fingerprint)).toMatchObject(changed);
  expect(told).toEqual([]);
  await desktop.call('server.forget', { address });
  expect(await desktop.call('server.look', { address })).toMatchObject({ value: { trust: 'unknown' } });
});

async function answerWith(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const answers: Readonly<Record<string, RequestListener>> = {
  'redirects elsewhere': (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:1/' }).end(),
  'is a page': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>hello'),
  'answers what the contract does not have': (_, response) =>
    response.end('{"ok":true,"value":{"account":{"name":"uma","group":"king"},"csrf":"x"}}'),
  'does not end': (_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(1024 * 1024)));
    };
    response.on('drain', more);
    more();
  },
};

test.each(Object.entries(answers))('what %s is no server of ours', async (_, listener) => {
  const desktop = start();
  const asked: string[] = [];
  const address = await answerWith((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  const as = { name: 'uma', password: PASSWORD };
  expect(await desktop.call('server.signIn', { address, as })).toMatchObject({
    failure: { code: 'server-answers-otherwise', subject: address },
  });
  expect(asked).toEqual(['/api/session']);
  expect(await desktop.call('server.list', {})).toEqual({ ok: true, value: { servers: [], shown: null } });
});

test('where nobody answers, that is said', async () => {
  const desktop = start();
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  for (const address of [`http://127.0.0.1:${port}`, `https://127.0.0.1:${port}`])
    expect(await desktop.call('server.look', { address })).toMatchObject({
      failure: { code: 'server-unreachable' },
    });
});
