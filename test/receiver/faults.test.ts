/** Senders that misbehave on real sockets: what was acknowledged is there once, and the others are served. */
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeEntry, readSpool, runReceiver, sendRaw, type TestReceiver, VALUE } from './running-receiver.ts';

let receiver: TestReceiver;
let sockets: Socket[];
beforeEach(async () => {
  receiver = await runReceiver();
  sockets = [];
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await receiver.close();
});

/** A connection that is left as it is; what the receiver does to it is no error of the test. */
async function open(): Promise<Socket> {
  const socket = connect(receiver.port, '127.0.0.1');
  sockets.push(socket);
  await once(socket, 'connect');
  return socket.on('error', () => {});
}

/** Also by a reset, which `once` would reject with. */
const waitForClose = (socket: Socket): Promise<void> =>
  new Promise((resolve) => socket.once('close', () => resolve()));

function write(entry: string, length = Buffer.byteLength(entry)): string {
  return `POST /ingest HTTP/1.1\r\nhost: x\r\nauthorization: ${VALUE}\r\ncontent-length: ${length}\r\n\r\n${entry}`;
}

const post = async (entry: string): Promise<number> =>
  Number((await sendRaw(receiver.port, Buffer.from(write(entry)))).slice(9, 12));

function readPayloads(): string[] {
  const lines = readSpool(receiver.data).get('openspp') ?? [];
  return lines.map(({ payload }) => String(payload));
}

test('a body that comes byte by byte is taken, and nobody waits for it', async () => {
  const slow = await open();
  const text = write(makeEntry(1));
  slow.setNoDelay();
  for (const [at, byte] of [...text].entries()) {
    slow.write(byte);
    if (at % 50 === 0) expect(await post(makeEntry(100 + at))).toBe(200);
  }
  const [answer] = await once(slow, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1.1 200/);
  expect(readPayloads()).toContain(makeEntry(1));
});

test('a request under way is answered while it is being stopped, and its connection then closed', async () => {
  const slow = await open();
  const text = write(makeEntry(1));
  slow.write(text.slice(0, -10));
  // Its head has been read.
  expect(await post(makeEntry(2))).toBe(200);
  const restarted = receiver.restart();
  slow.write(text.slice(-10));
  const [[answer]] = await Promise.all([once(slow, 'data'), waitForClose(slow)]);
  expect(String(answer)).toMatch(/^HTTP\/1.1 200 .*connection: close/s);
  await restarted;
  expect(readPayloads()).toContain(makeEntry(1));
});

test('a body that never ends is cut off, and keeps nothing', async () => {
  await receiver.close();
  receiver = await runReceiver({ requestTimeoutMs: 500 });
  const slow = await open();
  slow.resume().write(write(makeEntry(1), 1000));
  await waitForClose(slow);
  expect(await post(makeEntry(2))).toBe(200);
  expect(readPayloads()).toEqual([makeEntry(2)]);
});

test('a sender that says nothing, or goes away before its answer, has its entry once, and again its receipt', async () => {
  await open();
  const halfClosed = await open();
  halfClosed.end(write(makeEntry(1)));
  const gone = await open();
  gone.write(write(makeEntry(2)), () => gone.resetAndDestroy());
  const torn = await open();
  torn.write(write(makeEntry(3)).slice(0, -20), () => torn.resetAndDestroy());
  for (const seq of [1, 2, 3]) expect(await post(makeEntry(seq))).toBe(200);
  expect(readPayloads().sort()).toEqual([1, 2, 3].map((seq) => makeEntry(seq)));
});

test.each([
  ['NUL bytes', Buffer.alloc(5000)],
  ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex')],
  ['a line without an end', Buffer.alloc(100_000, 'x')],
  [
    'two lengths',
    Buffer.from('POST /ingest HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n{}'),
  ],
  ['length and chunks', Buffer.from(write(makeEntry(1)).replace('host: x', 'transfer-encoding: chunked'))],
  [
    'a chunk of no size',
    Buffer.from(write('zz\r\n{}\r\n').replace(/content-length: \d+/, 'transfer-encoding: chunked')),
  ],
])('%s: refused, nothing kept, and the next is served', async (_, bytes) => {
  const stranger = await open();
  let answer = '';
  stranger.on('data', (piece) => (answer += String(piece))).write(bytes);
  await waitForClose(stranger);
  expect(answer).toMatch(/^(HTTP\/1.1 4\d\d |$)/);
  expect(await post(makeEntry(2))).toBe(200);
  expect(readPayloads()).toEqual([makeEntry(2)]);
});

test('1,000 connections at once', async () => {
  const COUNT = 1000;
  const agent = new Agent({ keepAlive: true, maxSockets: COUNT, maxFreeSockets: COUNT });
  const send = (entry: string): Promise<number> =>
    new Promise((resolve, reject) => {
      const headers = { authorization: VALUE, 'content-length': Buffer.byteLength(entry) };
      const options = {
        host: '127.0.0.1',
        port: receiver.port,
        path: '/ingest',
        method: 'POST',
        headers,
        agent,
      };
      request(options, (answer) => answer.resume().once('end', () => resolve(answer.statusCode ?? 0)))
        .once('error', reject)
        .end(entry);
    });
  const entries = Array.from({ length: 2 * COUNT }, (_, i) => makeEntry(i + 1));
  const statuses = await Promise.all(entries.map(send));
  expect([agent.sockets, agent.freeSockets].flatMap((all) => Object.values(all).flat())).toHaveLength(COUNT);
  agent.destroy();
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(readPayloads().sort()).toEqual(entries.sort());
  expect(await post(makeEntry(2 * COUNT + 1))).toBe(200);
}, 60_000);
