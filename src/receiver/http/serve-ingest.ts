/**
 * Entries over HTTP. Who sends is decided by the headers, before a byte of the body is read; the answer comes when every
 * entry of the request is on the disk, or was refused. Never a redirect: a client would drop the body and count success.
 *
 *   200 all kept · 422 all kept, some are no entries · 401 nobody may · 408 413 415 431 the request · 429 too many ·
 *   503 not kept, send again
 */
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { HttpSettings } from '../../contract/receiver.ts';
import type { Listener } from '../../contract/receiver-status.ts';
import type { Transport } from '../../contract/spool.ts';
import { nameNetwork } from '../../engine/base/name-network.ts';
import { TokenBuckets } from '../../engine/base/token-buckets.ts';
import { readListenAddress } from '../listen-address.ts';
import type { Metrics } from '../metrics.ts';
import { readPeerFingerprint } from '../senders/fingerprint.ts';
import type { SenderBook } from '../senders/sender-book.ts';
import type { Spool } from '../spool/spool.ts';
import type { Tls } from '../tls/read-tls.ts';
import { RETRY_SECONDS, type TakeOptions, takeRequest } from './take-request.ts';

export interface IngestOptions {
  readonly settings: HttpSettings;
  readonly spool: Pick<Spool, 'append' | 'trouble' | 'waitingBytes'>;
  readonly senders: Pick<SenderBook, 'identify' | 'list'>;
  readonly metrics: Metrics;
  /** Where it is given, HTTPS is served. */
  readonly tls?: Tls | undefined;
}

/** Wrong values that an address, or a network of IPv6, may send at once, and how soon it may again. */
const GUESSES = { burst: 20, perSecond: 0.2 };
/** What proxies add: to one beside us, everybody is on this machine. */
const PROXY_HEADERS = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'];
const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/;

/** Listens; returns where, and what closes it: requests under way are answered. */
export async function serveIngest(
  options: IngestOptions,
): Promise<{ readonly listener: Listener; close(): Promise<void> }> {
  const { settings, tls, metrics } = options;
  const server = {
    maxHeaderSize: settings.maxHeaderBytes,
    headersTimeout: settings.requestTimeoutMs,
    connectionsCheckingInterval: 1000,
  };
  const secure = tls && { ...server, ...tls.options, handshakeTimeout: settings.requestTimeoutMs };
  // To its types an instance with HTTPS is another one; what is used of it here is the same.
  const app = fastify({
    requestTimeout: settings.requestTimeoutMs,
    keepAliveTimeout: 65_000,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    exposeHeadRoutes: false,
    ...(secure ? { https: secure } : { http: server }),
  }) as unknown as FastifyInstance;
  tls?.keepFresh(app.server);
  app.server.on('tlsClientError', () => metrics.count('unbroken_refused_total', 'reason="tls"'));
  let connections = 0;
  app.server.on('connection', (socket) => {
    connections++;
    socket.once('close', () => connections--);
  });
  // Beyond twice as many not even a refusal is sent.
  app.server.maxConnections = settings.maxConnections * 2;
  let isClosing = false;
  addIngest(app, { ...options, isClosing: () => isClosing }, () => connections);
  addWatching(app, options, () => connections);
  const { host, port } = readListenAddress(settings.address);
  const url = await app.listen({ host, port, listenTextResolver: (listening) => listening });
  return {
    listener: { transport: tls ? 'https' : 'http', address: url.slice(url.indexOf('//') + 2) },
    close: () => {
      isClosing = true;
      return app.close();
    },
  };
}

function addIngest(
  app: FastifyInstance,
  options: IngestOptions & TakeOptions,
  countConnections: () => number,
): void {
  const { settings, spool, senders, metrics, tls } = options;
  const transport: Transport = tls ? 'https' : 'http';
  const guesses = new TokenBuckets(GUESSES.perSecond, GUESSES.burst);
  const rates = new TokenBuckets(settings.maxRequestsPerSecond, settings.maxRequestsPerSecond);
  const refuse = (reply: FastifyReply, status: number, reason: string, afterSeconds = 0): FastifyReply => {
    metrics.count('unbroken_refused_total', `reason="${reason}"`);
    if (afterSeconds > 0) void reply.header('retry-after', afterSeconds);
    return reply.code(status).send({ error: reason });
  };
  /** What a connection was let in with: what comes on it next has the same, and need not be looked up again. */
  const admitted = new WeakMap<
    Socket,
    { readonly by: string | undefined; readonly of: unknown; readonly sender: string }
  >();
  const admit = ({ socket, headers, ip }: FastifyRequest): string | undefined => {
    const by = headers.authorization;
    const before = admitted.get(socket);
    if (before && before.by === by && before.of === senders.list()) return before.sender;
    const sender = senders.identify(by, ip, readPeerFingerprint(socket));
    if (sender !== undefined) admitted.set(socket, { by, of: senders.list(), sender });
    return sender;
  };

  app.removeAllContentTypeParsers();
  // No body is read before it is known who sends it.
  app.addContentTypeParser('*', (_, __, done) => done(null));
  app.setErrorHandler((error: { statusCode?: number }, _, reply) => {
    const status = error.statusCode ?? 500;
    void reply.header('connection', 'close');
    return refuse(reply, status, status < 500 ? 'bad-request' : 'internal');
  });
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'not-found' }));

  /** Answers in any case, so that no hook is called after it. */
  const onRequest = (request: FastifyRequest, reply: FastifyReply): void => {
    const sender = admit(request);
    // The right value always passes: only wrong ones are counted.
    const wait = sender === undefined ? guesses.take(nameNetwork(request.ip)) : rates.take(sender);
    const isCrowded = countConnections() > settings.maxConnections;
    if (sender === undefined || isCrowded) void reply.header('connection', 'close');
    if (sender === undefined && wait > 0) refuse(reply, 429, 'too-many-attempts', wait);
    else if (sender === undefined) refuse(reply, 401, 'unauthorized');
    else if (wait > 0) refuse(reply, 429, 'rate', wait);
    else if (isCrowded) refuse(reply, 503, 'connections', RETRY_SECONDS);
    else if (spool.trouble) refuse(reply, 503, spool.trouble, RETRY_SECONDS);
    else {
      // From here on without the framework: with it an entry costs half as much again.
      reply.hijack();
      takeRequest(request.raw, reply.raw, { sender, transport }, options).catch(() => {
        metrics.count('unbroken_refused_total', 'reason="internal"');
        reply.raw.destroy();
      });
    }
  };
  const refuseMethod = (_: FastifyRequest, reply: FastifyReply): FastifyReply =>
    reply.code(405).header('allow', 'POST').send({ error: 'method' });
  for (const url of settings.paths) {
    // The hook has answered.
    app.post(url, { onRequest }, () => {});
    app.route({ method: ['GET', 'PUT', 'DELETE', 'PATCH'], url, handler: refuseMethod });
  }
}

/** For whoever watches it: alive, ready, and figures for this machine alone. */
function addWatching(
  app: FastifyInstance,
  { spool, metrics }: IngestOptions,
  countConnections: () => number,
): void {
  app.get('/healthz', async () => ({ status: 'ok' }));
  app.get('/readyz', async (_, reply) => {
    if (spool.trouble) void reply.code(503);
    return { status: spool.trouble ?? 'ok' };
  });
  app.get('/metrics', async (request, reply) => {
    const isProxied = PROXY_HEADERS.some((name) => name in request.headers);
    if (isProxied || !LOOPBACK.test(request.ip)) return reply.code(404).send({ error: 'not-found' });
    metrics.set('unbroken_spool_waiting_bytes', spool.waitingBytes);
    metrics.set('unbroken_ready', spool.trouble ? 0 : 1);
    metrics.set('unbroken_connections', countConnections());
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.render());
  });
}
