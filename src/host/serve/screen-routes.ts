/** What every server of screens has: headers that let a page do nothing else, the built screens, calls, events, downloads. */
import { Readable } from 'node:stream';
import staticFiles from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerHookHandler } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Host } from '../dispatch.ts';
import type { Download } from '../documents/handle-document.ts';

export const MAX_BODY_BYTES = 1024 * 1024;
const HEARTBEAT_MS = 15_000;
/** What may wait for a page that does not read, such as one of a machine asleep: it is left, and comes again. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** What a page may do: its own scripts, styles and calls, and nothing else. Mantine writes style elements. */
const CONTENT_SECURITY_POLICY = [
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

export const SCREEN_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

export interface ScreenRoutes {
  readonly host: Host;
  /** The built screens. */
  readonly rendererDirectory: string;
  /** Whose request it is; only asked where one of these hooks has let it through. */
  readonly identify: (request: FastifyRequest) => Caller;
  /** Refuses whoever may not ask, before calls, events and downloads. */
  readonly mayAsk: readonly preHandlerHookHandler[];
  /** Whether a page that listens may go on. */
  readonly mayListen: (caller: Caller) => boolean;
}

/** Adds the routes. */
export async function addScreens(app: FastifyInstance, routes: ScreenRoutes): Promise<void> {
  const { host, identify } = routes;
  const preHandler = [...routes.mayAsk];
  app.post<{ Params: { name: string } }>('/api/call/:name', { preHandler }, (request) =>
    host.call(request.params.name, request.body, identify(request)),
  );
  app.get<{ Params: { id: string } }>('/download/:id', { preHandler }, (request, reply) =>
    sendDownload(host.takeDownload(request.params.id, identify(request)), reply),
  );
  app.get('/api/events', { preHandler }, (request, reply) => sendEvents(routes, request, reply));
  await app.register(staticFiles, { root: routes.rendererDirectory, cacheControl: false });
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
function sendEvents(
  { host, identify, mayListen }: ScreenRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const caller = identify(request);
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream',
    // Else nginx holds events back until a buffer is full.
    'x-accel-buffering': 'no',
  });
  raw.write(': open\n\n');
  const send = (text: string): void => {
    if (!mayListen(caller)) raw.end();
    else if (raw.writableLength > MAX_UNREAD_BYTES) raw.destroy();
    else raw.write(`${text}\n\n`);
  };
  const stop = host.on((name, payload) => send(`data: ${JSON.stringify({ name, payload })}`), caller);
  const heartbeat = setInterval(() => send(': still here'), HEARTBEAT_MS);
  request.raw.on('close', () => {
    clearInterval(heartbeat);
    stop();
  });
  return reply;
}
