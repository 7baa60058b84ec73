/** Serves the built screens over the fake engine, as the real server does: calls by POST, events by Server-Sent Events. */
import { readFileSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { createFakeEngine, type FakeOptions } from './fake-engine.ts';

const screens = join(import.meta.dirname, '../../../out/renderer');
const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

/** Resolves with the server and its address, on a port of its own. */
export function serveFake(options: Omit<FakeOptions, 'tell'>): Promise<{ server: Server; address: string }> {
  const listeners = new Set<ServerResponse>();
  const answer = createFakeEngine({
    ...options,
    tell: (name, payload) => {
      for (const listener of listeners) listener.write(`data: ${JSON.stringify({ name, payload })}\n\n`);
    },
  });
  const server = createServer(async (request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/api/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(': here\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return;
    }
    if (path.startsWith('/api/call/')) {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify(answer(path.slice('/api/call/'.length), JSON.parse(Buffer.concat(parts).toString()))),
      );
      return;
    }
    try {
      const file = join(screens, path === '/' ? 'index.html' : path);
      const content = readFileSync(file);
      response.writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': POLICY,
      });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      const port = typeof bound === 'object' && bound ? bound.port : 0;
      resolve({ server, address: `http://127.0.0.1:${port}/` });
    });
  });
}
