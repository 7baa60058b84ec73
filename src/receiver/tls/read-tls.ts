/**
 * TLS for all that listens: the site's certificate, or one of the receiver's own. A certificate that was replaced is used
 * for the next connection; what is wrong with a new one is told, and the one before stays.
 */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server as NetServer } from 'node:net';
import { join } from 'node:path';
import { createSecureContext, Server, type TlsOptions } from 'node:tls';
import type { TlsSettings } from '../../contract/receiver.ts';
import { createFailure, readFailure } from '../../engine/base/failure.ts';
import { lookAt } from '../look-at.ts';
import { keepOwnCertificate, OWN_FILE } from './own-certificate.ts';

export interface Tls {
  /** For `createServer` of `node:tls` and `node:https`: clients may show a certificate, and must where an authority is set. */
  readonly options: TlsOptions;
  /** SHA-256 of the certificate. */
  readonly fingerprint: string;
  /** PEM to hand to clients: only they trust the receiver's own certificate. */
  readonly caFile: string | undefined;
  /** Gives a server of TLS each new certificate, until it closes. */
  keepFresh(server: NetServer): void;
  /** Looks whether the files have changed, or a renewal is due; cheap where not. Never rejects. */
  refresh(): Promise<void>;
}

const DAY_MS = 86_400_000;
/** Told of so long before the site's certificate ends. */
const WARN_DAYS = 30;

interface Loaded {
  readonly cert: string;
  readonly key: string;
  readonly ca?: string;
  readonly caFile?: string;
}

/** Failures: `path-not-found`, `bad-request`; what is no failure yet is told by `notice`. */
export async function readTls(
  settings: TlsSettings,
  data: string,
  notice: (text: string) => void,
): Promise<Tls> {
  const { certificate, key, clientCa, names } = settings;
  const directory = join(data, 'receiver', 'tls');
  const files = [certificate ?? join(directory, OWN_FILE), key, clientCa].filter(
    (file) => file !== undefined,
  );
  const look = (): string => files.map(lookAt).join();
  const load = async (): Promise<Loaded> => {
    const ca = clientCa === undefined ? {} : { ca: readCertificates(clientCa) };
    if (certificate !== undefined && key !== undefined)
      return { ...readPair(certificate, key, notice), ...ca };
    const { caFile, ...own } = await keepOwnCertificate(directory, names, { nowMs: Date.now(), notice });
    return { ...own, caFile, ...ca };
  };
  const servers = new Set<Server>();
  let loaded = await load();
  let seen = look();
  let dueMs = Date.now() + DAY_MS;
  let isLoading = false;

  const context = () => ({
    cert: loaded.cert,
    key: loaded.key,
    ca: loaded.ca,
    minVersion: 'TLSv1.2' as const,
  });
  const fingerprint = (): string => new X509Certificate(loaded.cert).fingerprint256;
  const reload = async (): Promise<void> => {
    const before = fingerprint();
    loaded = await load();
    for (const server of servers) server.setSecureContext(context());
    if (fingerprint() !== before) notice(`the certificate was replaced; its SHA-256 is now ${fingerprint()}`);
  };
  return {
    get options() {
      return {
        ...context(),
        requestCert: true,
        // Without an authority a certificate is known by its fingerprint: any may be shown, and proves its key.
        rejectUnauthorized: clientCa !== undefined,
      };
    },
    get fingerprint() {
      return fingerprint();
    },
    get caFile() {
      return loaded.caFile;
    },
    keepFresh: (server) => {
      if (!(server instanceof Server)) return;
      servers.add(server);
      server.once('close', () => servers.delete(server));
    },
    refresh: async () => {
      const now = look();
      if (isLoading || (now === seen && Date.now() < dueMs)) return;
      isLoading = true;
      dueMs = Date.now() + DAY_MS;
      await reload().catch((error: unknown) =>
        notice(`the certificate stays as it was: ${readFailure(error)?.message ?? String(error)}`),
      );
      seen = look();
      isLoading = false;
    },
  };
}

/** The site's, where a connection can be made with it. */
function readPair(file: string, keyFile: string, notice: (text: string) => void): Loaded {
  const cert = readCertificates(file);
  const key = readText(keyFile);
  const first = new X509Certificate(cert);
  const secret = using(keyFile, 'a key without a passphrase', () => createPrivateKey(key));
  if (!first.checkPrivateKey(secret))
    throw createFailure('bad-request', `the key in ${keyFile} is not that of the certificate in ${file}`, {
      subject: keyFile,
    });
  using(file, 'a certificate', () => createSecureContext({ cert, key }));
  const days = Math.floor((Date.parse(first.validTo) - Date.now()) / DAY_MS);
  if (days < 0) notice(`the certificate in ${file} ended on ${first.validTo}`);
  else if (days < WARN_DAYS) notice(`the certificate in ${file} ends in ${days} days`);
  return { cert, key };
}

function readCertificates(file: string): string {
  const pem = readText(file);
  using(file, 'a certificate', () => new X509Certificate(pem));
  return pem;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw createFailure('path-not-found', `${file} cannot be read`, { subject: file, cause });
  }
}

function using<T>(file: string, what: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw createFailure('bad-request', `${file} does not hold ${what} that can be used (${why})`, {
      subject: file,
      cause,
    });
  }
}
