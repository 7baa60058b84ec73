/** The screens of `unbroken serve`, for people with accounts: what was received is kept open, checked and followed. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../engine/base/version.ts';
import { AccountBook } from '../host/accounts/account-book.ts';
import { createHost } from '../host/dispatch.ts';
import { serveAccounts } from '../host/serve-accounts.ts';
import type { Tls } from '../receiver/tls/read-tls.ts';
import { nameUi, type UiPlace } from './ui-place.ts';

/** From out/main to the checkout's or the package's root. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export interface ServeUiOptions {
  /** The directory that is served. */
  readonly data: string;
  readonly place: UiPlace;
  /** Followed and checked beside what is received. */
  readonly tail: readonly string[];
  /** Reads the certificate; undefined for plain HTTP. */
  readonly readTls: (() => Promise<Tls>) | undefined;
  readonly notice: (text: string) => void;
}

export interface ServedUi {
  /** Where a browser finds it. */
  readonly url: string;
  /** Makes the first manager, once; undefined where there are accounts. */
  readonly firstLink: string | undefined;
  close(): Promise<void>;
}

/** How often it is looked whether the certificate is another. */
const REFRESH_MS = 60_000;

/** Resolves when it listens. */
export async function serveUi(options: ServeUiOptions): Promise<ServedUi> {
  const { data, place, tail, notice } = options;
  const tls = await options.readTls?.();
  const paths = [join(data, 'spool'), ...tail];
  const host = createHost({
    shell: 'browser',
    version,
    runtime: `Node ${process.versions.node}`,
    developmentRuntime: false,
    startPaths: paths,
    served: { paths, file: join(data, 'workspace.unbroken') },
    dataDirectory: data,
    workspaceDirectory: join(data, 'workspaces'),
    configDirectory: join(data, 'preferences'),
    licencesFile: join(root, 'out', 'licences.json'),
    sampleDirectory: join(root, 'resources', 'sample', 'audit'),
    logBug: (error) => notice(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  const served = await serveAccounts({
    ...{ host, tls, address: place.address, proxyOrigin: place.proxyOrigin },
    accounts: new AccountBook(data),
    rendererDirectory: join(root, 'out', 'renderer'),
  });
  const refreshing = setInterval(() => void tls?.refresh(), REFRESH_MS);
  const url = nameUi(place, served.port, tls !== undefined);
  return {
    url: `${url}/`,
    firstLink: served.firstToken && `${url}/#first=${served.firstToken}`,
    close: async () => {
      clearInterval(refreshing);
      await served.close();
      await host.close();
    },
  };
}
