/**
 * Connections to a server that has shown who it is: nothing is sent before. Its certificate is vouched for by an authority
 * that this system trusts, or is the very one that a person has confirmed; and plain HTTP leads to this machine only.
 */
import type { X509Certificate } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { connect, isIP, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import tls, { type TLSSocket } from 'node:tls';
import type { ServerLook } from '../../contract/server.ts';
import { createFailure, readFailure } from '../../engine/base/failure.ts';
import { isLoopback } from './server-address.ts';

const CONNECT_MS = 15_000;

type Done = (error: Error | null, socket: Duplex) => void;
type Judge<S> = (socket: S) => Error | undefined;

/** Connections to `origin`; `pin`: the fingerprint that its certificate must have, in place of an authority. */
export function openAgent(origin: URL, pin: string | undefined): http.Agent {
  const isPlain = origin.protocol === 'http:';
  const agent = isPlain ? new http.Agent({ keepAlive: true }) : new https.Agent({ keepAlive: true });
  agent.createConnection = (_, done) => {
    if (isPlain) begin(openPlain(origin), 'connect', judgePlain, done as Done);
    else begin(openTls(origin), 'secureConnect', (socket) => judgeTls(socket, pin), done as Done);
    return undefined;
  };
  return agent;
}

/** Who the server shows itself to be; it is told nothing. Failures: `certificate-changed`, `server-unreachable`. */
export async function lookAt(origin: URL, pin: string | undefined): Promise<ServerLook> {
  const address = origin.origin;
  if (origin.protocol === 'http:') {
    await settle<Socket>(origin, (done) => begin(openPlain(origin), 'connect', judgePlain, done));
    return { address, trust: 'loopback', certificate: null };
  }
  let shown: X509Certificate | undefined;
  const isVouched = await settle<TLSSocket>(origin, (done) => {
    const judge: Judge<TLSSocket> = (socket) => {
      // Asked for once: a second time it may be gone.
      shown = socket.getPeerX509Certificate();
      if (!shown) return new Error('it has shown no certificate');
      // Whoever it is where none was confirmed: what is found is for a person to judge.
      return pin === undefined ? undefined : judgeShown(shown.fingerprint256 === pin, shown);
    };
    begin(openTls(origin), 'secureConnect', judge, done);
  });
  if (!shown) throw unreachable(origin, 'it has shown no certificate');
  return {
    address,
    trust: pin !== undefined ? 'pinned' : isVouched ? 'authority' : 'unknown',
    certificate: {
      fingerprint: shown.fingerprint256,
      subject: shown.subject ?? '',
      validTo: new Date(shown.validTo).toISOString(),
    },
  };
}

/** Node's own failures are those of the network. */
export function unreachable(origin: URL, cause: unknown): Error {
  const why = cause instanceof Error ? cause.message || String((cause as { code?: string }).code) : cause;
  return createFailure('server-unreachable', String(why), { subject: origin.origin, cause });
}

/** Whether an authority vouches for who answered; the connection is closed. */
function settle<S extends Socket>(
  origin: URL,
  open: (done: (error: Error | null, socket: S) => void) => void,
): Promise<boolean> {
  return new Promise((resolve, reject) =>
    open((error, socket) => {
      const isVouched = 'authorized' in socket && socket.authorized === true;
      socket.destroy();
      if (!error) resolve(isVouched);
      else reject(readFailure(error) ? error : unreachable(origin, error));
    }),
  );
}

function openPlain(origin: URL): Socket {
  return connect({ host: nameHost(origin), port: Number(origin.port || 80) });
}

function openTls(origin: URL): TLSSocket {
  const host = nameHost(origin);
  return tls.connect({
    host,
    port: Number(origin.port || 443),
    ...(isIP(host) === 0 && { servername: host }),
    ca: authorities(),
    minVersion: 'TLSv1.2',
    ALPNProtocols: ['http/1.1'],
    // It is judged below, before anything is sent.
    rejectUnauthorized: false,
  });
}

/** Hands a socket over once it is judged; else its error. */
function begin<S extends Socket>(
  socket: S,
  ready: string,
  judge: Judge<S>,
  done: (error: Error | null, socket: S) => void,
): void {
  const fail = (error: Error): void => {
    socket.destroy();
    done(error, socket);
  };
  const late = setTimeout(() => fail(new Error('it did not answer in time')), CONNECT_MS);
  socket.once('close', () => clearTimeout(late));
  socket.once('error', fail);
  socket.once(ready, () => {
    clearTimeout(late);
    socket.off('error', fail);
    // Until somebody listens to it again.
    socket.on('error', () => {});
    const wrong = judge(socket);
    if (wrong) fail(wrong);
    else done(null, socket);
  });
}

/** A name may lead anywhere. */
function judgePlain({ remoteAddress = '' }: Socket): Error | undefined {
  if (isLoopback(remoteAddress)) return undefined;
  return createFailure('address-not-secure', 'only this machine is asked over plain HTTP', {
    subject: remoteAddress,
  });
}

function judgeTls(socket: TLSSocket, pin: string | undefined): Error | undefined {
  const shown = socket.getPeerX509Certificate();
  return judgeShown(pin === undefined ? socket.authorized : shown?.fingerprint256 === pin, shown);
}

function judgeShown(isBelieved: boolean, shown: X509Certificate | undefined): Error | undefined {
  if (isBelieved) return undefined;
  return createFailure('certificate-changed', 'the server shows another certificate than it did before', {
    subject: shown?.fingerprint256 ?? '',
  });
}

let trusted: string[] | undefined;

/** Those that Node brings, and those of the system: a site's own is among these. */
function authorities(): string[] {
  trusted ??= [
    ...new Set(
      // Electron's development runtime has a Node that cannot ask the system.
      typeof tls.getCACertificates === 'function'
        ? [...tls.getCACertificates('default'), ...tls.getCACertificates('system')]
        : tls.rootCertificates,
    ),
  ];
  return trusted;
}

function nameHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}
