/** What is entered on the sender's side, as text to copy. Pure. */
import type { Listener } from '../../contract/receiver-status.ts';
import type { Transport } from '../../contract/spool.ts';

export const CONNECT_KINDS = ['environment', 'odoo', 'rsyslog'] as const;
export type ConnectKind = (typeof CONNECT_KINDS)[number];

/** Whether a sender is told that its entry is on the disk. */
export function acknowledges(transport: Transport): boolean {
  return transport === 'http' || transport === 'https' || transport === 'relp';
}

/** An address with all that a sender needs of it. */
export function nameUrl({ transport, address }: Listener, path: string): string {
  return isHttp(transport) ? `${transport}://${address}${path}` : address;
}

/** The part of an address before its port, without the brackets of IPv6. */
export function readHost(address: string): string {
  return address.slice(0, address.lastIndexOf(':')).replace(/^\[|\]$/g, '');
}

export function isEverywhere(address: string): boolean {
  return ['0.0.0.0', '::'].includes(readHost(address));
}

export function isLoopback(address: string): boolean {
  return /^(?:127\.|::1$|localhost$)/.test(readHost(address));
}

export interface Connection {
  readonly listeners: readonly Listener[];
  readonly path: string;
  /** This machine as the sender sees it, where a listener takes any address of it. */
  readonly host: string;
  /** Of the Authorization header. */
  readonly value: string;
  /** The name of the file by which the certificate is trusted. */
  readonly caFile: string | undefined;
}

/** The lines for each way that is listened on; empty where none of that kind is. */
export function writeConnection(kind: ConnectKind, connection: Connection): string {
  const parts = connection.listeners
    .map((listener) =>
      kind === 'rsyslog' ? writeRsyslog(listener, connection) : writeOpenspp(kind, listener, connection),
    )
    .filter((part) => part !== '');
  return [...(kind === 'rsyslog' && parts.length > 0 ? [RSYSLOG_HEAD] : []), ...parts].join('\n\n');
}

function writeOpenspp(
  kind: 'environment' | 'odoo',
  listener: Listener,
  { path, host, value, caFile }: Connection,
): string {
  const { transport } = listener;
  const reached = reach(listener, host);
  const line = (name: string, text: string): string =>
    kind === 'environment' ? `OPENSPP_AUDIT_${name.toUpperCase()}=${text}` : `spp_audit_${name} = ${text}`;
  if (isHttp(transport)) {
    const url = nameUrl({ transport, address: reached }, path);
    return [
      line('backend_http', 'true'),
      line('http_url', url),
      // The name that the module's code reads.
      line('http_endpoint', url),
      line('http_auth_header', value),
      ...(transport === 'https' && caFile !== undefined && kind === 'environment'
        ? [`REQUESTS_CA_BUNDLE=/etc/openspp/${caFile}`]
        : []),
    ].join('\n');
  }
  // The module sends datagrams alone.
  if (transport !== 'syslog-udp') return '';
  return [
    line('backend_syslog', 'true'),
    line('syslog_host', readHost(reached)),
    line('syslog_port', readPort(reached)),
  ].join('\n');
}

/** rsyslog cuts at 8192 bytes unless told, which takes seq, ts and node from an entry. */
const RSYSLOG_HEAD = 'global(maxMessageSize="256k")';
const RSYSLOG_FORMAT = 'template="RSYSLOG_SyslogProtocol23Format"';

function writeRsyslog(listener: Listener, { host, caFile }: Connection): string {
  const { transport } = listener;
  if (isHttp(transport)) return '';
  const reached = reach(listener, host);
  const target = `target="${readHost(reached)}" port="${readPort(reached)}"`;
  const tls = `StreamDriver="gtls" StreamDriverMode="1" StreamDriverAuthMode="x509/name"`;
  const actions: Partial<Record<Transport, string>> = {
    'syslog-udp': `type="omfwd" protocol="udp" ${target} ${RSYSLOG_FORMAT}`,
    'syslog-tcp': `type="omfwd" protocol="tcp" TCP_Framing="octet-counted" ${target} ${RSYSLOG_FORMAT}`,
    'syslog-tls': `type="omfwd" protocol="tcp" TCP_Framing="octet-counted" ${target} ${tls} ${RSYSLOG_FORMAT}`,
    relp: `type="omrelp" ${target} ${RSYSLOG_FORMAT} queue.type="linkedList" queue.filename="unbroken" queue.saveOnShutdown="on" action.resumeRetryCount="-1"`,
  };
  return [
    ...(transport === 'relp' ? ['module(load="omrelp")'] : []),
    ...(transport === 'syslog-tls' && caFile !== undefined
      ? [`global(defaultNetstreamDriverCAFile="/etc/rsyslog.d/${caFile}")`]
      : []),
    'if $programname == "openspp-audit" then {',
    `  action(${actions[transport]})`,
    '}',
  ].join('\n');
}

function reach({ address }: Listener, host: string): string {
  if (!isEverywhere(address)) return address;
  return `${host.includes(':') ? `[${host}]` : host}:${readPort(address)}`;
}

function readPort(address: string): string {
  return address.slice(address.lastIndexOf(':') + 1);
}

function isHttp(transport: Transport): boolean {
  return transport === 'http' || transport === 'https';
}
