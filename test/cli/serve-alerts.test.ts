/** `unbroken serve` without a screen: what is received and a directory beside it are followed, and somebody is told. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Alert } from '../../src/contract/alert.ts';
import { SenderBook } from '../../src/receiver/senders/sender-book.ts';
import { makeEntry, VALUE } from '../receiver/running-receiver.ts';
import { cli } from './run-cli.ts';

let root: string;
let told: Alert[];
let server: Server;
let serving: ChildProcess;

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'unbroken-told-'));
  told = [];
  server = createServer(async (request, response) => {
    told.push(Alert.parse(await json(request)));
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  serving.kill('SIGKILL');
  server.close();
  rmSync(root, { recursive: true });
});

async function waitFor(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setTimeout(done, 50));
}

test('a gap in either is told by the webhook, and ending it exits 0', async () => {
  const [data, tail, config] = [join(root, 'data'), join(root, 'logs'), join(root, 'serve.json')];
  new SenderBook(data).add('openspp', VALUE);
  mkdirSync(tail);
  const { port } = server.address() as AddressInfo;
  const settings = {
    http: { address: '127.0.0.1:0' },
    alerts: { webhook: { url: `http://127.0.0.1:${port}/` }, settleSeconds: 0, lowDiskBytes: 0 },
  };
  writeFileSync(config, JSON.stringify(settings));
  const other = (seq: number): string => `${makeEntry(seq).replace('"node": "vm"', '"node": "other"')}\n`;
  writeFileSync(join(tail, 'audit.jsonl'), [1, 2].map(other).join(''));
  serving = spawn(process.execPath, [cli, 'serve', '--data', data, '--config', config, '--tail', tail], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  serving.stdout?.on('data', (text) => {
    out += String(text);
  });
  await waitFor(() => out.includes('/api/v1/ingest\n'));
  const [url = ''] = out.split('\n');
  // So far beyond that no entry of the gap can still be on its way.
  const later = Array.from({ length: 20 }, (_, i) => 6 + i);
  for (const seq of [1, 2, 5, ...later]) {
    const sent = { method: 'POST', body: makeEntry(seq), headers: { authorization: VALUE } };
    expect((await fetch(url, sent)).status).toBe(200);
  }
  appendFileSync(join(tail, 'audit.jsonl'), later.map(other).join(''));
  const missing = (): number => told.reduce((sum, { entries = 0 }) => sum + entries, 0);
  await waitFor(() => missing() >= 5);
  expect(told.map(({ kind, state }) => [kind, state])).toEqual(told.map(() => ['gap', 'began']));
  expect(missing()).toBe(5);
  expect([...new Set(told.flatMap(({ places }) => places))].sort()).toEqual(['other', 'vm']);
  serving.kill('SIGTERM');
  expect(await once(serving, 'exit')).toEqual([0, null]);
}, 120_000);
