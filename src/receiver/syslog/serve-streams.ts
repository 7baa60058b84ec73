/**
 * Connections of any protocol over TCP or TLS: who may, how many, how long, and how much at once. Reading stops while
 * what a connection brought waits for the disk, so that the sender waits and nothing is lost.
 *
 * A connection that is silent between its messages is left alone: a sender without acknowledgements finds out that it was
 * closed by losing a message. Dead ones are found by TCP's keep-alive.
 */
import { type AddressInfo, Server, type Socket } from 'node:net';
import { Server as TlsServer } from 'node:tls';
import type { SyslogSettings } from '../../contract/receiver.ts';
import type { Transport } from '../../contract/spool.ts';
import { type ListenAddress, nameAddress } from '../listen-address.ts';
import type { Metrics } from '../metrics.ts';
import { readPeerFingerprint } from '../senders/fingerprint.ts';
import type { Spool } from '../spool/spool.ts';
import type { Origin } from '../spool/spool-line.ts';
import type { Tls } from '../tls/read-tls.ts';
import type { KnownAddresses } from './known-addresses.ts';
import type { Message } from './message-intake.ts';
import type { SayOnce } from './say-once.ts';

/** What a protocol makes of a connection's bytes. */
export interface Protocol {
  /** Whether a message has begun and not ended. */
  readonly isWithin: boolean;
  /** Takes the next bytes; returns false where they are none of this protocol's, and then the connection is closed. */
  push(chunk: Buffer): boolean;
  /** Nothing more comes. */
  end(): void;
  /** Says that the connection is closed by this side, once all that came is answered. */
  sayBye?(): void;
}

/** What a protocol has to do with its connection. */
export interface Connection {
  readonly origin: Origin;
  /** These are under way until they are kept; rejected, the connection is closed. */
  hold(messages: readonly Message[], kept: Promise<void>): void;
  write(bytes: Buffer): void;
  /** Closes when all that was written has gone. */
  close(): void;
}

export interface StreamOptions {
  readonly address: ListenAddress;
  readonly transport: Transport;
  /** Given for TLS. */
  readonly tls?: Tls | undefined;
  readonly settings: Pick<SyslogSettings, 'maxConnections' | 'idleTimeoutMs'>;
  readonly spool: Pick<Spool, 'trouble'>;
  readonly addresses: KnownAddresses;
  readonly metrics: Metrics;
  readonly say: SayOnce;
  readonly open: (connection: Connection) => Protocol;
}

export interface Listening {
  /** `HOST:PORT`. */
  readonly address: string;
  /** Takes no more, and resolves when all that came is kept. */
  close(): Promise<void>;
}

/** Of one connection, what may wait for the disk. */
const MAX_HELD_BYTES = 1024 * 1024;
/** What a message takes beside its bytes. */
const MESSAGE_BYTES = 128;
/** Answers that a sender does not read; without them it sends anew. */
const MAX_UNREAD_BYTES = 8 * 1024 * 1024;
const KEEP_ALIVE_MS = 60_000;
/** On closing: a sender that still sends is listened to until it has been silent for this long, and then for no longer. */
const SILENT_MS = 100;
const MAX_DRAIN_MS = 2000;

/** Listens; rejects where the address cannot be had. */
export async function serveStreams(options: StreamOptions): Promise<Listening> {
  const { address, settings, transport, metrics, say } = options;
  const open = new Set<StreamConnection>();
  const count = (): void => metrics.set('unbroken_syslog_connections', open.size, `transport="${transport}"`);
  const accept = (socket: Socket): void => {
    // A relay then keeps what it has; over a connection that is open it would send, and lose it.
    if (options.spool.trouble === 'halted') {
      countRefused(options, 'halted');
      socket.destroy();
      return;
    }
    const connection = StreamConnection.accept(socket, options);
    if (!connection) return;
    open.add(connection);
    count();
    socket.once('close', () => {
      open.delete(connection);
      count();
    });
  };
  // A sender that has said all may still want its answers.
  const { tls } = options;
  const server = tls
    ? new TlsServer({ ...tls.options, allowHalfOpen: true, handshakeTimeout: settings.idleTimeoutMs }, accept)
    : new Server({ allowHalfOpen: true }, accept);
  if (server instanceof TlsServer) tls?.keepFresh(server);
  server.maxConnections = settings.maxConnections;
  server.on('drop', () => {
    countRefused(options, 'connections');
    say.tell('connections', `there are ${settings.maxConnections} connections, and more were refused`);
  });
  server.on('tlsClientError', (error: Error, socket: Socket) => {
    countRefused(options, 'tls');
    say.tell('tls', `a connection over TLS did not come about: ${error.message}`);
    socket.destroy();
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed).listen({ host: address.host, port: address.port }, () => listening());
  });
  server.on('error', (error) => say.tell('accept', `a connection was not accepted: ${error.message}`));
  return {
    address: nameAddress(server.address() as AddressInfo),
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      await Promise.all([...open].map((connection) => connection.drain()));
      await closed;
    },
  };
}

class StreamConnection implements Connection {
  readonly origin: Origin;
  readonly #socket: Socket;
  readonly #address: string;
  readonly #certificate: string | undefined;
  readonly #options: StreamOptions;
  readonly #protocol: Protocol;
  #heldBytes = 0;
  #held = 0;
  #hasSpoken = false;
  #isEnded = false;
  #onSettled: (() => void) | undefined;

  /** Takes a connection of a sender; any other is closed. */
  static accept(socket: Socket, options: StreamOptions): StreamConnection | undefined {
    socket.on('error', () => {});
    const address = socket.remoteAddress ?? '';
    const sender = options.addresses.find(address, readPeerFingerprint(socket));
    if (sender !== undefined) return new StreamConnection(socket, options, address, sender);
    refuseStranger(options, address);
    socket.destroy();
    return undefined;
  }

  private constructor(socket: Socket, options: StreamOptions, address: string, sender: string) {
    this.#socket = socket;
    this.#options = options;
    this.#address = address;
    this.#certificate = readPeerFingerprint(socket);
    this.origin = {
      sender,
      transport: options.transport,
      peer: nameAddress({ address, port: socket.remotePort ?? 0 }),
    };
    this.#protocol = options.open(this);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    socket.setTimeout(options.settings.idleTimeoutMs);
    socket.on('timeout', () => this.#onSilence());
    socket.on('data', (chunk) => this.#push(chunk));
    socket.on('end', () => {
      this.#end();
      void this.#settle().then(() => this.close());
    });
    socket.on('close', () => this.#end());
  }

  hold(messages: readonly Message[], kept: Promise<void>): void {
    const bytes = messages.reduce((sum, message) => sum + message.bytes.length + MESSAGE_BYTES, 0);
    this.#held++;
    this.#heldBytes += bytes;
    if (this.#heldBytes > MAX_HELD_BYTES) this.#socket.pause();
    const release = (): void => {
      this.#held--;
      this.#heldBytes -= bytes;
      if (this.#socket.isPaused() && this.#heldBytes < MAX_HELD_BYTES / 2) this.#socket.resume();
      if (this.#held === 0) this.#onSettled?.();
    };
    kept.then(release, () => {
      this.#socket.destroy();
      release();
    });
  }

  write(bytes: Buffer): void {
    if (!this.#socket.writable) return;
    if (this.#socket.writableLength > MAX_UNREAD_BYTES) {
      this.#socket.destroy();
      return;
    }
    // What becomes durable together is answered together.
    if (this.#socket.writableCorked === 0) {
      this.#socket.cork();
      setImmediate(() => this.#socket.uncork());
    }
    this.#socket.write(bytes);
  }

  close(): void {
    this.#socket.end();
  }

  /** Listens on for what the sender has sent already, and closes. */
  async drain(): Promise<void> {
    const socket = this.#socket;
    await this.#settle();
    this.#protocol.sayBye?.();
    this.close();
    const startedMs = performance.now();
    if (!socket.destroyed) {
      await new Promise<void>((done) => {
        socket.removeAllListeners('timeout');
        socket.once('close', done).once('timeout', done).setTimeout(SILENT_MS);
        socket.on('data', () => {
          if (performance.now() - startedMs > MAX_DRAIN_MS) done();
        });
      });
    }
    this.#end();
    await this.#settle();
    socket.destroy();
  }

  #push(chunk: Buffer): void {
    // One that was revoked meanwhile sends no more.
    if (this.#options.addresses.find(this.#address, this.#certificate) !== this.origin.sender) {
      refuseStranger(this.#options, this.#address);
      this.#socket.destroy();
      return;
    }
    this.#hasSpoken = true;
    if (this.#protocol.push(chunk)) return;
    const { sender, peer, transport } = this.origin;
    countRefused(this.#options, 'framing', `,sender="${sender}"`);
    this.#options.say.tell(
      `framing ${sender}`,
      `${sender} (${peer}) sent what is no ${transport}; its connection was closed`,
    );
    this.#isEnded = true;
    this.#socket.destroy();
  }

  #onSilence(): void {
    const isWaitingForUs = this.#socket.isPaused() || this.#held > 0;
    if (!isWaitingForUs && (this.#protocol.isWithin || !this.#hasSpoken)) this.#socket.destroy();
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#protocol.end();
  }

  /** Resolves when nothing is under way. */
  #settle(): Promise<void> {
    if (this.#held === 0) return Promise.resolve();
    return new Promise((done) => {
      const before = this.#onSettled;
      this.#onSettled = () => {
        before?.();
        done();
      };
    });
  }
}

/** Counts what came from an address of nobody, and says it. */
export function refuseStranger(
  { metrics, say, transport }: Pick<StreamOptions, 'metrics' | 'say' | 'transport'>,
  address: string,
): void {
  countRefused({ metrics, transport }, 'unknown-address');
  say.tell(
    `stranger ${address}`,
    `${transport} from ${address} was refused: it is no sender's address; to allow it: unbroken sender add NAME --no-auth --allow ${address}`,
  );
}

function countRefused(
  { metrics, transport }: Pick<StreamOptions, 'metrics' | 'transport'>,
  reason: string,
  sender = '',
): void {
  metrics.count('unbroken_refused_total', `reason="${reason}",transport="${transport}"${sender}`);
}
