/**
 * The screens for people with accounts, and for programs with tokens, on any address.
 *
 * The pages themselves hold nothing and are given to anybody; every call, event and download needs a session or a token.
 * A session is a cookie that no script reads and no other site can have sent, and each of its calls carries what only its
 * page knows. It ends when its account's password or group changes. A token is no cookie: no browser adds it by itself.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { type TlsOptions, Server as TlsServer } from 'node:tls';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import session from '@fastify/session';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { accountCalls, CSRF_HEADER, FirstAccount, type SessionView, SignIn } from '../../contract/account.ts';
import type { Reply } from '../../contract/api.ts';
import { createFailure, readFailure } from '../../engine/base/failure.ts';
import { listAddresses } from '../../receiver/senders/sender-book.ts';
import type { Account, AccountBook } from '../accounts/account-book.ts';
import { SessionStore } from '../accounts/session-store.ts';
import { SignInCheck } from '../accounts/sign-in-check.ts';
import type { Caller } from '../caller.ts';
import type { Host } from '../dispatch.ts';
import { addScreens, MAX_BODY_BYTES, SCREEN_HEADERS } from './screen-routes.ts';

export interface ServeAccountsOptions {
  readonly host: Host;
  readonly accounts: AccountBook;
  /** The built screens. */
  readonly rendererDirectory: string;
  readonly address: { readonly host: string; readonly port: number };
  readonly tls?: { readonly options: TlsOptions; keepFresh(server: TlsServer): void } | undefined;
  /** Where a reverse proxy serves it: it says who asks, and what pages call their own origin. */
  readonly proxyOrigin?: string | undefined;
}

export interface ServedAccounts {
  readonly port: number;
  /** Makes the first manager, once; undefined where there are accounts. */
  readonly firstToken: string | undefined;
  /** Ends the pages' listening and answers what is under way. */
  close(): Promise<void>;
}

declare module 'fastify' {
  interface Session {
    /** Whose it is, and as of which password and group. */
    account?: Pick<Account, 'name' | 'stamp'>;
  }
  interface FastifyRequest {
    /** Who asks: set before the body is read. */
    caller: Caller | undefined;
  }
}

/** A proxy beside us is believed who asked it, somebody farther away is not; nor is what whoever asked has told it. */
const BESIDE = listAddresses([
  ...['127.0.0.0/8', '169.254.0.0/16', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'],
  ...['::1', 'fe80::/10', 'fc00::/7'],
]);
const isProxy = (peer: string, hop: number): boolean => {
  const address = peer.replace(/%.*/, '');
  return hop === 0 && BESIDE.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
};

/** Whoever is not signed in; no account can have this name. */
const NOBODY = '-';
const MAX_CONNECTIONS = 2000;

/** Serves until it is closed. */
export async function serveAccounts(options: ServeAccountsOptions): Promise<ServedAccounts> {
  const { host, accounts, address, tls, proxyOrigin } = options;
  const isSecure = tls !== undefined || proxyOrigin?.startsWith('https:') === true;
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 30_000,
    forceCloseConnections: true,
    trustProxy: proxyOrigin === undefined ? false : isProxy,
    // A browser that is asked for a certificate asks the person.
    ...(tls && { https: { ...tls.options, requestCert: false } }),
  }) as unknown as FastifyInstance;
  app.server.maxConnections = MAX_CONNECTIONS;
  if (app.server instanceof TlsServer) tls?.keepFresh(app.server);
  const store = new SessionStore({ onEnd: (id) => void host.leave(id) });
  const check = new SignInCheck(accounts);
  let firstToken = accounts.accounts().length === 0 ? randomBytes(32).toString('base64url') : undefined;

  await app.register(cookie);
  await app.register(session, {
    store,
    // Known to this process alone, as the sessions are.
    secret: randomBytes(32).toString('base64url'),
    // The prefix is a browser's promise that no other host and no plain connection has set it.
    cookieName: isSecure ? '__Host-unbroken' : 'unbroken',
    cookie: { secure: isSecure, httpOnly: true, sameSite: 'strict', path: '/' },
    saveUninitialized: false,
    // What is saved later could bring back a session that was ended meanwhile.
    rolling: false,
  });
  await app.register(csrf, {
    sessionPlugin: '@fastify/session',
    getToken: (request) => String(request.headers[CSRF_HEADER] ?? ''),
  });
  app.decorateRequest('caller', undefined);

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers(SCREEN_HEADERS);
    const { origin } = request.headers;
    if (origin !== undefined && origin !== (proxyOrigin ?? `${request.protocol}://${request.host}`))
      return reply.code(403).send('wrong origin');
    request.caller = findCaller(request);
    return undefined;
  });

  /** Whose a session is; one that its account has outgrown is ended. */
  const findAccount = (request: FastifyRequest): Account | undefined => {
    const { account: kept, sessionId } = request.session;
    if (!kept || !store.use(sessionId)) return undefined;
    const account = accounts.find(kept.name);
    if (account?.stamp === kept.stamp) return account;
    store.destroy(sessionId);
    return undefined;
  };
  const findCaller = (request: FastifyRequest): Caller | undefined => {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const [, value] = /^Bearer +([\w-]+) *$/i.exec(authorization) ?? [];
      const token = value === undefined ? undefined : accounts.identify(value);
      return token && { group: token.group, account: `token+${token.name}`, session: token.sha256 };
    }
    const account = findAccount(request);
    return account && { group: account.group, account: account.name, session: request.session.sessionId };
  };
  /** A page that only listens does not ask, and a token has no session. */
  const isStillGood = ({ session }: Caller): boolean => {
    try {
      const kept = store.peek(session)?.account;
      return kept
        ? accounts.find(kept.name)?.stamp === kept.stamp
        : accounts.tokens().some(({ sha256 }) => sha256 === session);
    } catch {
      // Accounts that cannot be read let nobody in; whoever asks is told by an error.
      return false;
    }
  };

  const mayAsk = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { caller } = request;
    // Before the body was read, which may have taken long enough for it to end.
    if (caller && isStillGood(caller)) return undefined;
    if (caller || request.headers.authorization === undefined) return reply.code(401).send('sign in first');
    return answer(reply, () => {
      check.countGuess(request.ip);
      throw createFailure('sign-in-refused', 'there is no such token');
    });
  };
  const mayChange: typeof mayAsk = async (request, reply) => {
    if (request.headers.authorization !== undefined || request.method === 'GET') return undefined;
    return new Promise((resolve, reject) =>
      app.csrfProtection(request, reply, (error?: Error) => (error ? reject(error) : resolve(undefined))),
    );
  };

  const view = (reply: FastifyReply, { name, group }: Account): SessionView => ({
    account: { name, group },
    csrf: reply.generateCsrf(),
  });
  /** A session of its own for each signing in, so that nobody can have planted it. */
  const begin = async (
    request: FastifyRequest,
    reply: FastifyReply,
    account: Account,
  ): Promise<SessionView> => {
    if (isSecure && request.protocol !== 'https')
      throw createFailure('bad-request', 'the proxy does not say X-Forwarded-Proto: https');
    await request.session.regenerate();
    request.session.account = { name: account.name, stamp: account.stamp };
    return view(reply, account);
  };
  const record = (action: string, outcome: string, name: string, by = name): Promise<void> =>
    host.record({ model: 'unbroken.session', id: name, action }, outcome, by);

  app.get('/api/session', (request, reply) => {
    const account = findAccount(request);
    return reply.send(account ? view(reply, account) : { account: null, csrf: null });
  });
  app.post('/api/session', (request, reply) =>
    answer(reply, async () => {
      const { name: given, password } = read(SignIn, request.body);
      const name = given.trim().toLowerCase();
      const account = await check
        .signIn({ name, password, address: request.ip })
        .catch(async (error: unknown) => {
          // Who it was is not known, and what is not even tried is not told: nobody can fill the log.
          const code = readFailure(error)?.code;
          if (code === 'sign-in-refused') await record('sign-in', code, name, NOBODY);
          throw error;
        });
      await record('sign-in', 'done', name);
      return begin(request, reply, account);
    }),
  );
  app.delete('/api/session', { preHandler: [mayAsk, mayChange] }, (request, reply) =>
    answer(reply, async () => {
      const { caller } = request;
      await request.session.destroy();
      if (caller?.account !== undefined) await record('sign-out', 'done', caller.account);
      return {};
    }),
  );
  app.post('/api/first-account', (request, reply) =>
    answer(reply, async () => {
      const { token, name, password } = read(FirstAccount, request.body);
      const isFirst = accounts.accounts().length === 0;
      if (!isFirst || firstToken === undefined || !isEqual(token, firstToken)) {
        check.countGuess(request.ip);
        throw createFailure('link-used', 'this link makes no account any more');
      }
      const kept = firstToken;
      // Once: two who use it at the same time are not both first.
      firstToken = undefined;
      const change = { kind: 'user', name, after: { group: 'manager', password: true } } as const;
      const add = () => accounts.add(name, 'manager', password);
      await host.changeAccount(change, add, name).catch((error: unknown) => {
        firstToken = kept;
        throw error;
      });
      const account = accounts.find(name);
      if (!account) throw createFailure('not-found', 'the account is gone already', { subject: name });
      return begin(request, reply, account);
    }),
  );

  app.post('/api/call/account.changePassword', { preHandler: [mayAsk, mayChange] }, (request, reply) =>
    answer(
      reply,
      async () => {
        const { old, password } = read(accountCalls['account.changePassword'].input, request.body);
        const { account: kept, sessionId } = request.session;
        if (!kept || request.caller?.session !== sessionId)
          throw createFailure('not-available-here', 'a token has no password');
        const { name } = kept;
        const { group } = await check
          .signIn({ name, password: old, address: request.ip })
          .catch(async (error: unknown) => {
            const code = readFailure(error)?.code;
            if (code === 'sign-in-refused') await record('change-password', code, name);
            throw error;
          });
        const change = { kind: 'user', name, before: { group }, after: { group, password: true } } as const;
        const apply = async (): Promise<void> => {
          await accounts.setPassword(name, password);
          const stamp = accounts.find(name)?.stamp ?? '';
          // The session that asks goes on, and at once: other calls of its page may be under way.
          for (const session of [request.session, store.peek(sessionId)])
            if (session) session.account = { name, stamp };
        };
        await host.changeAccount(change, apply, name);
        return {};
      },
      // As any call: a page takes another status for the end of its session.
      () => 200,
    ),
  );

  await addScreens(app, {
    host,
    rendererDirectory: options.rendererDirectory,
    identify: ({ caller }) => {
      if (!caller) throw new Error('nobody was identified');
      return caller;
    },
    mayAsk: [mayAsk, mayChange],
    mayListen: isStillGood,
  });
  await app.listen(address);
  const bound = app.server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : address.port,
    firstToken,
    close: async () => {
      store.close();
      await app.close();
    },
  };
}

const STATUS: Readonly<Record<string, number>> = { 'too-many-attempts': 429, 'sign-in-refused': 401 };

/** What was done, or why not; a bug is Fastify's to tell. */
async function answer(
  reply: FastifyReply,
  work: () => unknown,
  findStatus = (code: string): number => STATUS[code] ?? 400,
): Promise<FastifyReply> {
  try {
    return reply.send({ ok: true, value: await work() } satisfies Reply<unknown>);
  } catch (error) {
    const failure = readFailure(error);
    if (!failure) throw error;
    if (failure.code === 'too-many-attempts') void reply.header('retry-after', failure.subject ?? '60');
    return reply.code(findStatus(failure.code)).send({ ok: false, failure } satisfies Reply<unknown>);
  }
}

function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw createFailure('bad-request', 'not as the contract says', {
    subject: String(parsed.error.issues[0]?.path.join('.') ?? ''),
  });
}

function isEqual(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
