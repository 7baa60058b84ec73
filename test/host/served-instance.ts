/** A served instance of a test over real HTTP: its host, its accounts, and browsers and programs that ask it. */
import { scryptSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CSRF_HEADER, SessionView } from '../../src/contract/account.ts';
import type { Calls, Reply } from '../../src/contract/api.ts';
import { AccountBook } from '../../src/host/accounts/account-book.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { type ServeAccountsOptions, serveAccounts } from '../../src/host/serve/serve-accounts.ts';
import { days, makeHostOptions } from './host-options.ts';

export const PASSWORD = 'four words of no sense';

export interface Instance {
  readonly directory: string;
  readonly origin: string;
  readonly accounts: AccountBook;
  readonly firstToken: string | undefined;
  readonly faults: unknown[];
  readonly host: Host;
  close(): Promise<void>;
}

export interface InstanceOptions extends Partial<Pick<ServeAccountsOptions, 'tls' | 'proxyOrigin'>> {
  /** Made before it is served. */
  readonly people?: Readonly<Record<string, 'manager' | 'user'>>;
}

export async function serveInstance({ people = {}, ...options }: InstanceOptions = {}): Promise<Instance> {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-served-'));
  const faults: unknown[] = [];
  writePeople(directory, people);
  const accounts = new AccountBook(directory);
  const host = createHost({
    // That a busy machine's disk takes long is no fault of the instance.
    ...makeHostOptions(directory, (error) => /own log.*outage/.test(String(error)) || faults.push(error)),
    startPaths: [days],
    served: { paths: [days], file: join(directory, 'workspace.unbroken') },
  });
  const served = await serveAccounts({
    ...{ host, accounts, ...options },
    rendererDirectory: import.meta.dirname,
    address: { host: '127.0.0.1', port: 0 },
  });
  return {
    ...{ directory, accounts, faults, host },
    firstToken: served.firstToken,
    origin: `${options.tls ? 'https' : 'http'}://127.0.0.1:${served.port}`,
    close: async () => {
      await served.close();
      await host.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** With hashes that cost nothing: what they cost is not what these tests ask. */
function writePeople(directory: string, people: NonNullable<InstanceOptions['people']>): void {
  const accounts = Object.entries(people).map(([name, group]) => {
    const hash = scryptSync(PASSWORD, Buffer.alloc(16), 32, { N: 2 ** 4, r: 8, p: 1 }).toString('base64');
    const password = `$scrypt$ln=4,r=8,p=1$AAAAAAAAAAAAAAAAAAAAAA$${hash.replace(/=+$/, '')}`;
    return { name, group, password, createdAt: '2026-01-01T00:00:00Z', stamp: name };
  });
  if (accounts.length === 0) return;
  mkdirSync(join(directory, 'accounts'));
  writeFileSync(
    join(directory, 'accounts', 'accounts.json'),
    JSON.stringify({ version: 1, accounts, tokens: [] }),
  );
}

/** A browser as far as it matters: a cookie, and what its page was told. */
export class Visitor {
  readonly origin: string;
  cookie: string | undefined;
  csrf: string | undefined;

  constructor(origin: string) {
    this.origin = origin;
  }

  async send(path: string, init: RequestInit & { readonly json?: unknown } = {}): Promise<Response> {
    const { json, ...others } = init;
    const response = await fetch(this.origin + path, {
      ...others,
      ...(json !== undefined && { method: 'POST', body: JSON.stringify(json) }),
      headers: {
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(this.cookie !== undefined && { cookie: this.cookie }),
        ...(this.csrf !== undefined && { [CSRF_HEADER]: this.csrf }),
        ...others.headers,
      },
    });
    for (const set of response.headers.getSetCookie()) this.cookie = set.slice(0, set.indexOf(';'));
    return response;
  }

  async signIn(name: string, password = PASSWORD): Promise<Response> {
    const response = await this.send('/api/session', { json: { name, password } });
    if (response.ok) this.csrf = (await this.see()).csrf ?? undefined;
    return response;
  }

  async see(): Promise<SessionView> {
    return SessionView.parse(await (await this.send('/api/session')).json());
  }

  async call<N extends keyof Calls>(name: N, input: unknown): Promise<Reply<Calls[N]['output']>> {
    const response = await this.send(`/api/call/${name}`, { json: input });
    return response.ok
      ? ((await response.json()) as Reply<Calls[N]['output']>)
      : { ok: false, failure: { code: 'internal', message: `${response.status}` } };
  }
}

/** A visitor who is signed in. */
export async function visit(origin: string, name: string): Promise<Visitor> {
  const visitor = new Visitor(origin);
  const { status } = await visitor.signIn(name);
  if (status !== 200) throw new Error(`signing in as ${name} was answered with ${status}`);
  return visitor;
}
