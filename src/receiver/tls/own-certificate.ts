/**
 * A certificate of the receiver's own, for a site that has none: self-signed, no authority, so that whoever trusts it
 * trusts nothing else. Clients hold it as a file. Before it ends the next one is made and put into that file as well, so
 * that a client that took the file anew in time notices nothing of the change.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { createFailure } from '../../engine/base/failure.ts';

const DAY_MS = 86_400_000;
const VALID_DAYS = 3650;
/** The next one is made so long before the end, and used so long before. */
const ANNOUNCE_DAYS = 120;
const CHANGE_DAYS = 14;

/** The certificate in use, and its key behind it. */
export const OWN_FILE = 'server.pem';

export interface OwnCertificate {
  readonly cert: string;
  readonly key: string;
  /** The certificate, and the next one where it is made already: what clients trust. */
  readonly caFile: string;
}

/** Reads it, and makes or renews it where that is due. Failure: `bad-request` for a name that is none. */
export async function keepOwnCertificate(
  directory: string,
  names: readonly string[],
  options: { readonly nowMs: number; readonly notice: (text: string) => void },
): Promise<OwnCertificate> {
  const { nowMs, notice } = options;
  const file = join(directory, OWN_FILE);
  const nextFile = join(directory, 'next.pem');
  const caFile = join(directory, 'ca.pem');
  const wanted = names.map(readName);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  let current = readPair(file, wanted);
  let next = readPair(nextFile, wanted);
  const isFirst = !existsSync(file);
  if (!current || countDays(current, nowMs) < CHANGE_DAYS) {
    const wasAnnounced = current !== undefined && next !== undefined;
    current = next ?? (await makePair(wanted, nowMs));
    next = undefined;
    writeWhole(file, current.cert + current.key, 0o600);
    rmSync(nextFile, { force: true });
    if (!isFirst)
      notice(
        wasAnnounced
          ? `the certificate was about to end: the next one, which is in ${caFile}, is used from now on`
          : `a new certificate was made: clients must be given ${caFile} again`,
      );
  }
  const days = countDays(current, nowMs);
  if (days < ANNOUNCE_DAYS && !next) {
    next = await makePair(wanted, nowMs);
    writeWhole(nextFile, next.cert + next.key, 0o600);
  }
  if (next)
    notice(
      `the certificate ends in ${days} days: ${caFile} has the next one beside it, and clients must be given ` +
        `that file again within ${days - CHANGE_DAYS} days`,
    );
  const { cert, key } = current;
  const trusted = cert + (next?.cert ?? '');
  if (!existsSync(caFile) || readFileSync(caFile, 'utf8') !== trusted) writeWhole(caFile, trusted, 0o644);
  return { cert, key, caFile };
}

type Pair = Pick<OwnCertificate, 'cert' | 'key'>;
type Name = { readonly type: 'dns' | 'ip'; readonly value: string };

function readName(text: string): Name {
  if (isIP(text)) return { type: 'ip', value: text };
  const value = domainToASCII(text);
  if (!/^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/.test(value))
    throw createFailure('bad-request', 'this is no name of a host, and no address', { subject: text });
  return { type: 'dns', value };
}

/** What is there and good for these names, in one file so that both are of a kind. What is damaged is as good as none. */
function readPair(file: string, wanted: readonly Name[]): Pair | undefined {
  if (!existsSync(file)) return undefined;
  const pem = readFileSync(file, 'utf8');
  const keyAt = Math.max(0, pem.indexOf('-----BEGIN PRIVATE KEY-----'));
  const pair = { cert: pem.slice(0, keyAt), key: pem.slice(keyAt) };
  try {
    const certificate = new X509Certificate(pair.cert);
    const isGood = wanted.every(({ type, value }) =>
      type === 'ip' ? certificate.checkIP(value) : certificate.checkHost(value, { subject: 'never' }),
    );
    return isGood && certificate.checkPrivateKey(createPrivateKey(pair.key)) ? pair : undefined;
  } catch {
    return undefined;
  }
}

function countDays({ cert }: Pair, nowMs: number): number {
  return Math.floor((Date.parse(new X509Certificate(cert).validTo) - nowMs) / DAY_MS);
}

async function makePair(wanted: readonly Name[], nowMs: number): Promise<Pair> {
  // Loaded only where one is made; the library's parts are put together by this polyfill.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const signing = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await crypto.subtle.generateKey(signing, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Unbroken receiver',
    // A client's clock may be late.
    notBefore: new Date(nowMs - DAY_MS),
    notAfter: new Date(nowMs + VALID_DAYS * DAY_MS),
    signingAlgorithm: signing,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([...wanted, ...listOwnNames(wanted)]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    cert: `${certificate.toString('pem')}\n`,
    key: `${x509.PemConverter.encode(key, 'PRIVATE KEY')}\n`,
  };
}

/** Of this machine, as it is now. Addresses of one link only are left out: a certificate cannot say of which. */
function listOwnNames(wanted: readonly Name[]): Name[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map(({ address }) => address)
    .filter((address) => !/^fe80:/i.test(address));
  const hosts = [hostname(), 'localhost'].map(domainToASCII).filter((name) => /^[a-z0-9_.-]+$/.test(name));
  const known = new Set(wanted.map(({ value }) => value));
  return [...new Set([...hosts, '127.0.0.1', '::1', ...addresses])]
    .filter((name) => !known.has(name))
    .map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }));
}

/** A reader sees the old file or the new one. */
function writeWhole(file: string, text: string, mode: number): void {
  writeFileSync(`${file}.part`, text, { mode, flush: true });
  renameSync(`${file}.part`, file);
}
