import { execFileSync, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Backend, Loss } from '../../../src/trail/backend.ts';
import { openSyslogBackend, type SyslogBackendOptions } from '../../../src/trail/backends/syslog-backend.ts';
import { writeSyslogMessage } from '../../../src/trail/backends/syslog-message.ts';
import { makeEntry } from './make-entry.ts';

const RSYSLOGD = '/usr/sbin/rsyslogd';
const hasSix = Object.values(networkInterfaces()).some((all) =>
  all?.some(({ address }) => address === '::1'),
);
const hasOpenssl = ['/usr/bin/openssl', '/usr/local/bin/openssl'].some(existsSync);

let folder = '';
const toClose: (() => unknown)[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-syslog-'));
});
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
  rmSync(folder, { recursive: true, force: true });
});

function open(options: Partial<SyslogBackendOptions> & { port: number }): Backend {
  const backend = openSyslogBackend({ host: '127.0.0.1', retryMs: 5, statusFolder: folder, ...options });
  toClose.push(() => backend.close(0));
  return backend;
}

async function writeAll(backend: Backend, first: number, last: number): Promise<void> {
  const seqs = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  await Promise.all(seqs.map((seq) => backend.write(makeEntry(seq))));
}

/** What a syslog server on TCP or TLS has read, as one text. */
async function listen(server: Server, port = 0) {
  const sockets = new Set<Socket>();
  const state = { text: '', port, sockets, close: async () => {} };
  const accept = (socket: Socket) => {
    sockets.add(socket.setEncoding('utf8').on('error', () => {}));
    socket.on('data', (chunk: string) => {
      state.text += chunk;
    });
  };
  server.on('secureConnection', accept).on('connection', (socket) => {
    if (!('setSecureContext' in server)) accept(socket);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  state.port = (server.address() as AddressInfo).port;
  state.close = async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((done) => server.close(done));
  };
  toClose.push(state.close);
  return state;
}

function readSeqs(text: string): number[] {
  return Array.from(text.matchAll(/"seq": (\d+)/g), ([, seq]) => Number(seq));
}

const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

describe('a message', () => {
  test('of RFC 5424 is as a relay forwards the module’s', () => {
    const entry = makeEntry(1);
    expect(writeSyslogMessage(entry, '5424', 23766)).toBe(
      `<134>1 2024-01-16T00:00:00.000001+00:00 host-1 openspp-audit 23766 - - ${entry.line}`,
    );
    // A relay leaves a second space before the message.
    expect(readDatagram('5424')).toMatch(/^<134>1 [-\d]{10}T\S+\+00:00 \S+ openspp-audit \d+ - - {2}\{/);
  });

  test('of RFC 3164 has local time and the tag', () => {
    const { ts, line } = makeEntry(1);
    const text = writeSyslogMessage({ ...makeEntry(1), node: 'bad host\u00e9' }, '3164', 7);
    const date = new Date(ts);
    const month = date.toLocaleString('en-US', { month: 'short' });
    expect(text.startsWith(`<134>${month} ${String(date.getDate()).padStart(2)} `)).toBe(true);
    expect(text.endsWith(` bad_host_ openspp-audit[7]: ${line}`)).toBe(true);
    expect(readDatagram('3164')).toMatch(
      /^<134>[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \S+ openspp-audit\[\d+\]: \{/,
    );
  });
});

/** What rsyslog forwarded of the module's. */
function readDatagram(format: string): string {
  return readFileSync(join(import.meta.dirname, `../../fixtures/syslog/datagram-${format}.txt`), 'utf8');
}

describe('over UDP', () => {
  test.each([
    ['127.0.0.1', 'udp4', true],
    ['::1', 'udp6', hasSix],
  ] as const)('to %s', async (host, family, isThere) => {
    if (!isThere) return;
    const server = createSocket(family);
    const texts: string[] = [];
    server.on('message', (message) => texts.push(message.toString('utf8')));
    server.bind(0, host);
    await once(server, 'listening');
    toClose.push(() => server.close());
    const backend = open({ host, port: server.address().port });
    await writeAll(backend, 1, 50);
    await expect.poll(() => texts.length).toBe(50);
    expect(texts).toEqual(upTo(50).map((seq) => writeSyslogMessage(makeEntry(seq), '5424')));
  });

  test('an entry that no datagram can hold is counted, said, and told', async () => {
    const server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    toClose.push(() => server.close());
    const backend = open({ port: server.address().port });
    const told: Loss[] = [];
    backend.onLoss?.(async (loss) => void told.push(loss));
    await expect(backend.write(makeEntry(1, 1, { note: 'x'.repeat(70_000) }))).rejects.toThrow('datagram');
    expect(backend.state()).toMatchObject({
      lost: 1,
      outage: { message: expect.stringContaining('datagram') },
    });
    await backend.write(makeEntry(2));
    expect(backend.state()).toEqual({ name: 'syslog', written: 1, lost: 1, waiting: 0 });
    expect(told).toMatchObject([{ count: 1, first: { seq: 1 }, last: { seq: 1 } }]);
  });

  test.skipIf(process.platform !== 'linux')('to a port where nobody listens is not confirmed', async () => {
    const server = createSocket('udp4').bind(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    await new Promise<void>((done) => server.close(() => done()));
    const backend = open({ port });
    const entry = makeEntry(1);
    await backend.write(entry);
    await expect(backend.confirm(entry, 5_000)).rejects.toThrow('ECONNREFUSED');
  });

  test('to a host that has no address', async () => {
    const backend = open({ host: 'host.invalid', port: 514 });
    await expect(backend.write(makeEntry(1))).rejects.toThrow('host.invalid');
  });
});

describe('over TCP', () => {
  test('messages are counted', async () => {
    const server = await listen(createServer());
    const backend = open({ port: server.port, transport: 'tcp' });
    const entries = [makeEntry(1, 1, { name: 'é 😀' }), makeEntry(2)];
    await Promise.all(entries.map((entry) => backend.write(entry)));
    const messages = entries.map((entry) => writeSyslogMessage(entry, '5424'));
    const expected = messages.map((text) => `${Buffer.byteLength(text)} ${text}`).join('');
    await expect.poll(() => server.text).toBe(expected);
  });

  test('or lines', async () => {
    const server = await listen(createServer());
    const backend = open({ port: server.port, transport: 'tcp', framing: 'lines', format: '3164' });
    await writeAll(backend, 1, 2);
    const expected = [1, 2].map((seq) => `${writeSyslogMessage(makeEntry(seq), '3164')}\n`).join('');
    await expect.poll(() => server.text).toBe(expected);
  });

  test('what waits for a connection is sent when there is one', async () => {
    const first = await listen(createServer());
    await first.close();
    const backend = open({ port: first.port, transport: 'tcp' });
    const written = writeAll(backend, 1, 100);
    await expect.poll(() => backend.state().outage?.message).toContain('ECONNREFUSED');
    expect(backend.state()).toMatchObject({ waiting: 100, lost: 0 });
    const second = await listen(createServer(), first.port);
    await written;
    await expect.poll(() => readSeqs(second.text)).toEqual(upTo(100));
    // A server that restarts between two entries.
    await second.close();
    const third = await listen(createServer(), first.port);
    await expect
      .poll(async () => {
        await backend.write(makeEntry(101));
        return third.text;
      })
      .toContain('"seq": 101');
  });

  test('what waits is bounded; what is beyond is lost, counted, and told', async () => {
    const first = await listen(createServer());
    await first.close();
    const backend = open({ port: first.port, transport: 'tcp', maxBytes: 1_000 });
    const told: Loss[] = [];
    backend.onLoss?.(async (loss) => void told.push(loss));
    const results = Promise.allSettled(upTo(10).map((seq) => backend.write(makeEntry(seq))));
    const second = await listen(createServer(), first.port);
    const taken = (await results).filter(({ status }) => status === 'fulfilled').length;
    expect(taken).toBeGreaterThan(0);
    expect(backend.state()).toMatchObject({ written: taken, lost: 10 - taken, waiting: 0 });
    expect(told).toMatchObject([{ count: 10 - taken, first: { seq: taken + 1 }, last: { seq: 10 } }]);
    await expect.poll(() => readSeqs(second.text)).toEqual(upTo(taken));
  });

  test('close gives up after its deadline', async () => {
    const first = await listen(createServer());
    await first.close();
    const backend = open({ port: first.port, transport: 'tcp' });
    const written = backend.write(makeEntry(1));
    await Promise.all([backend.close(10), expect(written).rejects.toThrow('closed')]);
    expect(backend.state()).toMatchObject({ lost: 1, waiting: 0 });
  });
});

describe.skipIf(!hasOpenssl)('over TLS', () => {
  async function listenSafely(name: string) {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`, '-days', '2'];
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    execFileSync('openssl', ['req', '-x509', ...curve, ...subject, '-keyout', key, '-out', cert], {
      stdio: 'pipe',
    });
    const server = await listen(createTlsServer({ key: readFileSync(key), cert: readFileSync(cert) }));
    return { ...server, server, cert };
  }

  test('a server is trusted by its authority and its name', async () => {
    const { server, port, cert } = await listenSafely('audit.example.org');
    const backend = open({ port, transport: 'tls', caFile: cert, serverName: 'audit.example.org' });
    await writeAll(backend, 1, 20);
    await expect.poll(() => readSeqs(server.text)).toEqual(upTo(20));
  });

  test.each([
    ['of another name', { serverName: 'other.example.org' }, true, /altname|does not match/i],
    ['of an unknown authority', { serverName: 'audit.example.org' }, false, /self.signed/i],
  ])('a server %s gets nothing', async (_, options, isTrusted, message) => {
    const { server, port, cert } = await listenSafely('audit.example.org');
    const backend = open({ port, transport: 'tls', ...options, ...(isTrusted ? { caFile: cert } : {}) });
    const written = backend.write(makeEntry(1));
    await expect.poll(() => backend.state().outage?.message).toMatch(message);
    expect(server.text).toBe('');
    await Promise.all([backend.close(0), expect(written).rejects.toThrow()]);
  });

  test('a missing file of certificates is said', async () => {
    const backend = open({ port: 1, transport: 'tls', caFile: join(folder, 'none.pem') });
    const written = backend.write(makeEntry(1));
    await expect.poll(() => backend.state().outage?.message).toContain('none.pem');
    await Promise.all([backend.close(0), expect(written).rejects.toThrow()]);
  });
});

describe.skipIf(!existsSync(RSYSLOGD))('to rsyslog', () => {
  test.each([
    ['udp', '5424', 'octets'],
    ['udp', '3164', 'octets'],
    ['tcp', '5424', 'octets'],
    ['tcp', '3164', 'lines'],
  ] as const)('over %s in the format of RFC %s, framed by %s', async (transport, format, framing) => {
    const port = await findFreePort();
    const [out, config] = [join(folder, 'out.log'), join(folder, 'rsyslog.conf')];
    writeFileSync(
      config,
      `global(workDirectory="${folder}" maxMessageSize="64k" net.enableDNS="off")
module(load="im${transport}")
template(name="parts" type="string" string="%syslogpriority-text%|%syslogfacility-text%|%hostname%|%programname%|%procid%|%msg%\\n")
input(type="im${transport}" port="${port}")
action(type="omfile" file="${out}" template="parts")
`,
    );
    const rsyslog = spawn(RSYSLOGD, ['-n', '-f', config, '-i', join(folder, 'pid')], { stdio: 'inherit' });
    toClose.push(async () => {
      rsyslog.kill('SIGKILL');
      await once(rsyslog, 'exit');
    });
    const backend = open({ port, transport, format, framing });
    const big = makeEntry(2, 2, { note: `é${'x'.repeat(20_000)}` });
    const readLines = () => (existsSync(out) ? readFileSync(out, 'utf8').trimEnd().split('\n') : []);
    // rsyslog says nothing when it listens: until it answers, datagrams are lost.
    await expect
      .poll(
        async () => {
          await backend.write(makeEntry(1)).catch(() => {});
          return readLines().some((line) => line.includes('"seq": 1,'));
        },
        { timeout: 20_000 },
      )
      .toBe(true);
    await backend.write(big);
    await expect.poll(() => readLines().at(-1)).toContain('"seq": 2,');
    const [severity, facility, host, program, pid, ...message] = readLines().at(-1)?.split('|') ?? [];
    expect([severity, facility, host, program, pid]).toEqual([
      'info',
      'local0',
      'host-1',
      'openspp-audit',
      String(process.pid),
    ]);
    expect(message.join('|').trim()).toBe(big.line);
  });
});

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}
