import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashPayload } from '../../../src/receiver/spool/spool-line.ts';
import { makeEntry, readSpool, runReceiver, sendRaw, type TestReceiver, VALUE } from '../running-receiver.ts';

const requests = join(import.meta.dirname, '..', '..', 'fixtures', 'http');
const run = promisify(execFile);
let receiver: TestReceiver;

beforeEach(async () => {
  receiver = await runReceiver({
    paths: ['/ingest', '/api/v1/ingest', '/edge', '/s201', '/landed'],
    maxBodyBytes: 100_000,
    maxDecompressedBytes: 200_000,
    maxBatchEntries: 50,
  });
});

afterEach(() => receiver.close());

function post(body: string | Buffer, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${receiver.url}/ingest`, {
    method: 'POST',
    body: typeof body === 'string' ? body : new Uint8Array(body),
    headers: { authorization: VALUE, 'content-type': 'application/json', ...headers },
    redirect: 'error',
  });
}

test('the captured requests get receipts, byte for byte', async () => {
  receiver.book.add('other', 'ApiKey abc');
  receiver.book.addByAddress('by-address', ['127.0.0.0/8']);
  await receiver.restart();
  const statuses: Record<string, number> = {};
  for (const name of readdirSync(requests).filter((file) => file.endsWith('.http'))) {
    const request = readFileSync(join(requests, name));
    const answer = await sendRaw(receiver.port, request);
    statuses[name] = Number(answer.slice(9, 12));
    if (!answer.startsWith('HTTP/1.1 200')) continue;
    const payload = request.subarray(request.indexOf('\r\n\r\n') + 4);
    expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({
      sha256: hashPayload(payload),
    });
  }
  expect(statuses).toEqual({
    '0001-ingest.http': 200,
    '0040-ingest.http': 200,
    '0054-ingest.http': 200,
    '0057-s201.http': 200,
    '0088-landed.http': 405,
    '0111-edge.http': 200,
    '0127-edge.http': 200,
  });
  const spool = readSpool(receiver.data);
  expect([...spool].map(([sender, lines]) => [sender, lines.length])).toEqual([
    ['by-address', 4],
    ['openspp', 1],
    ['other', 1],
  ]);
});

test('the same again gets its first receipt, also after a restart', async () => {
  const first = await (await post(makeEntry(1))).json();
  await receiver.restart();
  expect(await (await post(makeEntry(1))).json()).toEqual({ ...(first as object), again: true });
});

test('what is no entry is kept, and answered 422 with the reason, each time', async () => {
  const answers = [await post('{"seq": 1'), await post('{"seq": 1')];
  expect(answers.map(({ status }) => status)).toEqual([422, 422]);
  const [first, again] = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[];
  expect(first).toMatchObject({ malformed: { reason: 'torn' }, again: false });
  expect(again?.id).toBe(first?.id);
  expect(readSpool(receiver.data).get('openspp')).toHaveLength(1);
});

describe('batches are answered line by line', () => {
  const read = async (response: Response): Promise<{ status: number; id: string }[]> =>
    (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('NDJSON', async () => {
    const body = `${makeEntry(1)}\r\n\n${makeEntry(2)}\nno entry\n${makeEntry(1)}`;
    const response = await post(body, { 'content-type': 'application/x-ndjson' });
    expect(response.status).toBe(422);
    expect((await read(response)).map(({ status, id }) => [status, id.split('.')[2]])).toEqual([
      [200, '1'],
      [200, '2'],
      [422, '3'],
      [200, '1'],
    ]);
    const lines = readSpool(receiver.data).get('openspp');
    expect(new Set(lines?.map(({ batch }) => batch)).size).toBe(1);
  });

  test.each([
    ['two', `[${makeEntry(1)} ,\n ${makeEntry(2, '],}\\"')}]`, [makeEntry(1), makeEntry(2, '],}\\"')]],
    ['none', ' [ ] ', []],
  ])('an array of %s', async (_, body, payloads) => {
    const response = await post(body);
    expect(response.status).toBe(200);
    const lines = payloads.length === 0 ? [] : readSpool(receiver.data).get('openspp');
    expect(lines?.map(({ payload }) => payload)).toEqual(payloads);
  });

  test.each(['[1', '[1,]', '[,1]', '[{]}', '[1] 2', '["'])(
    '%s is no array, and one payload',
    async (body) => {
      expect((await post(body)).status).toBe(422);
      expect(
        readSpool(receiver.data)
          .get('openspp')
          ?.map(({ payload }) => payload),
      ).toEqual([body]);
    },
  );

  test('more than is allowed', async () => {
    const body = JSON.stringify(Array.from({ length: 51 }, (_, i) => i));
    expect((await post(body)).status).toBe(413);
  });
});

describe('bodies', () => {
  test.each([
    ['gzip', gzipSync(makeEntry(1))],
    ['zstd', zstdCompressSync(makeEntry(1))],
  ])('%s', async (encoding, body) => {
    expect((await post(body, { 'content-encoding': encoding })).status).toBe(200);
    expect(readSpool(receiver.data).get('openspp')?.[0]?.payload).toBe(makeEntry(1));
  });

  test('chunked', async () => {
    const body = new ReadableStream({
      start(controller) {
        for (const piece of makeEntry(1).match(/.{1,7}/g) ?? []) controller.enqueue(Buffer.from(piece));
        controller.close();
      },
    });
    const headers = { authorization: VALUE };
    const response = await fetch(`${receiver.url}/ingest`, {
      method: 'POST',
      body,
      headers,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(200);
  });

  test.each([
    ['too large', Buffer.alloc(100_001, 'x'), {}, 413],
    ['a gzip bomb', gzipSync(Buffer.alloc(5e6)), { 'content-encoding': 'gzip' }, 413],
    ['a zstd bomb', zstdCompressSync(Buffer.alloc(5e6)), { 'content-encoding': 'zstd' }, 413],
    ['damaged gzip', Buffer.from('no gzip'), { 'content-encoding': 'gzip' }, 400],
    ['an unknown encoding', Buffer.from('x'), { 'content-encoding': 'br' }, 415],
    ['an object of ours', Buffer.from('x'), { 'content-encoding': '__proto__' }, 415],
    ['nothing', Buffer.from(' \n'), {}, 400],
    ['a large header', Buffer.from('x'), { 'x-large': 'x'.repeat(20_000) }, 431],
  ])('%s is refused', async (_, body, headers, status) => {
    expect((await post(body, headers)).status).toBe(status);
    expect((await post(makeEntry(1))).status).toBe(200);
    expect(readSpool(receiver.data).get('openspp')).toHaveLength(1);
  });
});

test('nobody without the value, without detail; never a redirect; guessing locks nobody out', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 30; i++) {
    const answer = await post(makeEntry(1), { authorization: `Bearer guess-${i}` });
    statuses.push(answer.status);
    if (i === 0) expect(await answer.json()).toEqual({ error: 'unauthorized' });
    if (i === 29) expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect([...new Set(statuses)]).toEqual([401, 429]);
  expect((await post(makeEntry(1))).status).toBe(200);
  const trailing = await fetch(`${receiver.url}/ingest/`, { method: 'POST', redirect: 'manual' });
  expect(trailing.status).toBe(404);
});

test('a sender that is revoked sends no more, and one that was rotated only with its new value', async () => {
  const value = receiver.book.rotate('openspp');
  await receiver.restart();
  expect((await post(makeEntry(1))).status).toBe(401);
  expect((await post(makeEntry(1), { authorization: value })).status).toBe(200);
  receiver.book.revoke('openspp');
  await receiver.restart();
  expect((await post(makeEntry(2), { authorization: value })).status).toBe(401);
});

test('it says how it is', async () => {
  await post(makeEntry(1));
  await post('no');
  const get = async (path: string) => (await fetch(receiver.url + path)).text();
  expect([await get('/healthz'), await get('/readyz')]).toEqual(['{"status":"ok"}', '{"status":"ok"}']);
  const metrics = await get('/metrics');
  expect(metrics).toContain('unbroken_entries_total{sender="openspp",transport="http",result="kept"} 1\n');
  expect(metrics).toContain(
    'unbroken_entries_total{sender="openspp",transport="http",result="malformed"} 1\n',
  );
});

test.each(['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'])(
  'figures are for this machine alone, also behind a proxy on it that says %s',
  async (name) => {
    const headers = { [name]: name === 'forwarded' ? 'for=192.0.2.1' : '192.0.2.1' };
    expect((await fetch(`${receiver.url}/metrics`, { headers })).status).toBe(404);
    expect((await fetch(`${receiver.url}/healthz`, { headers })).status).toBe(200);
  },
);

test('curl', async () => {
  const args = [
    '-s',
    '-H',
    `Authorization: ${VALUE}`,
    '--data-binary',
    makeEntry(1),
    `${receiver.url}/api/v1/ingest`,
  ];
  expect(JSON.parse((await run('curl', args)).stdout)).toMatchObject({ status: 200, again: false });
});

const hasRequests = await run('python3', ['-c', 'import requests']).then(
  () => true,
  () => false,
);
test.runIf(hasRequests)("Python's requests, as the module calls it (needs python3-requests)", async () => {
  const script = `
import json, requests, sys
print(requests.post(sys.argv[1], json=json.loads(sys.argv[2]), timeout=5,
  headers={"X-OpenSPP-Audit": "1", "Authorization": sys.argv[3]}).status_code)`;
  const { stdout } = await run('python3', ['-c', script, `${receiver.url}/ingest`, makeEntry(1), VALUE]);
  expect(stdout.trim()).toBe('200');
});
