/** Fingerprints of certificates: SHA-256, as 64 small hexadecimal digits. */
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { z } from 'zod';
import { createFailure } from '../../engine/base/failure.ts';

export const Fingerprint = z.string().regex(/^[0-9a-f]{64}$/);

/** Of a certificate's file (PEM or DER), or as it is written with colons or without. Failure: `bad-request`. */
export function readFingerprint(text: string): string {
  const written = Fingerprint.safeParse(text.replaceAll(':', '').toLowerCase());
  if (written.success) return written.data;
  if (!existsSync(text))
    throw createFailure('bad-request', 'this is no SHA-256 of a certificate, and no file', { subject: text });
  try {
    return normalise(new X509Certificate(readFileSync(text)));
  } catch (cause) {
    throw createFailure('bad-request', 'there is no certificate in this file', { subject: text, cause });
  }
}

/** Of what the peer of a connection has shown, and has the key of; undefined for none. */
export function readPeerFingerprint(socket: Socket): string | undefined {
  const certificate = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
  return certificate && normalise(certificate);
}

function normalise(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase();
}
