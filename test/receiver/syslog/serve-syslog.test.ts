/** Syslog on real sockets: genuine messages byte for byte, and senders that misbehave. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SpoolLine } from '../../../src/contract/spool.ts';
import { verifyPaths } from '../../../src/engine/engine.ts';
import { writeSyslogMessage } from '../../../src/trail/backends/syslog-message.ts';
import { makeEntry as makeRecorded } from '../../trail/backends/make-entry.ts';
import { makeEntry, readSpool, runReceiver, type TestReceiver } from '../running-receiver.ts';

const fixtures = join(import.meta.dirname, '..', '..', 'fixtures', 'syslog');
const hasSix = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
const anyPort = '127.0.0.1:0';

let receiver: TestReceiver;
const sockets: Socket[] = [];
beforeEach(async () => {
  receiver = await runReceiver({}, {}, {}, { udp: anyPort, tcp: anyPort, relp: anyPort });
});
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await receiver.close();
});

async function restart(syslog: Parameters<typeof runReceiver>[3]): Promise<void> {
  await receiver.close();
  receiver = await runReceiver({}, {}, {}, syslog);
}

async function open(way: 'tcp' | 'relp', host = '127.0.0.1'): Promise<Socket> {
  const socket = connect(receiver.portOf(way === 'tcp' ? 'syslog-tcp' : way), host);
  sockets.push(socket);
  await once(socket, 'connect');
  return socket.on('error', () => {});
}

/** Also by a reset, which `once` would reject with. */
const waitForClose = (socket: Socket): Promise<void> =>
  new Promise((resolve) => (socket.closed ? resolve() : socket.resume().once('close', () => resolve())));

const lines = (): SpoolLine[] => readSpool(receiver.data).get('relay') ?? [];
const payloads = (): (string | undefined)[] => lines().map(({ payload }) => payload);
const message = (seq: number): string => `<134>Nov 24 02:15:46 vm openspp-audit[7]: ${makeEntry(seq)}`;

function readOther(): string[] {
  const file = join(receiver.data, 'other', 'lines.jsonl');
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => (JSON.parse(line) as { message: string }).message);
}

async function readMetric(name: string): Promise<number> {
  const text = await (await fetch(`${receiver.url}/metrics`)).text();
  const values = text.split('\n').filter((line) => line.startsWith(name));
  return values.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

async function sendDatagrams(datagrams: readonly (string | Buffer)[], host = '127.0.0.1'): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  for (const datagram of datagrams) {
    await new Promise<void>((sent, failed) =>
      socket.send(datagram, receiver.portOf('syslog-udp'), host, (error) => (error ? failed(error) : sent())),
    );
  }
  socket.close();
}

/** Splits a genuine message where the fixture's README says. */
const readDatagrams = (name: string, end = ''): Buffer[] =>
  readFileSync(join(fixtures, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => Buffer.from(line.endsWith('}') || line.includes('rsyslogd') ? line + end : line));

describe('genuine messages', () => {
  const bodies = (datagrams: readonly Buffer[]): { envelope: string; payload: string }[] =>
    datagrams
      .map(String)
      .filter((text) => !text.includes('rsyslogd'))
      .map((text) => ({
        envelope: text.slice(0, text.indexOf('{')),
        payload: text.slice(text.indexOf('{')).trimEnd(),
      }));

  test.each([
    ['devlog.log', '', 0],
    ['relay-udp-3164.log', '', 1],
    ['relay-udp-5424.log', '\n', 1],
  ])('datagrams of %s: payload and envelope byte for byte', async (name, end, others) => {
    const datagrams = readDatagrams(name, end);
    await sendDatagrams(datagrams);
    const expected = bodies(datagrams);
    await expect.poll(() => lines().length).toBe(expected.length);
    expect(lines().map(({ envelope, payload }) => ({ envelope, payload }))).toEqual(expected);
    expect(new Set(lines().map(({ transport }) => transport))).toEqual(new Set(['syslog-udp']));
    await expect.poll(() => readOther().length).toBe(others);
  });

  test('the stream of a relay, octet-counted; its own line is kept apart, what it cut is told', async () => {
    const bytes = readFileSync(join(fixtures, 'relay-tcp-octets-5424.bin'));
    const socket = await open('tcp');
    for (let at = 0; at < bytes.length; at += 777) socket.write(bytes.subarray(at, at + 777));
    socket.end();
    await waitForClose(socket);
    expect(payloads()).toHaveLength(24);
    expect(payloads().filter((payload) => payload?.endsWith('"node": "vm"}'))).toHaveLength(23);
    expect(readOther()).toEqual([expect.stringContaining('rsyslogd')]);
    expect(await readMetric('unbroken_other_lines_total')).toBe(1);
    const report = await verifyPaths([join(receiver.data, 'spool')], {
      signal: new AbortController().signal,
    });
    expect(report.totals).toMatchObject({ lines: 24, entries: 23, malformed: 1 });
    expect(report.findings.filter(({ kind }) => kind === 'malformed')).toMatchObject([
      {
        cause: { code: 'truncated' },
        evidence: [
          { code: 'stops-at-byte' },
          { code: 'could-be-read', values: { model: 'res.partner', action: 'write', record: '1' } },
        ],
      },
    ]);
  });
});

describe('over TCP', () => {
  test('lines', async () => {
    const socket = await open('tcp');
    socket.end(`${message(1)}\n${message(2)}\n${message(3)}`);
    await waitForClose(socket);
    expect(payloads()).toEqual([1, 2, 3].map((seq) => makeEntry(seq)));
  });

  test('the messages that this project’s own trail writes', async () => {
    const recorded = makeRecorded(1);
    for (const format of ['5424', '3164'] as const) {
      const socket = await open('tcp');
      const text = writeSyslogMessage({ ...recorded, line: makeEntry(Number(format)) }, format, 42);
      socket.end(`${Buffer.byteLength(text)} ${text}`);
      await waitForClose(socket);
    }
    expect(payloads()).toEqual([makeEntry(5424), makeEntry(3164)]);
  });

  test('entries without an envelope, or under another tag, are entries; anything else is not', async () => {
    const socket = await open('tcp');
    const texts = [
      makeEntry(1),
      `<134>Nov 24 02:15:46 vm other[1]: ${makeEntry(2)}`,
      `<134>Nov 24 02:15:46 vm cee[1]: @cee: ${makeEntry(3)}`,
      '<134>Nov 24 02:15:46 vm other[1]: {"seq": 1}',
      '<134>Nov 24 02:15:46 vm openspp-audit[1]: started',
      'anything',
    ];
    socket.end(texts.join('\n'));
    await waitForClose(socket);
    expect(payloads()).toEqual([1, 2, 3].map((seq) => makeEntry(seq)));
    expect(lines()[2]?.envelope).toBe('<134>Nov 24 02:15:46 vm cee[1]: @cee: ');
    await expect.poll(readOther).toEqual(texts.slice(3));
  });

  test('a message over the limit is cut once and said once; the next is whole', async () => {
    await restart({ tcp: anyPort, maxMessageBytes: 1000 });
    const socket = await open('tcp');
    const long = `<134>Nov 24 02:15:46 vm openspp-audit[7]: ${makeEntry(1, 'x'.repeat(5000))}`;
    socket.end(`${long}\n${message(2)}\n`);
    await waitForClose(socket);
    expect(payloads()).toEqual([long.slice(0, 1000).slice(long.indexOf('{')), makeEntry(2)]);
    expect(await readMetric('unbroken_cut_total')).toBe(1);
    expect(receiver.notices.filter((text) => text.includes(`${long.length} bytes`))).toHaveLength(1);
  });

  test('what is not UTF-8 is kept as it is, with its envelope', async () => {
    const socket = await open('tcp');
    const envelope = Buffer.from('<134>Nov 24 02:15:46 vm\xe9 openspp-audit[7]: ', 'latin1');
    const payload = Buffer.from(makeEntry(1, '\xff'), 'latin1');
    socket.end(Buffer.concat([envelope, payload]));
    await waitForClose(socket);
    expect(lines()).toMatchObject([
      { envelopeBase64: envelope.toString('base64'), payloadBase64: payload.toString('base64') },
    ]);
  });

  test('a count that is none closes the connection; what came before it is kept', async () => {
    const socket = await open('tcp');
    socket.write(`${message(1).length} ${message(1)}x`);
    await waitForClose(socket);
    await expect.poll(payloads).toEqual([makeEntry(1)]);
    expect(receiver.notices.join()).toContain('no syslog-tcp');
  });

  test('a connection that says nothing is closed, as is one within a message; one between messages stays', async () => {
    await restart({ tcp: anyPort, idleTimeoutMs: 200 });
    const between = await open('tcp');
    between.resume().write(`${message(1)}\n`);
    const silent = await open('tcp');
    const within = await open('tcp');
    within.write(`${message(2)}\n${message(3).slice(0, -10)}`);
    await Promise.all([waitForClose(silent), waitForClose(within)]);
    between.write(`${message(4)}\n`);
    await expect.poll(() => payloads().length).toBe(4);
    // What was torn is kept as it came.
    expect(payloads().sort()).toEqual(
      [makeEntry(1), makeEntry(2), makeEntry(3).slice(0, -10), makeEntry(4)].sort(),
    );
  });

  test('a counted message that is torn is kept as it came, counted and said', async () => {
    const socket = await open('tcp');
    socket.end(`${message(1).length} ${message(1)}${message(2).length} ${message(2).slice(0, -10)}`);
    await waitForClose(socket);
    expect(payloads()).toEqual([makeEntry(1), makeEntry(2).slice(0, -10)]);
    expect(await readMetric('unbroken_cut_total')).toBe(1);
    expect(receiver.notices.join()).toContain('ended within a message');
  });

  test('more connections than allowed are refused and counted', async () => {
    await restart({ tcp: anyPort, maxConnections: 2 });
    const [first] = [await open('tcp'), await open('tcp')];
    const third = connect(receiver.portOf('syslog-tcp'), '127.0.0.1').on('error', () => {});
    await waitForClose(third);
    first?.end(`${message(1)}\n`);
    await expect.poll(payloads).toEqual([makeEntry(1)]);
    expect(await readMetric('unbroken_refused_total{reason="connections"')).toBe(1);
  });
});

describe('where the spool waits', () => {
  test('so does the sender, on any way: nothing is lost', async () => {
    await receiver.close();
    receiver = await runReceiver({}, { maxWaitingBytes: 5000 }, {}, { udp: anyPort, tcp: anyPort });
    const seqs = Array.from({ length: 60 }, (_, i) => i + 1);
    await sendDatagrams(seqs.map((seq) => message(seq)));
    const socket = await open('tcp');
    socket.end(seqs.map((seq) => `${message(seq + 60)}\n`).join(''));
    await waitForClose(socket);
    await expect.poll(() => payloads().length, { timeout: 20_000 }).toBe(120);
    expect(await readMetric('unbroken_lost_total')).toBe(0);
  });

  test('a slow sender is waited for, and delays nobody', async () => {
    const slow = await open('tcp');
    slow.setNoDelay();
    for (const [at, byte] of [...`${message(1)}\n`].entries()) {
      slow.write(byte);
      if (at % 50 > 0) continue;
      const other = await open('tcp');
      other.end(`${message(100 + at)}\n`);
      await waitForClose(other);
      expect(payloads()).toContain(makeEntry(100 + at));
    }
    await expect.poll(payloads).toContain(makeEntry(1));
  });
});

describe('who sends', () => {
  test('an address of nobody is refused, counted and said; revoked, a sender is one', async () => {
    const socket = await open('tcp');
    socket.write(`${message(1)}\n`);
    await expect.poll(payloads).toEqual([makeEntry(1)]);
    receiver.book.revoke('relay');
    // The book is read again every second.
    await expect
      .poll(
        async () => {
          socket.write(`${message(2)}\n`);
          await sendDatagrams([message(3)]);
          return socket.destroyed || socket.readableEnded;
        },
        { timeout: 10_000 },
      )
      .toBe(true);
    await sendDatagrams([message(4)]);
    await expect
      .poll(() => receiver.notices.filter((text) => text.includes('unbroken sender add')).length)
      .toBeGreaterThan(0);
    expect(await readMetric('unbroken_refused_total{reason="unknown-address"')).toBeGreaterThan(0);
    expect(payloads()).not.toContain(makeEntry(4));
  });

  test('unless all such addresses are one sender', async () => {
    await restart({ udp: anyPort, anySender: 'elsewhere' });
    receiver.book.revoke('relay');
    await expect
      .poll(
        async () => {
          await sendDatagrams([message(1)]);
          return readSpool(receiver.data)
            .get('elsewhere')
            ?.map(({ payload }) => payload);
        },
        { timeout: 10_000 },
      )
      .toEqual([makeEntry(1)]);
  });

  test.skipIf(!hasSix)('over IPv6, on every way', async () => {
    await restart({ udp: '[::1]:0', tcp: '[::1]:0' });
    await sendDatagrams([message(1)], '::1');
    (await open('tcp', '::1')).end(`${message(2)}\n`);
    await expect.poll(() => payloads().sort()).toEqual([makeEntry(1), makeEntry(2)]);
    expect(lines().every(({ peer }) => peer.startsWith('[::1]:'))).toBe(true);
  });
});

describe('what was lost is said', () => {
  test('holes in a count that a sender keeps of its messages', async () => {
    const counted = (seq: number): string =>
      `<134>1 - vm openspp-audit 7 - [meta sequenceId="${seq}"] ${makeEntry(seq)}`;
    const socket = await open('tcp');
    socket.end([1, 2, 5, 4, 9].map((seq) => `${counted(seq)}\n`).join(''));
    await waitForClose(socket);
    // 3, 6, 7, 8: 4 came late.
    expect(await readMetric('unbroken_sequence_missing{sender="relay"}')).toBe(4);
    expect(receiver.notices.join()).toContain('2 have not come');
  });

  test('the same is said once a minute, with how often', async () => {
    await sendDatagrams(Array.from({ length: 50 }, () => Buffer.alloc(0)));
    const socket = await open('tcp');
    socket.write('1x');
    const other = await open('tcp');
    other.write('1x');
    await Promise.all([waitForClose(socket), waitForClose(other)]);
    expect(receiver.notices.filter((text) => text.includes('no syslog-tcp'))).toHaveLength(1);
  });
});

describe('garbage', () => {
  const garbage: [string, Buffer][] = [
    ['NUL bytes', Buffer.alloc(5000)],
    ['a TLS greeting', Buffer.from('16030100c8010000c40303', 'hex')],
    ['a line without an end', Buffer.alloc(3_000_000, 'x')],
    ['a request', Buffer.from('GET / HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['a large count', Buffer.from('999999999 <134>')],
    ['digits', Buffer.alloc(5000, '9')],
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) % 256))],
  ];
  test.each(garbage)('%s on every port: no entry, and the next is served', async (_, bytes) => {
    const [tcp, relp] = [await open('tcp'), await open('relp')];
    for (const socket of [tcp, relp]) socket.resume().end(bytes);
    await sendDatagrams([bytes.subarray(0, 60_000)]);
    await Promise.all([tcp, relp].map(waitForClose));
    const next = await open('tcp');
    next.end(`${message(1)}\n`);
    await expect.poll(payloads).toEqual([makeEntry(1)]);
  });
});
