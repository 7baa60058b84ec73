/**
 * Syslog over TCP and TLS (RFC 6587, RFC 5425). While there is no connection, messages wait in memory, up to a bound.
 * What the system has taken when a connection breaks may be lost on the way: syslog has no answer that would tell.
 */
import { readFile } from 'node:fs/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Backoff } from './backoff.ts';
import type { SyslogTransport } from './syslog-backend.ts';

export interface TcpOptions {
  readonly host: string;
  readonly port: number;
  /** `octets`: each message after its length; `lines`: each with a newline behind it. */
  readonly framing: 'octets' | 'lines';
  readonly tls?:
    | { readonly caFile?: string | undefined; readonly serverName?: string | undefined }
    | undefined;
  readonly maxBytes: number;
  readonly connectMs: number;
  readonly retryMs: number;
  /** Told of each failed connection. */
  readonly onFailure: (error: Error) => void;
}

/** What waits is full; the message is lost. */
export class BufferFullError extends Error {
  override readonly name = 'BufferFullError';
}

interface Pending {
  readonly frame: Buffer;
  readonly settle: (error?: Error) => void;
}

const MAX_RETRY_MS = 30_000;
/** A peer that vanished is noticed after so long without a sign of it. */
const KEEP_ALIVE_MS = 30_000;

export class TcpTransport implements SyslogTransport {
  readonly #options: TcpOptions;
  readonly #backoff: Backoff;
  /** Not taken by the system yet, in order; the first `#handed` of them are with the socket. */
  readonly #pending: Pending[] = [];
  #handed = 0;
  #bytes = 0;
  #socket: Socket | undefined;
  #isConnecting = false;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: TcpOptions) {
    this.#options = options;
    this.#backoff = new Backoff(options.retryMs, MAX_RETRY_MS);
  }

  send(message: Buffer): Promise<void> {
    const isCounted = this.#options.framing === 'octets';
    const frame = Buffer.concat(
      isCounted ? [Buffer.from(`${message.length} `), message] : [message, Buffer.from('\n')],
    );
    if (this.#bytes + frame.length > this.#options.maxBytes)
      return Promise.reject(new BufferFullError('what waits for a connection is full'));
    return new Promise((done, reject) => {
      this.#pending.push({ frame, settle: (error) => (error ? reject(error) : done()) });
      this.#bytes += frame.length;
      if (this.#socket) this.#pump();
      else this.#connect();
    });
  }

  async settle(): Promise<void> {}

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#socket?.end();
    for (const { settle } of this.#pending.splice(0))
      settle(new Error('closed before there was a connection'));
  }

  /** Hands to the socket what it takes without holding it back. */
  #pump(): void {
    const socket = this.#socket;
    if (!socket) return;
    socket.cork();
    let takesMore = true;
    while (takesMore && this.#handed < this.#pending.length) {
      const { frame } = this.#pending[this.#handed++] as Pending;
      takesMore = socket.write(frame, (error) => {
        if (!error) this.#taken(socket);
      });
    }
    socket.uncork();
  }

  /** The system has the oldest of what was handed over. */
  #taken(socket: Socket): void {
    if (socket !== this.#socket) return;
    this.#backoff.reset();
    const taken = this.#pending.shift();
    this.#handed--;
    this.#bytes -= taken?.frame.length ?? 0;
    taken?.settle();
  }

  #connect(): void {
    if (this.#isConnecting || this.#retry || this.#isClosed) return;
    this.#isConnecting = true;
    this.#open()
      .then((socket) => this.#use(socket))
      .catch((error: Error) => this.#retryLater(error))
      .finally(() => {
        this.#isConnecting = false;
      });
  }

  #retryLater(error: Error): void {
    if (this.#isClosed) return;
    this.#options.onFailure(error);
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      if (this.#pending.length > 0) this.#connect();
    }, this.#backoff.next()).unref();
  }

  #use(socket: Socket): void {
    if (this.#isClosed) {
      socket.destroy();
      return;
    }
    this.#socket = socket;
    socket.on('drain', () => this.#pump());
    // A receiver has nothing to say; unread, its end would not be noticed.
    socket.resume().once('end', () => socket.destroy());
    socket.once('close', () => {
      this.#socket = undefined;
      // What the system had not taken goes out again, so that the receiver may have a message twice.
      this.#handed = 0;
      if (this.#pending.length > 0) this.#retryLater(new Error('the server closed the connection'));
    });
    this.#pump();
  }

  async #open(): Promise<Socket> {
    const { host, port, tls, connectMs } = this.#options;
    const caFile = tls?.caFile;
    const ca = caFile ? await readFile(caFile) : undefined;
    const serverName = tls?.serverName ?? host;
    const socket = tls
      ? connectTls({
          host,
          port,
          minVersion: 'TLSv1.2',
          ...(ca ? { ca } : {}),
          // An address is no server name, and is checked as it is.
          ...(isIP(serverName) ? {} : { servername: serverName }),
        })
      : connectTcp({ host, port });
    socket.unref().setKeepAlive(true, KEEP_ALIVE_MS);
    return new Promise((done, reject) => {
      const timer = setTimeout(
        () => socket.destroy(new Error(`no connection within ${connectMs} ms`)),
        connectMs,
      );
      socket.once(tls ? 'secureConnect' : 'connect', () => {
        clearTimeout(timer);
        done(socket);
      });
      socket.on('error', reject).once('close', () => {
        clearTimeout(timer);
        reject(new Error('the connection was closed at once'));
      });
    });
  }
}
