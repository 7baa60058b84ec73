/** HTTPS with clients that look closely: curl, Python's requests, and certificates in place of a value. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFingerprint } from '../../../src/receiver/senders/fingerprint.ts';
import { openHttpBackend } from '../../../src/trail/backends/http-backend.ts';
import { makeEntry as makeRecorded } from '../../trail/backends/make-entry.ts';
import { makeEntry, readSpool, runReceiver, type TestReceiver, VALUE } from '../running-receiver.ts';
import { makeTestCertificate } from './make-certificate.ts';

const run = promisify(execFile);
const has = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;
let receiver: TestReceiver;
let clients: string;

beforeEach(() => {
  clients = mkdtempSync(join(tmpdir(), 'unbroken-clients-'));
});

afterEach(async () => {
  await receiver.close();
  rmSync(clients, { recursive: true });
});

const start = async (tls: Parameters<typeof runReceiver>[2] = {}): Promise<void> => {
  receiver = await runReceiver({ tls: true }, {}, tls);
};
const caFile = (): string => receiver.tls?.caFile ?? '';

/** The status of the answer, or the code of what went wrong; each time by a new connection. */
function post(body: string, options: RequestOptions): Promise<number | string> {
  return new Promise((resolve) => {
    const ca = readFileSync(caFile());
    const sent = request(
      `${receiver.url}/ingest`,
      { method: 'POST', ca, agent: false, ...options },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      },
    );
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end(body);
  });
}

test('Node trusts the file, and nothing without it', async () => {
  await start();
  const headers = { authorization: VALUE };
  expect(receiver.url).toMatch(/^https:/);
  expect(await post(makeEntry(1), { headers })).toBe(200);
  expect(await post(makeEntry(2), { headers, ca: [] })).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  const [line] = readSpool(receiver.data).get('openspp') ?? [];
  expect(line).toMatchObject({ transport: 'https', payload: makeEntry(1) });
});

test.skipIf(!has('curl', '--version'))('curl', async () => {
  await start();
  const args = ['--silent', '--cacert', caFile(), '-H', `Authorization: ${VALUE}`, '-d', makeEntry(1)];
  const { stdout } = await run('curl', [...args, `${receiver.url}/ingest`]);
  expect(JSON.parse(stdout)).toMatchObject({ status: 200, again: false });
  await expect(run('curl', ['--silent', `${receiver.url}/healthz`])).rejects.toMatchObject({ code: 60 });
});

const python = `
import json, sys, requests
url, ca, value, body = sys.argv[1:]
headers = {"Content-Type": "application/json", "X-OpenSPP-Audit": "1", "Authorization": value}
answer = requests.post(url, data=body, headers=headers, timeout=5, verify=ca)
print(answer.status_code)
try:
    requests.post(url, data=body, headers=headers, timeout=5)
except requests.exceptions.SSLError:
    print("refused")
`;

test.skipIf(!has('python3', '-c', 'import requests'))('Python’s requests, as OpenSPP calls it', async () => {
  await start();
  const host = receiver.url.replace('127.0.0.1', 'localhost');
  const { stdout } = await run('python3', ['-c', python, `${host}/ingest`, caFile(), VALUE, makeEntry(1)]);
  expect(stdout.split('\n')).toEqual(['200', 'refused', '']);
});

test('our own trail, by the file that was named to it', async () => {
  await start();
  const url = `${receiver.url}/ingest`;
  const backend = openHttpBackend({ url, authorization: VALUE, caFile: caFile(), stateFolder: clients });
  const entry = makeRecorded(1);
  await backend.write(entry);
  await backend.confirm(entry, 10_000);
  await backend.close(0);
  expect(readSpool(receiver.data).get('openspp')?.[0]).toMatchObject({ transport: 'https' });
});

test('a certificate stands for a value, until it is revoked', async () => {
  await start();
  const { cert, key, file } = await makeTestCertificate(clients, 'client');
  const stranger = await makeTestCertificate(clients, 'stranger');
  receiver.book.addByCertificate('by-certificate', readFingerprint(file));
  await receiver.restart();
  expect(await post(makeEntry(1), { cert, key })).toBe(200);
  expect(await post(makeEntry(2), { cert: stranger.cert, key: stranger.key })).toBe(401);
  expect(await post(makeEntry(3), {})).toBe(401);
  expect(await post(makeEntry(4), { cert, key, headers: { authorization: 'Bearer wrong' } })).toBe(401);
  expect(readSpool(receiver.data).get('by-certificate')).toHaveLength(1);
  receiver.book.revoke('by-certificate');
  await receiver.restart();
  expect(await post(makeEntry(5), { cert, key })).toBe(401);
});

test('where an authority is set, nobody gets in without a certificate of it', async () => {
  const authority = await makeTestCertificate(clients, 'authority');
  const { cert, key } = await authority.issue('client');
  const stranger = await makeTestCertificate(clients, 'stranger');
  await start({ clientCa: authority.file });
  const headers = { authorization: VALUE };
  expect(await post(makeEntry(1), { cert, key, headers })).toBe(200);
  for (const shown of [{}, { cert: stranger.cert, key: stranger.key }])
    expect(await post(makeEntry(2), { ...shown, headers })).toEqual(expect.any(String));
  expect(readSpool(receiver.data).get('openspp')).toHaveLength(1);
});

test('what speaks no TLS is cut off, and counted', async () => {
  await start();
  await expect(fetch(receiver.url.replace('https', 'http'))).rejects.toThrow();
  const { stdout } = await run(
    process.execPath,
    ['-e', `fetch('${receiver.url}/metrics').then((answer) => answer.text()).then(console.log)`],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: caFile() } },
  );
  expect(stdout).toContain('unbroken_refused_total{reason="tls"} 1');
});
