/** Where the screens of `unbroken serve` are listened to and found. */
import { hostname } from 'node:os';
import type { UiSettings } from '../contract/ui-settings.ts';
import { createFailure } from '../engine/base/failure.ts';
import { type ListenAddress, nameAddress, readListenAddress } from '../receiver/listen-address.ts';

export interface UiPlace {
  readonly address: ListenAddress;
  /** What a reverse proxy serves it as. */
  readonly proxyOrigin: string | undefined;
}

const ANY = /^(?:0\.0\.0\.0|::)$/;
const LOOPBACK = /^(?:localhost|127\.[\d.]+|::1)$/;

/** Failure: `bad-request` for what is no address, and for one that others reach in plain HTTP. */
export function readUiPlace({ address: text, tls, proxyOrigin }: UiSettings): UiPlace {
  const address = readListenAddress(text);
  if (!LOOPBACK.test(address.host) && !tls && proxyOrigin === undefined) {
    throw createFailure(
      'bad-request',
      'passwords are not sent to other machines in plain HTTP: --ui-tls serves HTTPS, --ui-behind ORIGIN says that a proxy does',
      { subject: text },
    );
  }
  return { address, proxyOrigin: proxyOrigin && new URL(proxyOrigin).origin };
}

/** Where a browser finds it, without a slash at its end. */
export function nameUi({ address, proxyOrigin }: UiPlace, port: number, isTls: boolean): string {
  // All addresses of this machine are none that a browser could go to.
  const host = ANY.test(address.host) ? hostname() : address.host;
  return proxyOrigin ?? `${isTls ? 'https' : 'http'}://${nameAddress({ address: host, port })}`;
}
