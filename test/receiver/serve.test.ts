/** The receiver as a process of its own, ended in every way. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReceiverSettings, type ToReceiver } from '../../src/contract/receiver.ts';
import { startReceiver } from '../../src/receiver/receiver.ts';
import { SenderBook } from '../../src/receiver/senders/sender-book.ts';
import { forkReceiver } from './fork-receiver.ts';
import { makeEntry, readSpool, VALUE } from './running-receiver.ts';

let data: string;
let child: ChildProcess;

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unbroken-serve-'));
  new SenderBook(data).add('openspp', VALUE);
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(data, { recursive: true });
});

async function start(): Promise<string> {
  const forked = forkReceiver(data);
  child = forked.child;
  return forked.url;
}

const post = (url: string, body: string): Promise<number> =>
  fetch(`${url}/ingest`, { method: 'POST', body, headers: { authorization: VALUE } }).then(
    async (response) => {
      await response.text();
      return response.status;
    },
    () => 0,
  );

test('killed under load again and again, every acknowledged entry is there once', async () => {
  const acknowledged = new Set<string>();
  let seq = 0;
  for (let round = 0; round < 3; round++) {
    const url = await start();
    const target = acknowledged.size + 150;
    const sendOn = async (): Promise<void> => {
      for (let isUp = true; isUp; ) {
        const entry = makeEntry(++seq);
        const status = await post(url, entry);
        if (status === 200) acknowledged.add(entry);
        isUp = status !== 0;
        if (acknowledged.size >= target) child.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: 16 }, sendOn));
  }
  const url = await start();
  for (const entry of acknowledged) expect(await post(url, entry)).toBe(200);
  const payloads =
    readSpool(data)
      .get('openspp')
      ?.map(({ payload }) => payload) ?? [];
  expect(new Set(payloads).size).toBe(payloads.length);
  expect([...acknowledged].filter((entry) => !payloads.includes(entry))).toEqual([]);
});

test('told to stop, it answers what is under way and exits 0', async () => {
  const url = await start();
  const answers = Promise.all(Array.from({ length: 50 }, (_, i) => post(url, makeEntry(i + 1))));
  const [first] = await Promise.all([post(url, makeEntry(99))]);
  expect(first).toBe(200);
  child.send({ kind: 'stop' } satisfies ToReceiver);
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
  const kept = readSpool(data).get('openspp')?.length ?? 0;
  expect(kept).toBe((await answers).filter((status) => status === 200).length + 1);
});

test('a second one in the same directory is refused, until the first is gone', async () => {
  const url = await start();
  const settings = ReceiverSettings.parse({ http: { address: '127.0.0.1:0' } });
  const startHere = () => startReceiver({ data, settings, notice: () => {} });
  await expect(startHere()).rejects.toMatchObject({
    failure: { code: 'bad-request', message: 'another receiver is at work in this directory' },
  });
  expect(await post(url, makeEntry(1))).toBe(200);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await (await startHere()).close();
  // Whoever could not start holds nothing back.
  await (await startHere()).close();
}, 60_000);
