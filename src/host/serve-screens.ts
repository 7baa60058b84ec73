/**
 * The same screens in a browser, on loopback, for a machine without a display.
 *
 * Whoever opens the printed link first gets the session: its token works once and becomes a cookie that no script
 * reads. A request must name our own host (a page elsewhere that resolves its name to 127.0.0.1 does not) and, where
 * it changes or asks anything, come from our own origin.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import cookie from '@fastify/cookie';
import staticFiles from '@fastify/static';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Host } from './dispatch.ts';
import type { Download } from './handle-document.ts';

const COOKIE = 'unbroken';
const MAX_BODY_BYTES = 1024 * 1024;
const HEARTBEAT_MS = 15_000;

/** What a page may do: its own scripts, styles and calls, and nothing else. Mantine writes style elements. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface ServeOptions {
  readonly host: Host;
  /** The built screens. */
  readonly rendererDirectory: string;
  /** 0 takes any free port. */
  readonly port: number;
}

export interface Served {
  /** The link with its one-time token. */
  readonly link: string;
  close(): Promise<void>;
}

/** Serves the screens on 127.0.0.1 until it is closed. */
export async function serveScreens(options: ServeOptions): Promise<Served> {
  const session = randomBytes(32);
  let token: Buffer | undefined = randomBytes(32);
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, requestTimeout: 30_000, forceCloseConnections: true });
  await app.register(cookie);

  app.addHook('onRequest', async (request, reply) => {
    void reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    if (request.headers.host !== hostOf(app)) return reply.code(403).send('wrong host');
    const { origin } = request.headers;
    if (origin !== undefined && origin !== `http://${hostOf(app)}`)
      return reply.code(403).send('wrong origin');
    const given = new URL(request.url, `http://${hostOf(app)}`).searchParams.get('token');
    if (given !== null) {
      if (!token || !equalsSecret(given, token)) return reply.code(401).send('this link was used already');
      token = undefined;
      return reply
        .setCookie(COOKIE, session.toString('base64url'), { httpOnly: true, sameSite: 'strict', path: '/' })
        .redirect('/', 303);
    }
    if (!equalsSecret(request.cookies[COOKIE] ?? '', session)) {
      return reply.code(401).send('open the link that Unbroken printed');
    }
    return undefined;
  });

  app.post<{ Params: { name: string } }>('/api/call/:name', (request) =>
    options.host.call(request.params.name, request.body),
  );
  app.get<{ Params: { id: string } }>('/download/:id', (request, reply) =>
    sendDownload(options.host.takeDownload(request.params.id), reply),
  );
  app.get('/api/events', (request, reply) => sendEvents(options.host, request, reply));
  await app.register(staticFiles, { root: options.rendererDirectory, cacheControl: false });
  await app.listen({ host: '127.0.0.1', port: options.port });
  return {
    link: `http://${hostOf(app)}/?token=${token.toString('base64url')}`,
    close: () => app.close(),
  };
}

/** A document as a file to keep: even where a browser shows it after all, it runs nothing and has no origin. */
function sendDownload(download: Download | undefined, reply: FastifyReply): FastifyReply {
  if (!download) return reply.code(404).send('this was fetched already');
  const { name, type, content } = download;
  const plain = name.replace(/[^a-zA-Z0-9.-]/g, '_');
  return reply
    .headers({
      'content-type': type,
      'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
      'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    })
    .send(content instanceof Buffer ? content : Readable.from(content));
}

/** Server-Sent Events (HTML standard, 9.2): one `data:` line an event, comments as heartbeat. */
function sendEvents(host: Host, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream',
  });
  raw.write(': open\n\n');
  const stop = host.on((name, payload) => raw.write(`data: ${JSON.stringify({ name, payload })}\n\n`));
  const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
  request.raw.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
  return reply;
}

function hostOf(app: FastifyInstance): string {
  const address = app.server.address();
  return typeof address === 'object' && address !== null ? `127.0.0.1:${address.port}` : '';
}

/** Compares in constant time; the length of a secret is no secret. */
function equalsSecret(given: string, secret: Buffer): boolean {
  const bytes = Buffer.from(given, 'base64url');
  return bytes.length === secret.length && timingSafeEqual(bytes, secret);
}
