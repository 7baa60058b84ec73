/**
 * Entries over syslog: UDP, TCP and TLS (RFC 5424, 3164, 6587, 5425), and RELP. Who sends is told by the address that a
 * message comes from.
 *
 * Guaranteed: with RELP, what was answered is on the disk. Not guaranteed, and nobody can: that what was sent over UDP or
 * plain TCP arrives. These acknowledge nothing; what is known to be lost is counted, and said.
 */
import type { SyslogSettings } from '../../contract/receiver.ts';
import type { Listener } from '../../contract/receiver-status.ts';
import type { Transport } from '../../contract/spool.ts';
import { assert } from '../../engine/base/assert.ts';
import { type ListenAddress, readListenAddress } from '../listen-address.ts';
import type { Metrics } from '../metrics.ts';
import type { SenderBook } from '../senders/sender-book.ts';
import type { Spool } from '../spool/spool.ts';
import type { Tls } from '../tls/read-tls.ts';
import { KnownAddresses } from './known-addresses.ts';
import { MessageIntake } from './message-intake.ts';
import { OtherLines } from './other-lines.ts';
import { openRelpConnection } from './relp-connection.ts';
import { SayOnce } from './say-once.ts';
import { type Connection, type Listening, type Protocol, serveStreams } from './serve-streams.ts';
import { serveUdp } from './serve-udp.ts';
import { openSyslogConnection } from './syslog-connection.ts';

export interface SyslogOptions {
  readonly data: string;
  readonly settings: SyslogSettings;
  /** The server's certificate, for TLS. */
  readonly tls?: Tls | undefined;
  readonly spool: Pick<Spool, 'append' | 'trouble'>;
  readonly senders: Pick<SenderBook, 'identify'>;
  readonly metrics: Metrics;
  readonly notice: (text: string) => void;
}

export interface SyslogServer {
  readonly listeners: readonly Listener[];
  close(): Promise<void>;
}

/** On closing, what waits for a full disk is given up after this. */
const GIVE_UP_MS = 5000;

/** Listens on all addresses that the settings have; rejects, and listens on none, where one cannot be had. */
export async function serveSyslog(options: SyslogOptions): Promise<SyslogServer> {
  const { data, settings, spool, senders, metrics, notice, tls } = options;
  const { maxMessageBytes } = settings;
  const say = new SayOnce(notice);
  const addresses = new KnownAddresses(senders, settings.anySender);
  const other = new OtherLines(data, settings.maxOtherBytes, (error) =>
    say.tell('other', `lines that are no entries cannot be kept apart: ${String(error)}`),
  );
  const intake = new MessageIntake({ spool, metrics, other, say, tag: settings.tag });
  const common = { settings, spool, addresses, metrics, say, intake, maxMessageBytes };
  const openSyslog = (connection: Connection): Protocol =>
    openSyslogConnection(connection, intake, maxMessageBytes);
  const openRelp = (connection: Connection): Protocol =>
    openRelpConnection(connection, intake, maxMessageBytes);
  const open = new Map<Transport, Listening>();
  const listen = async (
    transport: Transport,
    text: string | undefined,
    serve: (address: ListenAddress) => Promise<Listening>,
  ): Promise<void> => {
    if (text !== undefined) open.set(transport, await serve(readListenAddress(text)));
  };
  const close = async (): Promise<void> => {
    const timer = setTimeout(() => intake.stop(), GIVE_UP_MS);
    await Promise.all([...open.values()].map((one) => one.close()));
    clearTimeout(timer);
    await other.close();
  };
  try {
    await listen('syslog-udp', settings.udp, (address) => serveUdp({ ...common, address }));
    await listen('syslog-tcp', settings.tcp, (address) =>
      serveStreams({ ...common, address, transport: 'syslog-tcp', open: openSyslog }),
    );
    await listen('syslog-tls', settings.tls, (address) => {
      assert(tls !== undefined, 'TLS was read for it');
      return serveStreams({ ...common, address, transport: 'syslog-tls', tls, open: openSyslog });
    });
    await listen('relp', settings.relp, (address) =>
      serveStreams({ ...common, address, transport: 'relp', open: openRelp }),
    );
  } catch (error) {
    await close();
    throw error;
  }
  return { listeners: [...open].map(([transport, { address }]) => ({ transport, address })), close };
}
