/** RELP on real sockets, spoken by hand; rsyslog speaks it in peers.test.ts. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FromReceiver, ReceiverSettings, type ToReceiver } from '../../../src/contract/receiver.ts';
import { SenderBook } from '../../../src/receiver/senders/sender-book.ts';
import { RelpReader } from '../../../src/receiver/syslog/relp-frames.ts';
import { makeEntry, readSpool, runReceiver, type TestReceiver } from '../running-receiver.ts';

const OPEN = 'relp_version=0\nrelp_software=librelp,1.11.0,http://librelp.adiscon.com\ncommands=syslog';
const frame = (transaction: number, command: string, data = ''): string =>
  `${transaction} ${command} ${Buffer.byteLength(data)}${data === '' ? '' : ` ${data}`}\n`;
const message = (seq: number): string => `<134>Nov 24 02:15:46 vm openspp-audit[7]: ${makeEntry(seq)}`;

/** A client that collects what it is answered. */
class Client {
  readonly socket: Socket;
  readonly answers: { transaction: number; command: string; data: string }[] = [];
  /** Also by a reset. */
  readonly closed: Promise<void>;
  readonly #reader = new RelpReader(10_000);

  constructor(port: number) {
    this.socket = connect(port, '127.0.0.1').on('error', () => {});
    this.closed = new Promise((resolve) => this.socket.once('close', () => resolve()));
    this.socket.on('data', (chunk) => {
      this.#reader.push(chunk, ({ transaction, command, bytes }) =>
        this.answers.push({ transaction, command, data: bytes.toString() }),
      );
    });
  }

  get acknowledged(): number[] {
    return this.answers
      .filter(
        ({ transaction, command, data }) => transaction > 1 && command === 'rsp' && data.startsWith('200'),
      )
      .map(({ transaction }) => transaction);
  }
}

describe('a session', () => {
  let receiver: TestReceiver;
  let client: Client;
  beforeEach(async () => {
    receiver = await runReceiver({}, {}, {}, { relp: '127.0.0.1:0' });
    client = new Client(receiver.portOf('relp'));
  });
  afterEach(async () => {
    client.socket.destroy();
    await receiver.close();
  });
  const payloads = (): (string | undefined)[] =>
    readSpool(receiver.data)
      .get('relay')
      ?.map(({ payload }) => payload) ?? [];

  test('opens, answers each message in order once it is kept, and closes', async () => {
    const seqs = Array.from({ length: 300 }, (_, i) => i + 2);
    client.socket.write(
      [
        frame(1, 'open', OPEN),
        ...seqs.map((seq) => frame(seq, 'syslog', message(seq))),
        frame(302, 'close'),
      ].join(''),
    );
    await client.closed;
    const [first, ...rest] = client.answers;
    expect(first?.data).toMatch(/^200 OK\nrelp_version=0\nrelp_software=unbroken,[\d.]+\ncommands=syslog$/);
    expect(rest).toEqual([
      ...[...seqs, 302].map((transaction) => ({ transaction, command: 'rsp', data: '200 OK' })),
      { transaction: 0, command: 'serverclose', data: '' },
    ]);
    expect(payloads()).toEqual(seqs.map((seq) => makeEntry(seq)));
  });

  test('what is no entry is answered too: it is kept apart, and would come again for ever', async () => {
    client.socket.write(
      frame(1, 'open', OPEN) + frame(2, 'syslog', '<46>Nov 24 02:15:45 vm rsyslogd: start'),
    );
    await expect.poll(() => client.acknowledged).toEqual([2]);
    expect(payloads()).toEqual([]);
  });

  test('one that reads no answers is left before they fill the memory', async () => {
    const { socket } = client;
    socket.pause().write(frame(1, 'open', OPEN));
    const frames = frame(2, 'x').repeat(10_000);
    for (let n = 0; n < 400 && !socket.destroyed; n++)
      await new Promise((sent) => socket.write(frames, sent));
    expect(socket.destroyed).toBe(true);
  });

  test('a message sent again on another connection is there once', async () => {
    client.socket.write(frame(1, 'open', OPEN) + frame(2, 'syslog', message(1)));
    await expect.poll(() => client.acknowledged).toEqual([2]);
    client.socket.destroy();
    client = new Client(receiver.portOf('relp'));
    client.socket.write(frame(1, 'open', OPEN) + frame(2, 'syslog', message(1)));
    await expect.poll(() => client.acknowledged).toEqual([2]);
    expect(payloads()).toEqual([makeEntry(1)]);
  });

  test.each([
    ['a message before the session is open', frame(1, 'syslog', message(1))],
    ['syslog without RELP', `${message(1)}\n`],
    ['a length that is wrong', `${frame(1, 'open', OPEN)}2 syslog 3 ${message(1)}\n`],
  ])('%s closes the connection, and is not answered', async (_, bytes) => {
    client.socket.write(bytes);
    await client.closed;
    expect(client.acknowledged).toEqual([]);
    expect(payloads()).toEqual([]);
  });

  test('half a message is neither kept nor answered: its sender has it', async () => {
    client.socket.end(
      frame(1, 'open', OPEN) + frame(2, 'syslog', message(1)) + frame(3, 'syslog', message(2)).slice(0, -20),
    );
    await client.closed;
    expect(client.acknowledged).toEqual([2]);
    expect(payloads()).toEqual([makeEntry(1)]);
  });

  test('on closing, what came is answered, and the client is told', async () => {
    client.socket.write(frame(1, 'open', OPEN) + frame(2, 'syslog', message(1)));
    await once(client.socket, 'data');
    await receiver.restart();
    expect(client.acknowledged).toEqual([2]);
    expect(client.answers.at(-1)).toMatchObject({ transaction: 0, command: 'serverclose' });
  });
});

describe('killed between keeping and answering', () => {
  const entryFile = join(import.meta.dirname, '..', '..', '..', 'src', 'receiver', 'receiver-process.ts');
  let data: string;
  let child: ChildProcess;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'unbroken-relp-'));
    new SenderBook(data).addByAddress('relay', ['127.0.0.1']);
  });
  afterEach(() => {
    child.kill('SIGKILL');
    rmSync(data, { recursive: true });
  });

  async function start(): Promise<number> {
    child = fork(entryFile, { execArgv: [] });
    const settings = ReceiverSettings.parse({
      http: { address: '127.0.0.1:0' },
      syslog: { relp: '127.0.0.1:0' },
    });
    child.send({ kind: 'start', data, settings } satisfies ToReceiver);
    for (;;) {
      const [raw] = await once(child, 'message');
      const said = FromReceiver.parse(raw);
      if (said.kind === 'started')
        return Number(
          said.listeners
            .find(({ transport }) => transport === 'relp')
            ?.address.split(':')
            .at(-1),
        );
      if (said.kind === 'failed') throw new Error(said.text);
    }
  }

  test('whatever was answered is there, and what is sent again is there once', async () => {
    let waiting = Array.from({ length: 3000 }, (_, i) => i + 1);
    for (let round = 0; waiting.length > 0; round++) {
      const client = new Client(await start());
      const sent = waiting.slice(0, 1000);
      client.socket.write(
        frame(1, 'open', OPEN) + sent.map((seq, i) => frame(i + 2, 'syslog', message(seq))).join(''),
      );
      // Killed in the midst of its answers, but for the last rounds.
      client.socket.on('data', () => {
        if (round < 5 && client.acknowledged.length > 0) child.kill('SIGKILL');
        else if (client.acknowledged.length === sent.length) client.socket.destroy();
      });
      await client.closed;
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      const done = new Set(client.acknowledged.map((transaction) => sent[transaction - 2]));
      waiting = waiting.filter((seq) => !done.has(seq));
    }
    const payloads = readSpool(data)
      .get('relay')
      ?.map(({ payload }) => payload);
    expect(payloads?.sort()).toEqual(Array.from({ length: 3000 }, (_, i) => makeEntry(i + 1)).sort());
  }, 60_000);
});
