/**
 * Entries over HTTP. Who sends is decided by the headers, before a byte of the body is read; the answer comes when every
 * entry of the request is on the disk, or was refused. Never a redirect: a client would drop the body and count success.
 *
 *   200 all kept · 422 all kept, some are no entries · 401 nobody may · 408 413 415 431 the request · 429 too many ·
 *   503 not kept, send again
 */
import { randomUUID } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { HttpSettings } from '../../contract/receiver.ts';
import type { Listener } from '../../contract/receiver-status.ts';
import type { Transport } from '../../contract/spool.ts';
import { TokenBuckets } from '../../engine/base/token-buckets.ts';
import { readListenAddress } from '../listen-address.ts';
import type { Metrics } from '../metrics.ts';
import { readPeerFingerprint } from '../senders/fingerprint.ts';
import type { SenderBook } from '../senders/sender-book.ts';
import { type Receipt, Refusal, type Spool } from '../spool/spool.ts';
import type { Tls } from '../tls/read-tls.ts';
import { decompressBody } from './decompress-body.ts';
import { splitBody } from './split-body.ts';

export interface IngestOptions {
  readonly settings: HttpSettings;
  readonly spool: Pick<Spool, 'append' | 'trouble' | 'waitingBytes'>;
  readonly senders: Pick<SenderBook, 'identify'>;
  readonly metrics: Metrics;
  /** Where it is given, HTTPS is served. */
  readonly tls?: Tls | undefined;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Who sends: set before the body is read. */
    sender: string;
  }
}

/** Wrong values that an address may send at once, and how soon it may again. */
const GUESSES = { burst: 20, perSecond: 0.2 };
const RETRY_SECONDS = 2;
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
    bodyLimit: settings.maxBodyBytes,
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
  addIngest(app, options, () => connections);
  addWatching(app, options, () => connections);
  const { host, port } = readListenAddress(settings.address);
  const url = await app.listen({ host, port, listenTextResolver: (listening) => listening });
  return {
    listener: { transport: tls ? 'https' : 'http', address: url.slice(url.indexOf('//') + 2) },
    close: () => app.close(),
  };
}

function addIngest(app: FastifyInstance, options: IngestOptions, countConnections: () => number): void {
  const { settings, spool, senders, metrics, tls } = options;
  const transport: Transport = tls ? 'https' : 'http';
  const guesses = new TokenBuckets(GUESSES.perSecond, GUESSES.burst);
  const rates = new TokenBuckets(settings.maxRequestsPerSecond, settings.maxRequestsPerSecond);
  const refuse = (reply: FastifyReply, status: number, reason: string, afterSeconds = 0): FastifyReply => {
    metrics.count('unbroken_refused_total', `reason="${reason}"`);
    if (afterSeconds > 0) void reply.header('retry-after', afterSeconds);
    return reply.code(status).send({ error: reason });
  };

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_, body, done) => done(null, body));
  app.decorateRequest('sender', '');
  app.setErrorHandler((error: { statusCode?: number }, _, reply) => {
    const status = error.statusCode ?? 500;
    void reply.header('connection', 'close');
    if (status === 503) return refuse(reply, 503, 'closing', RETRY_SECONDS);
    return refuse(
      reply,
      status,
      status === 413 ? 'body-too-large' : status < 500 ? 'bad-request' : 'internal',
    );
  });
  app.setNotFoundHandler((_, reply) => reply.code(404).send({ error: 'not-found' }));

  const onRequest = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const address = request.ip;
    const sender = senders.identify(
      request.headers.authorization,
      address,
      readPeerFingerprint(request.socket),
    );
    // The right value always passes: only wrong ones are counted.
    if (sender === undefined) {
      const wait = guesses.take(address);
      void reply.header('connection', 'close');
      return wait > 0 ? refuse(reply, 429, 'too-many-attempts', wait) : refuse(reply, 401, 'unauthorized');
    }
    const wait = rates.take(sender);
    if (wait > 0) return refuse(reply, 429, 'rate', wait);
    if (countConnections() > settings.maxConnections) {
      void reply.header('connection', 'close');
      return refuse(reply, 503, 'connections', RETRY_SECONDS);
    }
    if (spool.trouble) return refuse(reply, 503, spool.trouble, RETRY_SECONDS);
    request.sender = sender;
    return undefined;
  };

  const handle = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const { headers, sender } = request;
    const encoded = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const body = await decompressBody(encoded, headers['content-encoding'], settings.maxDecompressedBytes);
    if (body === 'too-large') return refuse(reply, 413, 'body-too-large');
    if (body === 'unsupported') return refuse(reply, 415, 'content-encoding');
    if (body === 'damaged') return refuse(reply, 400, 'damaged-body');
    const { payloads, isBatch } = splitBody(body, headers['content-type'], settings.maxBatchEntries);
    if (payloads.length > settings.maxBatchEntries) return refuse(reply, 413, 'too-many-entries');
    if (payloads.length === 0 && !isBatch) return refuse(reply, 400, 'empty');
    const { remoteAddress, remotePort } = request.socket;
    const common = {
      sender,
      transport,
      peer: `${remoteAddress}:${remotePort}`,
      batch: isBatch ? randomUUID() : undefined,
    };
    const answers = await Promise.all(
      payloads.map((payload) => spool.append({ ...common, payload }).then(tellReceipt, tellRefusal)),
    );
    for (const answer of answers) {
      if (answer.status === 503) metrics.count('unbroken_refused_total', `reason="${answer.error}"`);
      else {
        const result = answer.again ? 'again' : answer.status === 422 ? 'malformed' : 'kept';
        metrics.count(
          'unbroken_entries_total',
          `sender="${sender}",transport="${transport}",result="${result}"`,
        );
      }
    }
    metrics.set('unbroken_last_entry_timestamp_seconds', Date.now() / 1000, `sender="${sender}"`);
    const status = Math.max(200, ...answers.map((answer) => answer.status));
    if (status === 503) void reply.header('retry-after', RETRY_SECONDS);
    void reply.code(status);
    if (!isBatch) return answers[0];
    void reply.type('application/x-ndjson');
    return answers.map((answer) => `${JSON.stringify(answer)}\n`).join('');
  };
  for (const url of settings.paths) {
    app.post(url, { onRequest }, handle);
    app.route({
      method: ['GET', 'PUT', 'DELETE', 'PATCH'],
      url,
      handler: (_, reply) => reply.code(405).header('allow', 'POST').send({ error: 'method' }),
    });
  }
}

type Answer = ({ readonly status: 200 | 422 } & Receipt) | { readonly status: 503; readonly error: string };

function tellReceipt(receipt: Receipt): Answer {
  return { status: receipt.malformed ? 422 : 200, ...receipt };
}

function tellRefusal(error: unknown): Answer {
  if (error instanceof Refusal) return { status: 503, error: error.code };
  throw error;
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
    if (!LOOPBACK.test(request.ip)) return reply.code(404).send({ error: 'not-found' });
    metrics.set('unbroken_spool_waiting_bytes', spool.waitingBytes);
    metrics.set('unbroken_ready', spool.trouble ? 0 : 1);
    metrics.set('unbroken_connections', countConnections());
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(metrics.render());
  });
}
