/** Which server is shown in place of this machine: signing in and out, and going on after the connection was lost. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Calls, events, type Reply } from '../../contract/api.ts';
import type { ShownServer } from '../../contract/server.ts';
import { createFailure, FailureError } from '../../engine/base/failure.ts';
import type { Handlers } from '../handlers.ts';
import { FarServer } from './far-server.ts';
import { KnownServers } from './keep-servers.ts';
import { readEvents } from './read-events.ts';
import { readServerAddress } from './server-address.ts';
import { lookAt } from './trusted-agent.ts';

type Names = 'server.list' | 'server.look' | 'server.signIn' | 'server.signOut' | 'server.forget';
type Listener = (name: string, payload: unknown) => void;
export type AppInfo = Calls['app.info']['output'];

/** A server whose screens are shown. */
export interface Shown {
  readonly server: FarServer;
  /** What it said of itself and of whoever is signed in. */
  readonly info: AppInfo;
  readonly account: string | null;
  state: ShownServer['state'];
  readonly closing: AbortController;
}

const refuse = (): never => {
  throw createFailure('not-available-here', 'only the desktop shows other servers');
};

/** Where no other server is shown: nobody makes this one ask others. */
export const NO_SERVERS: Pick<Handlers, Names> = {
  'server.list': () => ({ servers: [], shown: null }),
  'server.look': refuse,
  'server.signIn': refuse,
  'server.signOut': refuse,
  'server.forget': refuse,
};

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export class ServerDesk {
  readonly #known: KnownServers;
  readonly #listeners = new Set<Listener>();
  #shown: Shown | undefined;

  constructor(configDirectory: string) {
    this.#known = new KnownServers(configDirectory);
  }

  get shown(): Shown | undefined {
    return this.#shown;
  }

  /** Tells of the server that is shown, and what it tells itself. */
  on(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  readonly handlers: Pick<Handlers, Names> = {
    'server.list': () => ({ servers: [...this.#known.list()], shown: this.#describe() }),
    'server.look': async ({ address }) => {
      const origin = readServerAddress(address);
      const known = this.#known.find(origin.origin);
      const look = await lookAt(origin, known?.fingerprint ?? undefined);
      // An authority vouched for it before: what nobody vouches for is not taken in its place.
      if (known && look.trust === 'unknown')
        throw createFailure('certificate-changed', 'nobody vouches for the certificate any more', {
          subject: look.certificate?.fingerprint ?? '',
        });
      return look;
    },
    'server.signIn': async ({ address, fingerprint, as }) => {
      const origin = readServerAddress(address);
      const known = this.#known.find(origin.origin);
      const pin = known ? (known.fingerprint ?? undefined) : fingerprint;
      const server = new FarServer(origin, pin);
      try {
        await server.signIn(as);
        const stream = await server.openEvents();
        if (!stream) throw createFailure('sign-in-refused', 'there is no such token');
        const told = (await server.call('app.info', {})) as Reply<AppInfo>;
        if (!told.ok) throw new FailureError(told.failure);
        await this.#leave();
        const account = 'name' in as ? (told.value.account?.name ?? null) : null;
        const shown: Shown = {
          ...{ server, info: told.value, account, state: 'connected' },
          closing: new AbortController(),
        };
        this.#shown = shown;
        server.onEnd = () => this.#change(shown, 'ended');
        void this.#listen(shown, stream);
      } catch (error) {
        server.close();
        throw error;
      }
      this.#known.remember({
        address: origin.origin,
        account: this.#shown.account,
        fingerprint: pin ?? null,
        usedAt: new Date().toISOString(),
      });
      return { address: origin.origin, account: this.#shown.account, state: 'connected' };
    },
    'server.signOut': async () => {
      await this.#leave();
      return {};
    },
    'server.forget': ({ address }) => {
      this.#known.forget(readServerAddress(address).origin);
      return {};
    },
  };

  /** Leaves the server that is shown. */
  async close(): Promise<void> {
    await this.#leave();
  }

  async #leave(): Promise<void> {
    const left = this.#shown;
    this.#shown = undefined;
    left?.closing.abort();
    await left?.server.signOut();
  }

  /** Hears the server for as long as it is shown; where it is lost, it is asked again, less and less often. */
  async #listen(shown: Shown, first: AsyncIterable<Buffer>): Promise<void> {
    const { signal } = shown.closing;
    let stream: AsyncIterable<Buffer> | undefined = first;
    let waitMs = FIRST_WAIT_MS;
    while (!signal.aborted && shown.state !== 'ended') {
      try {
        stream ??= await shown.server.openEvents();
        if (!stream) {
          this.#change(shown, 'ended');
          return;
        }
        this.#change(shown, 'connected');
        for await (const data of readEvents(stream)) {
          waitMs = FIRST_WAIT_MS;
          if (signal.aborted) return;
          this.#hear(data);
        }
      } catch {
        // Whoever waits for an answer would wait for ever.
        shown.server.close();
        this.#change(shown, 'lost');
      }
      stream = undefined;
      await pause(waitMs, undefined, { signal, ref: false }).catch(() => {});
      waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  /** What is no event of the contract, or is this app's to tell, is not told. */
  #hear(data: string): void {
    try {
      const { name, payload } = JSON.parse(data) as { name: string; payload: unknown };
      if (!Object.hasOwn(events, name) || !/^(?:workspace|receiver)\./.test(name)) return;
      const parsed = events[name as keyof typeof events].safeParse(payload);
      if (parsed.success) this.#tell(name, parsed.data);
    } catch {
      // No JSON: another version's, or a fault of its own.
    }
  }

  #change(shown: Shown, state: ShownServer['state']): void {
    if (this.#shown !== shown || shown.state === state || shown.state === 'ended') return;
    shown.state = state;
    this.#tell('server.changed', { shown: this.#describe() });
  }

  #tell(name: string, payload: unknown): void {
    for (const listener of this.#listeners) listener(name, payload);
  }

  #describe(): ShownServer | null {
    const shown = this.#shown;
    return shown ? { address: shown.server.origin.origin, account: shown.account, state: shown.state } : null;
  }
}
