import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer, type Server } from 'node:tls';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TlsSettings } from '../../../src/contract/receiver.ts';
import { keepOwnCertificate } from '../../../src/receiver/tls/own-certificate.ts';
import { readTls, type Tls } from '../../../src/receiver/tls/read-tls.ts';

let data: string;
let notices: string[];
let server: Server | undefined;
const notice = (text: string): void => void notices.push(text);

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unbroken-tls-'));
  notices = [];
});

afterEach(async () => {
  await new Promise((done) => (server ? server.close(done) : done(undefined)));
  server = undefined;
  rmSync(data, { recursive: true });
});

/** A certificate as a site has one; `daysAgo` it was made. */
async function makeSite(name: string, daysAgo = 0): Promise<{ certificate: string; key: string }> {
  const directory = join(data, name);
  mkdirSync(directory);
  const nowMs = Date.now() - daysAgo * 86_400_000;
  const own = await keepOwnCertificate(directory, [], { nowMs, notice: () => {} });
  const files = { certificate: join(directory, 'site.pem'), key: join(directory, 'site.key') };
  writeFileSync(files.certificate, own.cert);
  writeFileSync(files.key, own.key);
  return files;
}

async function serve(tls: Tls): Promise<number> {
  server = createServer(tls.options, (socket) => socket.end());
  tls.keepFresh(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** What a client sees that does not look further. */
async function askFingerprint(port: number): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return fingerprint256;
}

test('its own where none is named, trusted by its file alone', async () => {
  const tls = await readTls(TlsSettings.parse({}), data, notice);
  expect(await askFingerprint(await serve(tls))).toBe(tls.fingerprint);
  expect(tls.caFile).toBe(join(data, 'receiver', 'tls', 'ca.pem'));
  expect(tls.options.rejectUnauthorized).toBe(false);
});

test('a replaced certificate is used for the next connection', async () => {
  const site = await makeSite('one');
  const other = await makeSite('two');
  const tls = await readTls(TlsSettings.parse(site), data, notice);
  expect(tls.caFile).toBeUndefined();
  const port = await serve(tls);
  const before = await askFingerprint(port);
  expect(before).toBe(tls.fingerprint);

  copyFileSync(other.certificate, site.certificate);
  await tls.refresh();
  expect(notices).toEqual([expect.stringContaining('stays as it was')]);
  await tls.refresh();
  expect(notices).toHaveLength(1);
  expect(await askFingerprint(port)).toBe(before);

  copyFileSync(other.key, site.key);
  await tls.refresh();
  expect(tls.fingerprint).not.toBe(before);
  expect(await askFingerprint(port)).toBe(tls.fingerprint);
  expect(notices.at(-1)).toContain(tls.fingerprint);
});

test.each([
  [3700, /ended on/],
  [3640, /ends in 9 days/],
])('of a certificate made %i days ago its end is told', async (daysAgo, says) => {
  await readTls(TlsSettings.parse(await makeSite('one', daysAgo)), data, notice);
  expect(notices).toEqual([expect.stringMatching(says)]);
});

test('what cannot be used is named', async () => {
  const site = await makeSite('one');
  const other = await makeSite('two');
  const garbage = join(data, 'garbage');
  writeFileSync(garbage, 'no certificate');
  const locked = join(data, 'locked.key');
  writeFileSync(
    locked,
    createPrivateKey(readFileSync(site.key)).export({
      format: 'pem',
      type: 'pkcs8',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    }),
  );
  const attempt = (settings: object): Promise<unknown> => readTls(TlsSettings.parse(settings), data, notice);
  const cases = [
    [{ ...site, key: other.key }, 'bad-request', other.key],
    [{ ...site, key: locked }, 'bad-request', locked],
    [{ ...site, certificate: garbage }, 'bad-request', garbage],
    [{ ...site, key: join(data, 'absent') }, 'path-not-found', join(data, 'absent')],
    [{ clientCa: garbage }, 'bad-request', garbage],
  ] as const;
  for (const [settings, code, subject] of cases)
    await expect(attempt(settings)).rejects.toMatchObject({ failure: { code, subject } });
  expect(TlsSettings.safeParse({ certificate: site.certificate }).success).toBe(false);
});
