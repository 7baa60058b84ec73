/** Syslog over TLS: who may, by address or by certificate; and rsyslog, which checks ours. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect as connectTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readFingerprint } from '../../../src/receiver/senders/fingerprint.ts';
import { makeEntry, readSpool, runReceiver, type TestReceiver } from '../running-receiver.ts';
import { makeTestCertificate } from '../tls/make-certificate.ts';
import { hasLogger, hasOpenssl, startRsyslog } from './real-peers.ts';

let receiver: TestReceiver;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-syslog-tls-'));
  receiver = await runReceiver({}, {}, {}, { tls: '127.0.0.1:0' });
});
afterEach(async () => {
  await receiver.close();
  rmSync(folder, { recursive: true });
});

const port = (): number => receiver.portOf('syslog-tls');
const caFile = (): string => receiver.tls?.caFile ?? '';
const message = (seq: number): string => `<134>1 - vm openspp-audit 7 - - ${makeEntry(seq)}`;
const payloads = (sender = 'relay'): (string | undefined)[] =>
  readSpool(receiver.data)
    .get(sender)
    ?.map(({ payload }) => payload) ?? [];

function open(options: ConnectionOptions = {}): TLSSocket {
  const socket = connect({ host: '127.0.0.1', port: port(), ca: readFileSync(caFile()), ...options });
  return socket.on('error', () => {}).resume();
}

/** Also by a reset, which `once` would reject with. */
const waitForClose = (socket: TLSSocket): Promise<void> =>
  new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));

test('a client that trusts the certificate is taken, octet-counted as RFC 5425 has it', async () => {
  const socket = open();
  const text = message(1);
  socket.end(`${text.length} ${text}`);
  await waitForClose(socket);
  expect(payloads()).toEqual([makeEntry(1)]);
  expect(readSpool(receiver.data).get('relay')?.[0]?.transport).toBe('syslog-tls');
});

test('syslog without TLS is none, and the next is served', async () => {
  const plain = connectTcp(port(), '127.0.0.1').on('error', () => {});
  plain.resume().end(`${message(1)}\n`);
  await once(plain, 'close');
  const socket = open();
  socket.end(`${message(2)}\n`);
  await waitForClose(socket);
  expect(payloads()).toEqual([makeEntry(2)]);
  expect(receiver.notices.join()).toContain('TLS did not come about');
});

test('a certificate names its sender, whatever the address', async () => {
  const shown = await makeTestCertificate(folder, 'branch');
  receiver.book.addByCertificate('branch', readFingerprint(shown.file));
  await expect
    .poll(
      async () => {
        const socket = open({ cert: shown.cert, key: shown.key });
        socket.end(`${message(1)}\n`);
        await waitForClose(socket);
        return payloads('branch');
      },
      { timeout: 10_000 },
    )
    .toEqual([makeEntry(1)]);
});

test.skipIf(!hasOpenssl || !hasLogger)(
  'rsyslog: omfwd over TLS, with a check of the certificate',
  async () => {
    const action =
      `action(type="omfwd" target="127.0.0.1" port="${port()}" protocol="tcp" TCP_Framing="octet-counted" ` +
      'template="RSYSLOG_SyslogProtocol23Format" StreamDriver="ossl" StreamDriverMode="1" ' +
      'StreamDriverAuthMode="x509/certvalid")';
    const rsyslog = await startRsyslog(
      action,
      `DefaultNetstreamDriver="ossl" DefaultNetstreamDriverCAFile="${caFile()}"`,
    );
    const entries = Array.from({ length: 100 }, (_, i) => makeEntry(i + 1));
    await rsyslog.log(entries);
    await expect.poll(() => payloads().length, { timeout: 20_000 }).toBe(100);
    expect(payloads().sort()).toEqual(entries.sort());
    await rsyslog.stop();
  },
);
