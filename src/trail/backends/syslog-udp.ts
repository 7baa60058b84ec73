/** Syslog over UDP: a datagram an entry. Nobody says that it arrived; a host may say that nobody listens. */
import { createSocket, type Socket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { SyslogTransport } from './syslog-backend.ts';

/** What a datagram can hold; more never leaves this host. */
const MAX_DATAGRAM = { 4: 65_507, 6: 65_527 };
/** A host of the same network that refuses does so within this time. */
const REFUSAL_MS = 50;

interface Link {
  readonly socket: Socket;
  readonly maxBytes: number;
}

export class UdpTransport implements SyslogTransport {
  readonly #host: string;
  readonly #port: number;
  #link: Promise<Link> | undefined;
  /** Which of the host's addresses is used; the next after a failure. */
  #address = 0;
  #refusal: Error | undefined;

  constructor(host: string, port: number) {
    this.#host = host;
    this.#port = port;
  }

  /** A host that refused an earlier datagram says so at the next one, which is then sent once more. */
  async send(message: Buffer): Promise<void> {
    try {
      await this.#attempt(message);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      this.#dropLink(error);
      await this.#attempt(message);
    }
  }

  async settle(): Promise<void> {
    this.#refusal = undefined;
    await pause(REFUSAL_MS);
    if (this.#refusal) throw this.#refusal;
  }

  async close(): Promise<void> {
    const link = this.#link;
    this.#link = undefined;
    (await link?.catch(() => undefined))?.socket.close();
  }

  async #attempt(message: Buffer): Promise<void> {
    this.#link ??= this.#connect();
    const { socket, maxBytes } = await this.#link;
    if (message.length > maxBytes)
      throw new RangeError(`${message.length} bytes are more than a datagram can hold (${maxBytes})`);
    await new Promise<void>((done, reject) => {
      socket.send(message, (error) => (error ? reject(error) : done()));
    });
  }

  async #connect(): Promise<Link> {
    const addresses = await lookup(this.#host, { all: true });
    const { address, family } = addresses[this.#address % addresses.length] ?? {
      address: this.#host,
      family: 4,
    };
    const isSix = family === 6;
    const socket = createSocket(isSix ? 'udp6' : 'udp4').unref();
    socket.connect(this.#port, address);
    await once(socket, 'connect');
    socket.on('error', (error) => this.#dropLink(error));
    return { socket, maxBytes: MAX_DATAGRAM[isSix ? 6 : 4] };
  }

  #dropLink(error: unknown): void {
    this.#refusal = error instanceof Error ? error : new Error(String(error));
    this.#address++;
    const link = this.#link;
    this.#link = undefined;
    link?.then(({ socket }) => socket.close()).catch(() => {});
  }
}
