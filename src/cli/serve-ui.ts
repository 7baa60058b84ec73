/** The screens of `unbroken serve`, for people with accounts. */
import { AccountBook } from '../host/accounts/account-book.ts';
import type { Host } from '../host/dispatch.ts';
import { serveAccounts } from '../host/serve/serve-accounts.ts';
import type { Tls } from '../receiver/tls/read-tls.ts';
import { nameUi, type UiPlace } from './ui-place.ts';

export interface ServeUiOptions {
  /** The directory that is served. */
  readonly data: string;
  /** What it shows; closed by whoever opened it. */
  readonly host: Host;
  readonly place: UiPlace;
  /** The built screens. */
  readonly rendererDirectory: string;
  /** Reads the certificate; undefined for plain HTTP. */
  readonly readTls: (() => Promise<Tls>) | undefined;
}

export interface ServedUi {
  /** Where a browser finds it. */
  readonly url: string;
  /** Makes the first manager, once; undefined where there are accounts. */
  readonly firstLink: string | undefined;
  /** SHA-256 of its certificate. */
  readonly fingerprint: string | undefined;
  close(): Promise<void>;
}

/** How often it is looked whether the certificate is another. */
const REFRESH_MS = 60_000;

/** Resolves when it listens. */
export async function serveUi(options: ServeUiOptions): Promise<ServedUi> {
  const { data, host, place, rendererDirectory } = options;
  const tls = await options.readTls?.();
  const served = await serveAccounts({
    ...{ host, tls, address: place.address, proxyOrigin: place.proxyOrigin },
    accounts: new AccountBook(data),
    rendererDirectory,
  });
  const refreshing = setInterval(() => void tls?.refresh(), REFRESH_MS);
  const url = nameUi(place, served.port, tls !== undefined);
  return {
    url: `${url}/`,
    fingerprint: tls?.fingerprint,
    firstLink: served.firstToken && `${url}/#first=${served.firstToken}`,
    close: async () => {
      clearInterval(refreshing);
      await served.close();
    },
  };
}
