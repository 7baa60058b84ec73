/** A received entry as a line of the spool, and back. */

import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { SpoolLine, type Transport } from '../../contract/spool.ts';

/** Where entries come from: the same for all of a request, or of what a look at a connection gave. */
export interface Origin {
  /** A sender's name: who may send was decided before. */
  readonly sender: string;
  readonly transport: Transport;
  /** Address and port. */
  readonly peer: string;
  /** The same for all that came in one request. */
  readonly batch?: string | undefined;
}

/** One entry, as its sender wrote it. */
export interface Arrival {
  readonly payload: Buffer;
  /** Of a syslog message, what stood before the payload. */
  readonly envelope?: Buffer | undefined;
}

/** Where an entry is. */
export interface Place {
  readonly sender: string;
  readonly day: string;
  /** From 1. */
  readonly line: number;
}

export function nameId({ sender, day, line }: Place): string {
  return `${sender}.${day}.${line}`;
}

/** What the lines of one origin have in common. */
export function renderOrigin({ sender, transport, peer, batch }: Origin, receivedAt: string): string {
  const request = batch === undefined ? '' : `,"batch":"${batch}"`;
  return `"receivedAt":"${receivedAt}","sender":"${sender}","transport":"${transport}","peer":"${peer.replace(/["\\\p{Cc}]/gu, '?')}"${request}`;
}

/** The line with its end. */
export function renderLine(
  id: string,
  origin: string,
  { payload, envelope }: Arrival,
  sha256: string,
): string {
  const before = envelope === undefined ? '' : `,${renderBytes('envelope', envelope)}`;
  return `{"spool":1,"id":"${id}",${origin}${before},"sha256":"${sha256}",${renderBytes('payload', payload)}}\n`;
}

function renderBytes(key: string, bytes: Buffer): string {
  return isUtf8(bytes)
    ? `"${key}":${JSON.stringify(bytes.toString('utf8'))}`
    : `"${key}Base64":"${bytes.toString('base64')}"`;
}

/** Reads a line without its end; undefined where it is none, or where the payload is not what its hash says. */
export function readLine(bytes: Buffer): SpoolLine | undefined {
  if (!isUtf8(bytes)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const line = SpoolLine.safeParse(value).data;
  return line && hashPayload(readPayload(line)) === line.sha256 ? line : undefined;
}

function readPayload({ payload, payloadBase64 }: SpoolLine): Buffer {
  return payload === undefined ? Buffer.from(payloadBase64 ?? '', 'base64') : Buffer.from(payload, 'utf8');
}

/** SHA-256 in hexadecimal. */
export function hashPayload(payload: Uint8Array): string {
  return hash('sha256', payload, 'hex');
}
