/**
 * The same screens in a browser, on loopback, for a machine without a display.
 *
 * Whoever opens the printed link first gets the session: its token works once and becomes a cookie that no script
 * reads. A request must name our own host (a page elsewhere that resolves its name to 127.0.0.1 does not) and, where
 * it changes or asks anything, come from our own origin.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { AT_THE_MACHINE } from '../caller.ts';
import type { Host } from '../dispatch.ts';
import { addScreens, MAX_BODY_BYTES, SCREEN_HEADERS } from './screen-routes.ts';

const COOKIE = 'unbroken';

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
    void reply.headers(SCREEN_HEADERS);
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

  // The page asks who is signed in: here the link was enough, and there is nobody.
  app.get('/api/session', (_, reply) => reply.code(204).send());
  await addScreens(app, {
    host: options.host,
    rendererDirectory: options.rendererDirectory,
    identify: () => AT_THE_MACHINE,
    mayAsk: [],
    mayListen: () => true,
  });
  await app.listen({ host: '127.0.0.1', port: options.port });
  return {
    link: `http://${hostOf(app)}/?token=${token.toString('base64url')}`,
    close: () => app.close(),
  };
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
