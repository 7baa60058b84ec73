/** The receiver's process as it is kept: started, killed, started again, stopped; and what it tells meanwhile. */
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ReceiverSettings } from '../../src/contract/receiver.ts';
import {
  forkReceiver,
  type KeptReceiver,
  keepReceiver,
  type ReceiverChild,
  type ReceiverTold,
  type SpawnReceiver,
} from '../../src/receiver/keep-receiver.ts';
import { SenderBook } from '../../src/receiver/senders/sender-book.ts';
import { makeEntry, readSpool, VALUE } from './running-receiver.ts';

let data: string;
let kept: KeptReceiver;
let told: ReceiverTold[];

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unbroken-kept-'));
  new SenderBook(data).add('openspp', VALUE);
  told = [];
  keep(keepReceiver());
});
afterEach(async () => {
  await kept.stop();
  rmSync(data, { recursive: true });
});

function keep(receiver: KeptReceiver): void {
  kept = receiver;
  kept.on((one) => told.push(one));
}

const settings = (address = '127.0.0.1:0'): ReceiverSettings => ReceiverSettings.parse({ http: { address } });
const post = (body: string): Promise<Response> =>
  fetch(`http://${kept.state.listeners[0]?.address}/ingest`, {
    method: 'POST',
    body,
    headers: { authorization: VALUE },
  });

test('what it received is told, by sender and transport, with the latest entries', async () => {
  await kept.start({ data, settings: settings() });
  expect(kept.state).toMatchObject({ state: 'running', listeners: [{ transport: 'http' }] });
  await post(makeEntry(1));
  await post(makeEntry(1));
  await post('{"model": "res.partner", "method": "\\u0077rite"');
  await post('nothing').then((response) => expect(response.status).toBe(422));
  await fetch(`http://${kept.state.listeners[0]?.address}/ingest`, { method: 'POST', body: makeEntry(2) });
  await vi.waitFor(() => expect(kept.status?.received[0]?.entries).toBe(4), { timeout: 5000 });
  expect(kept.status).toMatchObject({
    received: [{ sender: 'openspp', transport: 'http', entries: 4, again: 1, malformed: 2 }],
    refused: [{ reason: 'unauthorized', count: 1 }],
    recent: [
      { result: 'malformed', bytes: 7 },
      { result: 'malformed', model: 'res.partner' },
      { result: 'again', model: 'res.partner', method: 'write', seq: '1' },
      { result: 'kept', id: expect.stringMatching(/^openspp\.\d{4}-\d\d-\d\d\.1$/) },
    ],
  });
  expect(kept.status?.freeBytes).toBeGreaterThan(0);
});

test('one that was killed is started again; one that was stopped is not', async () => {
  let child: ReceiverChild | undefined;
  keep(
    keepReceiver((to) => {
      child = forkReceiver(to);
      return child;
    }),
  );
  await kept.start({ data, settings: settings() });
  child?.kill();
  await vi.waitFor(() => expect(kept.state.state).toBe('waiting'), { timeout: 5000 });
  expect(kept.state.problem).toContain('SIGKILL');
  await vi.waitFor(() => expect(kept.state.state).toBe('running'), { timeout: 15_000 });
  expect((await post(makeEntry(1))).status).toBe(200);
  await kept.stop();
  expect(kept.state).toMatchObject({ state: 'stopped', listeners: [] });
  expect(readSpool(data).get('openspp')).toHaveLength(1);
  expect(told.map((one) => ('state' in one ? one.state.state : ''))).toEqual(
    expect.arrayContaining(['starting', 'running', 'waiting', 'stopping', 'stopped']),
  );
}, 30_000);

test('an address that is taken is said, and nothing is left running', async () => {
  const other = createServer();
  other.listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(kept.start({ data, settings: settings(`127.0.0.1:${port}`) })).rejects.toThrow('EADDRINUSE');
  expect(kept.state).toMatchObject({ state: 'stopped', problem: expect.stringContaining('EADDRINUSE') });
  other.close();
  await kept.start({ data, settings: settings() });
  await expect(kept.start({ data, settings: settings() })).rejects.toThrow('running');
});

test('stopped while it waits to be started again, it is not started', async () => {
  let starts = 0;
  const spawn: SpawnReceiver = ({ message, exit }) => {
    starts++;
    const child: ReceiverChild = {
      send: ({ kind }) => {
        if (kind !== 'start') return;
        message({ kind: 'started', listeners: [] });
        queueMicrotask(() => exit('1'));
      },
      kill: () => {},
    };
    return child;
  };
  keep(keepReceiver(spawn));
  await kept.start({ data, settings: settings() });
  expect(kept.state.state).toBe('waiting');
  vi.useFakeTimers();
  await kept.stop();
  await vi.advanceTimersByTimeAsync(120_000);
  vi.useRealTimers();
  expect([starts, kept.state.state]).toEqual([1, 'stopped']);
});
