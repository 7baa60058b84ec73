/** The syslog backend: entries as messages to a syslog server, over UDP, TCP or TLS. */
import type { Backend, Loss, RecordedEntry } from '../backend.ts';
import { Health } from './health.ts';
import { Outcomes, withinDeadline } from './outcomes.ts';
import { type SyslogFormat, writeSyslogMessage } from './syslog-message.ts';
import { BufferFullError, TcpTransport } from './syslog-tcp.ts';
import { UdpTransport } from './syslog-udp.ts';

export interface SyslogBackendOptions {
  /** A name or an address, IPv4 or IPv6. */
  readonly host: string;
  readonly port: number;
  /** `udp` where left out. */
  readonly transport?: 'udp' | 'tcp' | 'tls';
  /** The RFC; `5424` where left out. */
  readonly format?: SyslogFormat;
  /** For TCP and TLS; `octets` where left out: a message after its length. */
  readonly framing?: 'octets' | 'lines';
  /** Certificates to trust, PEM; those of the system where left out. */
  readonly caFile?: string;
  /** The name that the server's certificate must have; the host where left out. */
  readonly serverName?: string;
  /** So many bytes wait for a connection at most; 16 MiB. */
  readonly maxBytes?: number;
  /** 5 s. */
  readonly connectMs?: number;
  /** The wait after a first failure, doubled until half a minute is reached; 500 ms. */
  readonly retryMs?: number;
  /** Where the status file goes that tells other processes of failures. */
  readonly statusFolder?: string;
}

/** How messages travel. */
export interface SyslogTransport {
  /** Resolves when the system has the message. Rejects where it is lost. */
  send(message: Buffer): Promise<void>;
  /** Rejects where the receiving host says that it did not take what was sent. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Opens the backend; nothing is sent or connected before the first entry. */
export function openSyslogBackend(options: SyslogBackendOptions): Backend {
  return new SyslogBackend(options);
}

class SyslogBackend implements Backend {
  readonly name = 'syslog';
  readonly #format: SyslogFormat;
  readonly #transport: SyslogTransport;
  readonly #health: Health;
  readonly #outcomes = new Outcomes();
  /** Datagrams go out one after the other, so that they keep their order. */
  readonly #isInTurn: boolean;
  /** Settled when all are that were written. */
  #latest: Promise<void> = Promise.resolve();
  #waiting = 0;
  #loss: Loss | undefined;
  #tellLoss: ((loss: Loss) => Promise<void>) | undefined;

  constructor(options: SyslogBackendOptions) {
    const { format = '5424', statusFolder, transport = 'udp' } = options;
    this.#format = format;
    this.#health = new Health('syslog', { statusFolder });
    this.#isInTurn = transport === 'udp';
    this.#transport = this.#makeTransport(options);
  }

  write(entry: RecordedEntry): Promise<void> {
    const message = Buffer.from(writeSyslogMessage(entry, this.#format));
    const send = () => this.#transport.send(message);
    const before = this.#latest;
    const sent = this.#isInTurn ? before.then(send) : send();
    this.#waiting++;
    const written = sent.then(
      () => this.#succeed(),
      (error: unknown) => this.#fail(entry, error),
    );
    this.#latest = written.catch(() => {}).then(() => before);
    this.#outcomes.expect(entry, written);
    return written;
  }

  async confirm(entry: RecordedEntry, deadlineMs: number): Promise<void> {
    const confirmed = this.#outcomes.confirm(entry, deadlineMs).then(() => this.#transport.settle());
    await withinDeadline(confirmed, deadlineMs);
  }

  state() {
    return this.#health.state(this.#waiting);
  }

  onLoss(tell: (loss: Loss) => Promise<void>): void {
    this.#tellLoss = tell;
  }

  async close(deadlineMs: number): Promise<void> {
    await withinDeadline(this.#latest, deadlineMs).catch((error: unknown) => this.#health.fail(error));
    await this.#transport.close();
    await this.#latest;
    await this.#health.settle();
  }

  #makeTransport({
    host,
    port,
    transport = 'udp',
    framing = 'octets',
    caFile,
    serverName,
    maxBytes = 16 * 2 ** 20,
    connectMs = 5_000,
    retryMs = 500,
  }: SyslogBackendOptions): SyslogTransport {
    if (transport === 'udp') return new UdpTransport(host, port);
    return new TcpTransport({
      host,
      port,
      framing,
      tls: transport === 'tls' ? { caFile, serverName } : undefined,
      maxBytes,
      connectMs,
      retryMs,
      onFailure: (error) => this.#health.fail(error),
    });
  }

  #succeed(): void {
    this.#waiting--;
    this.#health.succeed();
    const loss = this.#loss;
    if (!loss || !this.#tellLoss) return;
    this.#loss = undefined;
    this.#tellLoss(loss).catch(() => {
      this.#loss = this.#loss
        ? { ...this.#loss, first: loss.first, count: loss.count + this.#loss.count }
        : loss;
    });
  }

  #fail({ node, seq, ts }: RecordedEntry, error: unknown): never {
    this.#waiting--;
    if (error instanceof BufferFullError || error instanceof RangeError) {
      const last = { seq, ts };
      this.#loss = this.#loss
        ? { ...this.#loss, count: this.#loss.count + 1, last }
        : { backend: 'syslog', count: 1, node, first: last, last };
    }
    throw this.#health.fail(error, 1);
  }
}
