/** Addresses of servers, as a person enters them. */
import { createFailure } from '../../engine/base/failure.ts';
import { listAddresses } from '../../receiver/senders/sender-book.ts';

const LOOPBACK = listAddresses(['127.0.0.0/8', '::1']);

/** Whether an IP address is this machine's own. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, address.includes(':') ? 'ipv6' : 'ipv4');
}

/**
 * The origin that is meant: a whole link as a server prints it, or a host with or without a port. Failures: `bad-address`;
 * `address-not-secure` for plain HTTP to anywhere but this machine, where passwords would be read on the way.
 */
export function readServerAddress(text: string): URL {
  const entered = text.trim();
  const [scheme] = /^[a-z][a-z0-9+.-]*:\/\//i.exec(entered) ?? [];
  const address = URL.parse(scheme === undefined ? `https://${entered}` : entered);
  const isPlain = address?.username === '' && address.password === '' && address.pathname === '/';
  if (!address || !isPlain || !/^https?:$/.test(address.protocol))
    throw createFailure('bad-address', 'this is no address of a server', { subject: entered });
  const isOwn = isOwnHost(address.hostname);
  // Without a scheme this machine's own is the one that `--ui` has without `--ui-tls`.
  if (scheme === undefined && isOwn) address.protocol = 'http:';
  if (address.protocol === 'http:' && !isOwn)
    throw createFailure('address-not-secure', 'only this machine is asked over plain HTTP', {
      subject: address.origin,
    });
  return new URL(address.origin);
}

function isOwnHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || (/^[\d.]+$|:/.test(host) && isLoopback(host));
}
