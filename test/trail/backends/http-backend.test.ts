import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Backend, Loss } from '../../../src/trail/backend.ts';
import { type HttpBackendOptions, openHttpBackend } from '../../../src/trail/backends/http-backend.ts';
import { makeEntry } from './make-entry.ts';
import { accept, answer, type Receiver, startReceiver } from './start-receiver.ts';

const SECRET = 'Bearer s3cret-token';

let stateFolder = '';
let receiver: Receiver;
const opened: Backend[] = [];
beforeEach(async () => {
  stateFolder = mkdtempSync(join(tmpdir(), 'unbroken-http-'));
  receiver = await startReceiver();
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((backend) => backend.close(0)));
  await receiver.close();
  rmSync(stateFolder, { recursive: true, force: true });
});

function open(options: Partial<HttpBackendOptions> = {}): Backend {
  const backend = openHttpBackend({ url: receiver.url, stateFolder, retryMs: 5, ...options });
  opened.push(backend);
  return backend;
}

async function writeAll(backend: Backend, first: number, last: number): Promise<void> {
  for (let seq = first; seq <= last; seq++) await backend.write(makeEntry(seq));
}

/** Waits until the backend says that it fails. */
async function waitForOutage(backend: Backend): Promise<string> {
  for (;;) {
    const { outage } = backend.state();
    if (outage) return outage.message;
    await new Promise((done) => setTimeout(done, 2));
  }
}

test('an entry is sent as the module sends it', async () => {
  const backend = open({ authorization: SECRET });
  const entry = makeEntry(1, 1, { name: 'محمد 李 😀 é\u2028\u007f', half: '\ud800' });
  await backend.write(entry);
  await backend.confirm(entry, 5_000);
  const [request] = receiver.received;
  // As a request of the real module's in test/fixtures/http, but for the names of its client.
  expect(request).toMatchObject({
    method: 'POST',
    url: '/ingest',
    headers: { 'content-type': 'application/json', 'x-openspp-audit': '1', authorization: SECRET },
  });
  expect(request?.body).toMatch(/^[\x20-\x7e]+$/);
  expect(request?.body).toContain(
    '\\u0645\\u062d\\u0645\\u062f \\u674e \\ud83d\\ude00 \\u00e9\\u2028\\u007f',
  );
  expect(JSON.parse(request?.body ?? '')).toEqual(JSON.parse(entry.line));
});

test('entries arrive in their order of batches, each once', async () => {
  const backend = open();
  await writeAll(backend, 1, 100);
  await receiver.waitFor(100);
  expect(receiver.accepted.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  await backend.close(5_000);
  expect(backend.state()).toEqual({ name: 'http', written: 100, lost: 0, waiting: 0 });
});

describe('a receiver that fails', () => {
  test.each([
    ['answers 500', answer(500), 'answered 500'],
    ['answers 401', answer(401), 'answered 401'],
    ['answers 429 and when to come again', answer(429, { 'Retry-After': '0' }), 'answered 429'],
    ['redirects', answer(302, { Location: '/elsewhere' }), 'redirects (302)'],
    ['says that nothing changed', answer(304), 'redirects (304)'],
    ['hangs', () => {}, 'did not answer within 50 ms'],
    ['hangs up', (response) => response.socket?.destroy(), 'socket hang up'],
  ] satisfies [string, Receiver['answer'], string][])('%s', async (_, failing, message) => {
    receiver.answer = failing;
    const backend = open({ timeoutMs: 50, authorization: SECRET });
    await writeAll(backend, 1, 3);
    expect(await waitForOutage(backend)).toContain(message);
    expect(receiver.received.every(({ url }) => url === '/ingest')).toBe(true);
    receiver.answer = accept;
    await receiver.waitFor(3);
    await backend.close(5_000);
    expect(backend.state()).toEqual({ name: 'http', written: 3, lost: 0, waiting: 0 });
    const status = readFileSync(join(stateFolder, 'http.status.json'), 'utf8');
    expect(status).toContain(message);
    expect(status).not.toContain('s3cret');
  });

  test('is left alone for as long as it asks', async () => {
    receiver.answer = answer(503, { 'Retry-After': '3600' });
    const backend = open();
    await backend.write(makeEntry(1));
    await waitForOutage(backend);
    receiver.answer = accept;
    await writeAll(backend, 2, 50);
    expect(receiver.received.length).toBe(1);
    // Asked to be sure of one entry, it is sent all the same, and alone.
    const entry = makeEntry(51);
    await backend.write(entry);
    await backend.confirm(entry, 4_999.75);
    expect(receiver.accepted).toEqual([51]);
    expect(backend.state()).toMatchObject({ written: 1, waiting: 50 });
  });

  test('refuses one entry, and has the others', async () => {
    receiver.answer = (response, seq) => answer(seq === 2 ? 413 : 200)(response, seq);
    const backend = open();
    await writeAll(backend, 1, 20);
    await receiver.waitFor(19);
    expect(receiver.received.filter(({ body }) => body.includes('"seq": 2,')).length).toBe(1);
    await expect.poll(() => backend.state()).toMatchObject({ lost: 0, waiting: 1 });
  });

  test('is away, and comes back', async () => {
    const port = Number(new URL(receiver.url).port);
    await receiver.close();
    const backend = open();
    await writeAll(backend, 1, 10);
    expect(await waitForOutage(backend)).toContain('ECONNREFUSED');
    await expect(backend.confirm(makeEntry(99), 20)).rejects.toThrow('not written');
    receiver = await startReceiver(port);
    await receiver.waitFor(10);
  });

  test('does not confirm, within the deadline', async () => {
    receiver.answer = answer(500);
    const backend = open();
    const entry = makeEntry(1);
    await backend.write(entry);
    await expect(backend.confirm(entry, 30)).rejects.toThrow();
  });
});

describe('the queue', () => {
  test('is full when its process is killed: another delivers what it held, and tells of what it did not', async () => {
    const port = Number(new URL(receiver.url).port);
    await receiver.close();
    const script = join(import.meta.dirname, 'queue-process.ts');
    const child = spawn(process.execPath, [script, receiver.url, stateFolder, '2000', '1500'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    receiver = await startReceiver(port);
    const backend = open();
    const told = new Promise<Loss>((done) => backend.onLoss?.(async (loss) => done(loss)));
    await receiver.waitFor(1500);
    expect(new Set(receiver.accepted)).toEqual(new Set(Array.from({ length: 1500 }, (_, i) => i + 1)));
    expect(await told).toMatchObject({ count: 500, first: { seq: 1501 }, last: { seq: 2000 } });
    const bodies = new Map(
      receiver.received.map(({ body }) => [(JSON.parse(body) as { seq: number }).seq, body]),
    );
    for (const seq of [1, 1000, 1500]) expect(bodies.get(seq)).toBe(makeEntry(seq).line);
    await backend.close(5_000);
    expect(backend.state().waiting).toBe(0);
  });

  test('has one deliverer among those that share it', async () => {
    const backends = [open(), open(), open()];
    await Promise.all(
      backends.flatMap((backend, i) =>
        Array.from({ length: 50 }, (_, n) => backend.write(makeEntry(i * 50 + n))),
      ),
    );
    await receiver.waitFor(150);
    expect(receiver.accepted.length).toBe(150);
    const entry = makeEntry(500);
    await backends[2]?.write(entry);
    await backends[2]?.confirm(entry, 5_000);
    expect(receiver.accepted).toContain(500);
  });

  test('refuses what is beyond its bound, and tells of it when there is room again, in the next process too', async () => {
    receiver.answer = answer(500);
    const first = open({ maxEntries: 10 });
    const results = await Promise.allSettled(
      Array.from({ length: 15 }, (_, i) => first.write(makeEntry(i + 1))),
    );
    expect(results.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 10 }, () => 'fulfilled'),
      ...Array.from({ length: 5 }, () => 'rejected'),
    ]);
    expect(first.state()).toMatchObject({ lost: 5, waiting: 10 });
    await first.close(0);

    receiver.answer = accept;
    const second = open({ maxEntries: 10 });
    const told = await new Promise<Loss>((done) => second.onLoss?.(async (loss) => done(loss)));
    expect(told).toEqual({
      backend: 'http',
      count: 5,
      node: 'host-1',
      first: { seq: 11, ts: makeEntry(11).ts },
      last: { seq: 15, ts: makeEntry(15).ts },
    });
    await receiver.waitFor(10);
    await second.close(5_000);
    const third = open({ maxEntries: 10 });
    const again: Loss[] = [];
    third.onLoss?.(async (loss) => void again.push(loss));
    await third.write(makeEntry(20));
    await receiver.waitFor(11);
    await third.close(5_000);
    expect(again).toEqual([]);
  });

  test('that is damaged is set aside, and a new one is begun', async () => {
    writeFileSync(join(stateFolder, 'http-queue.sqlite'), 'no database '.repeat(100));
    const backend = open();
    await backend.write(makeEntry(1));
    await receiver.waitFor(1);
    expect(readdirSync(stateFolder).filter((name) => name.includes('.damaged-'))).toHaveLength(1);
  });

  test('in a folder that cannot be made loses the entry, and says so', async () => {
    const file = join(stateFolder, 'file');
    writeFileSync(file, '');
    const backend = open({ stateFolder: join(file, 'below') });
    await expect(backend.write(makeEntry(1))).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(backend.state()).toMatchObject({ lost: 1 });
    expect(existsSync(join(file, 'below'))).toBe(false);
  });
});

test.each([
  ['ftp://host/secret-path', undefined],
  ['http://user:secret@', undefined],
  ['http://host/', 'Bearer secret\r\nX: 1'],
])('%s with %j is refused, and what is said of it holds no secret', (url, authorization) => {
  const act = () =>
    openHttpBackend({ url, stateFolder, ...(authorization === undefined ? {} : { authorization }) });
  expect(act).toThrow(/URL|header/);
  expect(act).not.toThrow(/secret/);
});
