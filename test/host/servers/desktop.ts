/** The desktop's side of a connection, without Electron: a host of its own, and what its page speaks to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Calls, Reply } from '../../../src/contract/api.ts';
import { makeMask } from '../../../src/contract/mask.ts';
import type { ShownServer } from '../../../src/contract/server.ts';
import { createHost } from '../../../src/host/dispatch.ts';
import { readPreferences } from '../../../src/host/keep-preferences.ts';
import { ServerDesk } from '../../../src/host/servers/server-desk.ts';
import { showHost } from '../../../src/host/servers/show-host.ts';
import { makeHostOptions } from '../host-options.ts';
import { PASSWORD } from '../served-instance.ts';

export interface Desktop {
  readonly directory: string;
  readonly heard: { readonly name: string; readonly payload: unknown }[];
  /** Where the person puts what is saved; undefined: they cancel. */
  target: string | undefined;
  call<N extends keyof Calls>(name: N, input: Calls[N]['input']): Promise<Reply<Calls[N]['output']>>;
  signIn(address: string, name: string, fingerprint?: string): Promise<Reply<ShownServer>>;
  /** Resolves when the page is told that the server is in this state. */
  reach(state: ShownServer['state']): Promise<void>;
  close(): Promise<void>;
}

export function startDesktop(): Desktop {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-desktop-'));
  const desk = new ServerDesk(join(directory, 'config'));
  const local = createHost({ ...makeHostOptions(directory, () => {}), shell: 'desktop', servers: desk });
  const shown = showHost({
    ...{ local, desk, chooseTarget: async () => desktop.target },
    readMask: () => makeMask(readPreferences(join(directory, 'config')).settings),
  });
  const heard: Desktop['heard'][number][] = [];
  shown.on((name, payload) => heard.push({ name, payload }));
  const call = <N extends keyof Calls>(name: N, input: Calls[N]['input']) =>
    shown.call(name, input) as Promise<Reply<Calls[N]['output']>>;
  const desktop: Desktop = {
    ...{ directory, heard, target: undefined, call },
    signIn: (address, name, fingerprint) =>
      call('server.signIn', {
        ...{ address, as: { name, password: PASSWORD } },
        ...(fingerprint !== undefined && { fingerprint }),
      }),
    reach: (state) =>
      new Promise((resolve) => {
        const end = desk.on((name, payload) => {
          const { shown: now } = payload as { shown?: ShownServer };
          if (name !== 'server.changed' || now?.state !== state) return;
          end();
          resolve();
        });
      }),
    close: async () => {
      await desk.close();
      await local.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return desktop;
}
