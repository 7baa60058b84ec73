/** The doctor against real files, real sockets on loopback, and receivers that behave badly. */
import { createSocket } from 'node:dgram';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DoctorOptions, hasFailed, runDoctor } from '../../src/config/doctor/run-doctor.ts';
import { nameKey } from '../../src/config/layers.ts';
import { resolveSettings } from '../../src/config/resolve-settings.ts';
import type { DoctorCheckName } from '../../src/contract/doctor.ts';
import type { SettingKey } from '../../src/contract/setting.ts';
import { makeTestCertificate } from '../receiver/tls/make-certificate.ts';

let directory: string;
const closing: (() => void)[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-doctor-'));
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
  rmSync(directory, { recursive: true, force: true });
});

type Said = Partial<Record<SettingKey, string>>;

async function examine(said: Said, options: Partial<DoctorOptions> = {}) {
  const environment = Object.fromEntries(
    Object.entries({ state_path: join(directory, 'state'), ...said }).map(([key, text]) => [
      nameKey(key).environment,
      text,
    ]),
  );
  const settings = resolveSettings({ environment, machine: { platform: process.platform } });
  const report = await runDoctor({ owner: 'openspp', settings, sendTestEntry: false, ...options });
  const find = (check: DoctorCheckName) => report.results.find((result) => result.check === check);
  return { report, find, code: (check: DoctorCheckName) => find(check)?.code };
}

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/audit`;
}

describe('settings and backends', () => {
  test('as they are by default, changes to auditing are not protected', async () => {
    const { report, code } = await examine({});
    expect([code('settings'), code('backends')]).toEqual(['settings-sound', 'backends-database-only']);
    expect(hasFailed(report)).toBe(false);
  });

  test.each([
    [{ backend_db: 'false' }, 'backends', 'backends-none', true],
    [{ backend_syslog: 'true' }, 'backends', 'backends-on', false],
    [{ syslog_port: 'x' }, 'settings', 'settings-bad', true],
    [{ backend_file: 'yess' }, 'file-path', 'backend-off', true],
    [{ backend_file: 'true', file_path: '' }, 'file-path', 'no-value', true],
  ] as const)('%j: %s is %s', async (said, check, expected, failed) => {
    const { report, code } = await examine(said);
    expect(code(check)).toBe(expected);
    expect(hasFailed(report)).toBe(failed);
  });
});

describe('the file', () => {
  test.each([
    ['there', 'audit.jsonl', 'file-there', 'writable'],
    ['to come', 'other.jsonl', 'file-to-come', 'writable'],
    ['a directory, as the real module has it', 'days', 'file-is-directory', 'writable'],
    ['nowhere', join('none', 'audit.jsonl'), 'file-no-directory', 'writable'],
    ['below a file', join('audit.jsonl', 'x'), 'file-no-directory', 'writable'],
  ])('%s', async (_, name, place, writable) => {
    writeFileSync(join(directory, 'audit.jsonl'), '');
    mkdirSync(join(directory, 'days'));
    const before = readdirSync(directory);
    const { code } = await examine({ backend_file: 'true', file_path: join(directory, name) });
    expect([code('file-path'), code('file-writable')]).toEqual([place, writable]);
    // Looking writes nothing.
    expect(readdirSync(directory)).toEqual(before);
  });

  test('room is told in megabytes', async () => {
    const { find } = await examine({ backend_file: 'true', file_path: join(directory, 'a.jsonl') });
    expect(find('file-room')?.facts['megabytes']).toBeGreaterThanOrEqual(0);
  });

  const now = new Date().toISOString();
  const outage = { pid: 1, since: now, failures: 3, lost: 2, message: 'ENOSPC' };
  test.each([
    ['lasting', { outages: [{ ...outage, until: null }] }, 'errors-now'],
    ['over', { outages: [{ ...outage, until: now }] }, 'errors-past'],
    [
      'lasting in one process, over in another',
      {
        outages: [
          { ...outage, until: null },
          { ...outage, until: now },
        ],
      },
      'errors-now',
    ],
    ['long over', { outages: [{ ...outage, until: '2020-01-01T00:00:00.000Z' }] }, 'errors-none'],
    ['none', { outages: [] }, 'errors-none'],
    ['no outages at all', { other: 1 }, 'errors-unknown'],
  ])('errors of late: %s', async (_, status, expected) => {
    mkdirSync(join(directory, 'state'));
    writeFileSync(join(directory, 'state', 'file.status.json'), JSON.stringify(status));
    const { code } = await examine({ backend_file: 'true', file_path: join(directory, 'a.jsonl') });
    expect(code('file-errors')).toBe(expected);
  });

  test('the database tells of its errors too, where it is enabled', async () => {
    mkdirSync(join(directory, 'state'));
    const status = { outages: [{ ...outage, until: null, message: 'SQLITE_FULL' }] };
    writeFileSync(join(directory, 'state', 'database.status.json'), JSON.stringify(status));
    const { find, report } = await examine({});
    expect(find('database-errors')).toMatchObject({
      ...{ state: 'bad', code: 'errors-now', facts: { message: 'SQLITE_FULL', lost: 2 } },
    });
    expect(hasFailed(report)).toBe(true);
    expect((await examine({ backend_db: 'false' })).code('database-errors')).toBe('backend-off');
  });

  test('errors of late: a file that is no JSON, and no file', async () => {
    const said = { backend_file: 'true', file_path: join(directory, 'a.jsonl') };
    expect((await examine(said)).code('file-errors')).toBe('errors-unknown');
    mkdirSync(join(directory, 'state'));
    writeFileSync(join(directory, 'state', 'file.status.json'), '{"outages": [');
    expect((await examine(said)).code('file-errors')).toBe('errors-unknown');
  });
});

describe('the endpoint', () => {
  test.each([
    [200, 'accepted'],
    [204, 'accepted'],
    [302, 'redirected'],
    [401, 'refused'],
    [403, 'refused'],
    [500, 'answered-badly'],
  ])('answers %i: %s', async (status, expected) => {
    const got: { url: string | undefined; authorization: string | undefined; body: string }[] = [];
    const http_url = await listen((request, response) => {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        got.push({ url: request.url, authorization: request.headers.authorization, body });
        response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
      });
    });
    const said = { backend_http: 'true', http_url, http_auth_header: 'Bearer s3cr3t' };
    const silent = await examine(said);
    expect([silent.code('http-reachable'), silent.code('http-accepted')]).toEqual(['reached', 'not-sent']);
    expect(got).toEqual([]);
    const { code, report } = await examine(said, { sendTestEntry: true });
    expect(code('http-accepted')).toBe(expected);
    expect(got).toHaveLength(1);
    expect(got[0]).toMatchObject({ url: '/audit', authorization: 'Bearer s3cr3t' });
    expect(JSON.parse(got[0]?.body ?? '')).toMatchObject({
      node: 'unbroken-doctor',
      action: 'test',
      test: true,
    });
    expect(JSON.stringify(report)).not.toContain('s3cr3t');
  });

  test('accepts and says nothing', async () => {
    const http_url = await listen(() => {});
    const { code } = await examine(
      { backend_http: 'true', http_url, http_timeout: '1' },
      { sendTestEntry: true },
    );
    expect([code('http-reachable'), code('http-accepted')]).toEqual(['reached', 'unanswered']);
  });

  test('HTTPS is trusted by the file that is named', async () => {
    const { cert, key, file } = await makeTestCertificate(directory, 'localhost');
    const server = createTlsServer({ cert, key }, (_, response) => response.writeHead(204).end());
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing.push(() => server.close());
    const http_url = `https://localhost:${(server.address() as AddressInfo).port}/audit`;
    const said = { backend_http: 'true', http_url };
    const options = { sendTestEntry: true };
    const codes = async (more: Said): Promise<unknown[]> => {
      const { code } = await examine({ ...said, ...more }, options);
      return [code('http-reachable'), code('http-accepted')];
    };
    expect(await codes({})).toEqual(['unreachable', 'not-sent']);
    expect(await codes({ http_ca_file: file })).toEqual(['reached', 'accepted']);
  });

  test('is not there', async () => {
    const http_url = await listen(() => {});
    for (const close of closing.splice(0)) close();
    const { find } = await examine({ backend_http: 'true', http_url });
    expect(find('http-reachable')).toMatchObject({ code: 'unreachable', state: 'bad' });
  });

  test.each([
    ['', 'header-none'],
    ['Bearer abc', 'header-sound'],
    ['Basic dXNlcjpwYXNz', 'header-sound'],
    ['dXNlcjpwYXNz', 'header-no-scheme'],
    ['Bearer ', 'header-no-scheme'],
    ['Bearer é', 'no-value'],
  ])('the header %j: %s', async (http_auth_header, expected) => {
    const http_url = await listen(() => {});
    expect((await examine({ backend_http: 'true', http_url, http_auth_header })).code('http-header')).toBe(
      expected,
    );
  });

  test('no address is no backend', async () => {
    expect((await examine({ backend_http: 'true' })).code('http-url')).toBe('url-missing');
  });
});

describe('syslog', () => {
  const on = (port: number, transport: string): Said => ({
    backend_syslog: 'true',
    syslog_host: '127.0.0.1',
    syslog_port: String(port),
    syslog_transport: transport,
  });

  test('TCP answers, and answers no TLS', async () => {
    const server = createTcpServer((socket) =>
      socket.on('error', () => {}).on('data', () => socket.end('no')),
    );
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect((await examine(on(port, 'tcp'))).code('syslog-reachable')).toBe('reached');
    expect((await examine(on(port, 'tls'))).code('syslog-reachable')).toBe('unreachable');
    const missing = await examine({ ...on(port, 'tls'), syslog_ca_file: join(directory, 'none.pem') });
    expect(missing.find('syslog-reachable')?.facts['message']).toContain('ENOENT');
  });

  test('UDP is silent; a test entry arrives', async () => {
    const socket = createSocket('udp4');
    const arrived = new Promise<string>((done) => socket.once('message', (bytes) => done(String(bytes))));
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done));
    closing.push(() => socket.close());
    const said = on(socket.address().port, 'udp');
    expect((await examine(said)).code('syslog-reachable')).toBe('udp-silent');
    expect((await examine(said, { sendTestEntry: true })).code('syslog-reachable')).toBe('udp-sent');
    expect(await arrived).toMatch(
      /^<134>1 \S+Z \S+ openspp-audit \d+ - - {2}\{"seq":1,.*"node":"unbroken-doctor"/,
    );
  });
});

describe('rules', () => {
  const rule = (model: string, active: boolean, write: boolean) => ({
    model,
    active,
    log: { write } as never,
  });
  const models = new Set(['res.partner']);
  test.each([
    ['not known', undefined, { 'rules-active': 'rules-unknown' }],
    ['none', [], { 'rules-active': 'rules-none' }],
    ['all off', [rule('res.partner', false, true)], { 'rules-active': 'rules-all-off' }],
    [
      'sound',
      [rule('res.partner', true, true)],
      { 'rule-models': 'models-known', 'rule-actions': 'actions-set' },
    ],
    ['of a strange model', [rule('res.partnr', true, true)], { 'rule-models': 'models-strange' }],
    ['recording nothing', [rule('res.partner', true, false)], { 'rule-actions': 'actions-none' }],
  ])('%s', async (_, rules, expected) => {
    const { code } = await examine({}, { rules, models });
    for (const [check, found] of Object.entries(expected)) expect(code(check as DoctorCheckName)).toBe(found);
  });

  test.each([
    ['', models, 'mandatory-none'],
    ['res.partner', models, 'models-known'],
    ['RES.PARTNER', models, 'models-strange'],
    ['res.partner', undefined, 'models-unknown'],
    ['a;b', models, 'no-value'],
  ])('mandatory models %j: %s', async (mandatory_models, known, expected) => {
    expect((await examine({ mandatory_models }, { models: known })).code('mandatory-models')).toBe(expected);
  });
});
