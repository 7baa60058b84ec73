/** An authority that the system trusts, in a process of its own that is told of one as it starts. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ReceiverSettings } from '../../../src/contract/receiver.ts';
import { readTls, type Tls } from '../../../src/receiver/tls/read-tls.ts';

const agent = pathToFileURL(join(import.meta.dirname, '../../../src/host/servers/trusted-agent.ts')).href;
const run = promisify(execFile);

let directory = '';
let tls: Tls;
let servers: Server[] = [];
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-authority-'));
  tls = await readTls(ReceiverSettings.parse({}).tls, directory, () => {});
  servers = [];
});
afterEach(() => {
  for (const server of servers) server.close();
  rmSync(directory, { recursive: true, force: true });
});

async function serve(host: string): Promise<string> {
  const server = createServer({ ...tls.options, requestCert: false }, (socket) =>
    socket.on('error', () => {}),
  );
  servers.push(server);
  server.listen(0, host);
  await once(server, 'listening');
  return `https://${host}:${(server.address() as AddressInfo).port}`;
}

/** What a process that trusts `caFile` says of the server, and whether it would send it anything. */
async function look(origin: string, caFile: string | undefined) {
  const script = `
    import https from 'node:https';
    import { lookAt, openAgent } from ${JSON.stringify(agent)};
    const origin = new URL(${JSON.stringify(origin)});
    const { trust } = await lookAt(origin, undefined);
    const request = https.request({ host: origin.hostname, port: origin.port, agent: openAgent(origin, undefined) });
    const end = (connects) => { console.log(JSON.stringify({ trust, connects })); process.exit(); };
    request.on('socket', () => end(true));
    request.on('error', () => end(false));
    request.end();`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, ...(caFile !== undefined && { NODE_EXTRA_CA_CERTS: caFile }) },
  });
  return JSON.parse(stdout) as unknown;
}

test('whom it vouches for needs no comparing, and whom it does not is told nothing', async () => {
  const origin = await serve('127.0.0.1');
  expect(await look(origin, tls.caFile)).toEqual({ trust: 'authority', connects: true });
  expect(await look(origin, undefined)).toEqual({ trust: 'unknown', connects: false });
});

// Others have no second address on loopback without being asked for one.
test.runIf(process.platform === 'linux')(
  'a certificate of another address is vouched for by nobody',
  async () => {
    const origin = await serve('127.0.0.2');
    expect(await look(origin, tls.caFile)).toEqual({ trust: 'unknown', connects: false });
  },
);
