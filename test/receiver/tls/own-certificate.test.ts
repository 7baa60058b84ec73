import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepOwnCertificate } from '../../../src/receiver/tls/own-certificate.ts';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 10, 24);
let directory: string;
let notices: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-tls-'));
  notices = [];
});

afterEach(() => rmSync(directory, { recursive: true }));

async function keep(days = 0, names: readonly string[] = []): Promise<string> {
  const own = await keepOwnCertificate(directory, names, {
    nowMs: START_MS + days * DAY_MS,
    notice: (text) => notices.push(text),
  });
  expect(own.caFile).toBe(join(directory, 'ca.pem'));
  const certificate = new X509Certificate(own.cert);
  return certificate.fingerprint256;
}

/** What clients that were given the file trust. */
function listTrusted(): string[] {
  const pem = readFileSync(join(directory, 'ca.pem'), 'utf8');
  expect(pem).not.toContain('PRIVATE');
  return (pem.match(/-----BEGIN[^-]+-----[^-]+-----END[^-]+-----/g) ?? []).map(
    (one) => new X509Certificate(one).fingerprint256,
  );
}

test('it is made once, for this machine and the names of the settings', async () => {
  const first = await keep(0, ['audit.example.org', '192.0.2.7', '2001:db8::7']);
  expect(await keep(1, ['audit.example.org'])).toBe(first);
  expect(listTrusted()).toEqual([first]);
  expect(notices).toEqual([]);
  const certificate = new X509Certificate(readFileSync(join(directory, 'server.pem')));
  for (const name of ['localhost', 'audit.example.org']) expect(certificate.checkHost(name)).toBe(name);
  for (const ip of ['127.0.0.1', '::1', '192.0.2.7', '2001:db8::7']) expect(certificate.checkIP(ip)).toBe(ip);
  expect(certificate.checkHost('example.org')).toBeUndefined();
  expect(certificate.ca).toBe(false);
  expect(certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: 'prime256v1' });
});

test.skipIf(process.platform === 'win32')('nobody else reads its key', async () => {
  await keep();
  expect(statSync(join(directory, 'server.pem')).mode & 0o777).toBe(0o600);
});

test('the next one is handed out long before it is used', async () => {
  const first = await keep();
  expect(await keep(3649 - 121)).toBe(first);
  expect(listTrusted()).toEqual([first]);
  expect(await keep(3650 - 100)).toBe(first);
  const [, next] = listTrusted();
  expect(listTrusted()).toEqual([first, next]);
  expect(notices.at(-1)).toMatch(/ends in 100 days.*ca\.pem has the next.*within 86 days/s);
  expect(await keep(3650 - 20)).toBe(first);
  expect(listTrusted()).toEqual([first, next]);
  expect(await keep(3650 - 10)).toBe(next);
  expect(listTrusted()).toEqual([next]);
  expect(existsSync(join(directory, 'next.pem'))).toBe(false);
  expect(notices.at(-1)).toContain('the next one');
});

test('after years without a start it is made anew, and said', async () => {
  const first = await keep();
  expect(await keep(4000)).not.toBe(first);
  expect(notices).toEqual([expect.stringMatching(/clients must be given .*ca\.pem again/)]);
});

test.each([
  ['a name is added', (): void => {}, ['new.example.org']],
  ['the file is damaged', (): void => writeFileSync(join(directory, 'server.pem'), 'no'), []],
])('it is made anew where %s', async (_, damage, names) => {
  const first = await keep();
  damage();
  const second = await keep(1, names);
  expect(second).not.toBe(first);
  expect(listTrusted()).toEqual([second]);
  expect(notices).toHaveLength(1);
});

test.each(['a b', '*.example.org', 'https://x', ''])('%j is no name', async (name) => {
  await expect(keep(0, [name])).rejects.toMatchObject({ failure: { code: 'bad-request', subject: name } });
});
