import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../../src/contract/alert.ts';
import { AlertSender } from '../../../src/host/alerts/send-alert.ts';

const alert: Alert = {
  format: 'unbroken.alert/1',
  kind: 'gap',
  state: 'began',
  at: '2026-11-24T10:00:00.000Z',
  count: 1,
  entries: 3,
  places: ['web-1'],
  text: '1 new gap',
};
let server: Server;
let answers: number[];
let got: {
  method: string | undefined;
  url: string | undefined;
  authorization: string | undefined;
  body: string;
}[];
let notices: string[];
let url: string;
const notice = (text: string): void => void notices.push(text);

beforeEach(async () => {
  [answers, got, notices] = [[], [], []];
  server = createServer(async (request: IncomingMessage, response) => {
    const { method, url, headers } = request;
    got.push({ method, url, authorization: headers.authorization, body: await text(request) });
    const status = answers.shift() ?? 200;
    if (status > 0) response.writeHead(status, { location: '/elsewhere' }).end('ok');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

test('a webhook gets it once, with its header', async () => {
  const webhook = { url, authorization: 'Bearer x', timeoutMs: 5000 };
  const sender = new AlertSender({ settings: { webhook }, notice });
  sender.send(alert);
  await sender.settle();
  expect(got).toEqual([
    { method: 'POST', url: '/hook', authorization: 'Bearer x', body: JSON.stringify(alert) },
  ]);
  expect(notices).toEqual([]);
});

test('it is tried again, in order', async () => {
  answers = [500, 0, 503];
  const sender = new AlertSender({ settings: { webhook: { url, timeoutMs: 2000 } }, notice, retryMs: 1 });
  sender.send(alert);
  sender.send({ ...alert, text: 'second' });
  await sender.settle();
  const texts = got.map(({ body }) => JSON.parse(body).text);
  expect(texts.slice(0, 4)).toEqual(Array.from({ length: 4 }, () => alert.text));
  expect(texts.at(-1)).toBe('second');
  expect(notices).toEqual([]);
});

test('a redirect is not followed, and what was given up is told', async () => {
  answers = Array.from({ length: 8 }, () => 302);
  const sender = new AlertSender({ settings: { webhook: { url, timeoutMs: 5000 } }, notice, retryMs: 1 });
  sender.send(alert);
  await sender.settle();
  expect(got.map(({ url }) => url)).toEqual(Array.from({ length: 8 }, () => '/hook'));
  expect(notices).toEqual([expect.stringMatching(/1 new gap.*redirects \(302\)/)]);
});

test('closing gives up what does not get through', async () => {
  answers = [0];
  const sender = new AlertSender({ settings: { webhook: { url, timeoutMs: 60_000 } }, notice });
  const arrived = once(server, 'request');
  sender.send(alert);
  await arrived;
  await sender.close();
  expect(notices).toHaveLength(1);
});

test('a program reads it from its input; one that fails or is not there is told', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-alert-'));
  const script = join(directory, 'tell.cjs');
  const out = join(directory, 'out');
  writeFileSync(
    script,
    "const fs = require('fs'); fs.appendFileSync(process.argv[2], fs.readFileSync(0)); process.exit(+process.argv[3])",
  );
  const tell = async (...command: string[]): Promise<void> => {
    const sender = new AlertSender({ settings: { command }, notice, retryMs: 1 });
    sender.send(alert);
    await sender.settle();
  };
  await tell(process.execPath, script, out, '0');
  expect(readFileSync(out, 'utf8')).toBe(`${JSON.stringify(alert)}\n`);
  expect(notices).toEqual([]);
  await tell(process.execPath, script, out, '3');
  await tell(join(directory, 'absent'));
  expect(notices).toEqual([expect.stringContaining('ended with 3'), expect.stringContaining('ENOENT')]);
  rmSync(directory, { recursive: true });
});
