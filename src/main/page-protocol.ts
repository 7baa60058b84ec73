/** Serves the page's files as app://unbroken/, out of one folder and with a policy that allows no network. */
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { protocol, type Session } from 'electron';
import { isPageUrl, PAGE_SCHEME } from './page-origin.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Styles may be inline, since the component library sets its variables in a style element; scripts never. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** Makes the scheme one with an origin of its own. Must be called before Electron is ready. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files below `folder`, and nothing outside of it. */
export function servePage(session: Session, folder: string): void {
  session.protocol.handle(PAGE_SCHEME, async (request) => {
    const path = resolvePagePath(folder, request.url);
    const type = path === undefined ? undefined : CONTENT_TYPES[extname(path)];
    if (request.method !== 'GET' || path === undefined || type === undefined) return refuse();
    try {
      return new Response(await readFile(path), { headers: { ...HEADERS, 'content-type': type } });
    } catch {
      return refuse();
    }
  });
}

function refuse(): Response {
  return new Response(null, { status: 404, headers: HEADERS });
}

/** Gives the file below `folder` that a URL of the page means; undefined where it means none. */
function resolvePagePath(folder: string, url: string): string | undefined {
  if (!isPageUrl(url)) return undefined;
  try {
    const path = normalize(join(folder, decodeURIComponent(new URL(url).pathname)));
    return path.startsWith(folder + sep) && !path.includes('\0') ? path : undefined;
  } catch {
    return undefined; // A percent sign that encodes nothing.
  }
}
