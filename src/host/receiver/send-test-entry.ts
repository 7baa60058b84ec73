/** Sends one entry as OpenSPP or a relay would, by any way that the receiver listens on. */
import { createSocket } from 'node:dgram';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect as connectTcp, isIPv6, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { connect as connectTls, type PeerCertificate } from 'node:tls';
import type { ReceiverCertificate } from '../../contract/receiver-status.ts';
import type { Transport } from '../../contract/spool.ts';

export interface TestEntry {
  readonly transport: Transport;
  /** As the receiver tells it. */
  readonly address: string;
  readonly entry: string;
  /** Of HTTP: the value of the sender, and the path. */
  readonly value: string;
  readonly path: string;
  /** Of syslog: the address of this machine to send from, and the tag. */
  readonly from: string;
  readonly tag: string;
  /** Of TLS: what the receiver must show. */
  readonly certificate: ReceiverCertificate | undefined;
  onSent(): void;
}

/** Why it could not be sent, or was not taken. */
export class SendFailed extends Error {
  override readonly name = 'SendFailed';
  readonly code: 'refused' | 'unreachable' | 'other-certificate' | 'own-address';

  constructor(message: string, options: ErrorOptions & { readonly code: SendFailed['code'] }) {
    super(message, options);
    this.code = options.code;
  }
}

const TIMEOUT_MS = 5000;
const RETRY_MS = 500;
const OTHER_CERTIFICATE = 'UNBROKEN_OTHER_CERTIFICATE';

/** Resolves when it is sent, and answered where the way has answers. Rejects with SendFailed. */
export async function sendTestEntry(test: TestEntry): Promise<'sent' | 'acknowledged'> {
  try {
    switch (test.transport) {
      case 'http':
      case 'https':
        return await post(test);
      case 'syslog-udp':
        return await sendDatagram(test);
      case 'relp':
        return await sendRelp(test);
      case 'syslog-tcp':
      case 'syslog-tls':
        return await sendStream(test);
    }
  } catch (error) {
    if (error instanceof SendFailed) throw error;
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new SendFailed(message, { code: nameFailure(code), cause: error });
  }
}

function nameFailure(code: string): SendFailed['code'] {
  if (code === OTHER_CERTIFICATE) return 'other-certificate';
  return code === 'EADDRNOTAVAIL' ? 'own-address' : 'unreachable';
}

/** Where a receiver that listens on all addresses is reached from here. */
function reach(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[|\]$/g, '');
  // What listens on all of IPv6 takes IPv4 as well.
  return {
    host: host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host,
    port: Number(address.slice(at + 1)),
  };
}

/** The certificate is known by its fingerprint: its names are those that senders elsewhere use. */
function trust(certificate: ReceiverCertificate | undefined) {
  return {
    rejectUnauthorized: false,
    check: ({ fingerprint256 }: PeerCertificate): Error | undefined => {
      const shown = String(fingerprint256).replaceAll(':', '').toLowerCase();
      if (shown === certificate?.fingerprint.replaceAll(':', '').toLowerCase()) return undefined;
      return Object.assign(new Error(`it shows ${shown}`), { code: OTHER_CERTIFICATE });
    },
  };
}

async function post(test: TestEntry): Promise<'acknowledged'> {
  for (let left = 3; ; left--) {
    const { status, text } = await postOnce(test);
    if (status === 200) return 'acknowledged';
    // A new sender is known after a moment.
    if (status !== 401 || left === 0) throw new SendFailed(`${status} ${text}`, { code: 'refused' });
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

function postOnce(test: TestEntry): Promise<{ status: number; text: string }> {
  const { transport, address, path, value, entry, certificate, onSent } = test;
  const isTls = transport === 'https';
  const { check, ...trusted } = trust(certificate);
  return new Promise((resolve, reject) => {
    const request = (isTls ? requestHttps : requestHttp)({
      ...reach(address),
      ...(isTls ? trusted : {}),
      ...{ path, method: 'POST', agent: false, signal: AbortSignal.timeout(TIMEOUT_MS) },
      headers: {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(entry),
        'x-openspp-audit': '1',
        authorization: value,
      },
    });
    request.on('error', reject);
    request.once('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text: text.slice(0, 200) }));
    });
    const send = (): void => {
      request.end(entry);
      onSent();
    };
    if (!isTls) return send();
    request.once('socket', (socket) => {
      socket.once('secureConnect', () => {
        const wrong = check((socket as ReturnType<typeof connectTls>).getPeerCertificate());
        if (wrong) request.destroy(wrong);
        else send();
      });
    });
  });
}

function writeMessage({ tag, entry }: TestEntry): Buffer {
  return Buffer.from(`<134>1 ${new Date().toISOString()} ${hostname()} ${tag} ${process.pid} - - ${entry}`);
}

/** There is one loopback address of IPv6, and everybody has it. */
function refuseSix(host: string): void {
  if (isIPv6(host))
    throw new SendFailed(`${host} is reached from one address alone`, { code: 'own-address' });
}

async function sendDatagram(test: TestEntry): Promise<'sent'> {
  const { host, port } = reach(test.address);
  refuseSix(host);
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    socket.once('error', reject);
    socket.bind({ address: test.from, port: 0 }, () => {
      socket.send(writeMessage(test), port, host, (error) => {
        socket.close();
        if (error) return reject(error);
        test.onSent();
        resolve('sent');
      });
    });
  });
}

async function connect(test: TestEntry): Promise<Socket> {
  const { host, port } = reach(test.address);
  refuseSix(host);
  const isTls = test.transport === 'syslog-tls';
  const { check, ...trusted } = trust(test.certificate);
  const to = { host, port, localAddress: test.from };
  return new Promise((resolve, reject) => {
    const socket = isTls ? connectTls({ ...to, ...trusted }) : connectTcp(to);
    socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('no answer within five seconds')));
    socket.on('error', reject);
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      const wrong =
        'getPeerCertificate' in socket ? check(socket.getPeerCertificate() as PeerCertificate) : undefined;
      if (!wrong) return resolve(socket);
      socket.destroy();
      reject(wrong);
    });
  });
}

async function sendStream(test: TestEntry): Promise<'sent'> {
  const socket = await connect(test);
  const message = writeMessage(test);
  socket.end(Buffer.concat([Buffer.from(`${message.length} `), message]));
  test.onSent();
  return 'sent';
}

async function sendRelp(test: TestEntry): Promise<'acknowledged'> {
  const socket = await connect(test);
  const frame = (transaction: number, command: string, data: Buffer): Buffer =>
    Buffer.concat([
      Buffer.from(`${transaction} ${command} ${data.length}${data.length > 0 ? ' ' : ''}`),
      data,
      Buffer.from('\n'),
    ]);
  try {
    const offers = 'relp_version=0\nrelp_software=unbroken\ncommands=syslog';
    await ask(socket, frame(1, 'open', Buffer.from(offers)), /^1 rsp \d+ 200/m);
    const answered = ask(socket, frame(2, 'syslog', writeMessage(test)), /^2 rsp \d+ 200/m);
    test.onSent();
    await answered;
    return 'acknowledged';
  } finally {
    socket.destroy();
  }
}

/** Writes, and resolves when the answer is this. */
function ask(socket: Socket, bytes: Buffer, expected: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const hear = (part: Buffer): void => {
      text += part.toString('latin1');
      if (expected.test(text)) {
        socket.off('data', hear);
        resolve();
      } else if (/^\d+ rsp \d+ [345]/m.test(text))
        reject(new SendFailed(text.slice(0, 200), { code: 'refused' }));
    };
    socket.on('data', hear);
    socket.once('close', () =>
      reject(new SendFailed(`it closed the connection: ${text}`, { code: 'refused' })),
    );
    socket.once('error', reject);
    socket.write(bytes);
  });
}
