/** Signing in over real HTTP: who is let in, how long, and what of it is told. */
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { CSRF_HEADER } from '../../src/contract/account.ts';
import { ReceiverSettings } from '../../src/contract/receiver.ts';
import { readTls } from '../../src/receiver/tls/read-tls.ts';
import {
  type Instance,
  type InstanceOptions,
  PASSWORD,
  serveInstance,
  Visitor,
  visit,
} from './served-instance.ts';

let open: Instance[] = [];
afterEach(async () => {
  for (const instance of open) {
    expect(instance.faults).toEqual([]);
    await instance.close();
  }
  open = [];
});

async function serve(options?: InstanceOptions): Promise<Instance> {
  const instance = await serveInstance(options);
  open.push(instance);
  return instance;
}

const readLog = ({ directory }: Instance) =>
  readFileSync(join(directory, 'data', 'audit', 'audit.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ model }) => model !== 'unbroken.app' && model !== 'unbroken.source');

test('whoever signs in is seen as they are, and leaves', async () => {
  const instance = await serve({ people: { uma: 'user' } });
  const visitor = new Visitor(instance.origin);
  expect(await visitor.see()).toEqual({ account: null, csrf: null });
  const response = await visitor.signIn(' Uma ');
  const [set = ''] = response.headers.getSetCookie();
  expect(set).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/);
  expect(await visitor.see()).toMatchObject({ account: { name: 'uma', group: 'user' } });
  expect(await visitor.call('app.info', {})).toMatchObject({
    value: { account: { name: 'uma', group: 'user' }, ownLog: null },
  });
  const left = visitor.cookie;
  expect((await visitor.send('/api/session', { method: 'DELETE' })).status).toBe(200);
  visitor.cookie = left;
  expect((await visitor.send('/api/call/app.info', { json: {} })).status).toBe(401);
  expect(readLog(instance)).toMatchObject([
    { model: 'unbroken.session', action: 'sign-in', user_login: 'uma', outcome: 'done' },
    { model: 'unbroken.session', action: 'sign-out', user_login: 'uma', outcome: 'done' },
  ]);
});

test('a wrong password and a name that nobody has are answered alike, and told of nobody', async () => {
  const instance = await serve({ people: { uma: 'user' } });
  const answers: [number, unknown][] = [];
  for (const [name, password] of [
    ['uma', `${PASSWORD}!`],
    ['nobody', PASSWORD],
  ] as const) {
    const response = await new Visitor(instance.origin).send('/api/session', { json: { name, password } });
    answers.push([response.status, await response.json()]);
    expect(response.headers.getSetCookie()).toEqual([]);
  }
  expect(answers[0]).toEqual(answers[1]);
  expect(answers[0]).toMatchObject([401, { failure: { code: 'sign-in-refused' } }]);
  expect(readLog(instance)).toMatchObject([
    { action: 'sign-in', res_id: 'uma', user_login: '-', outcome: 'sign-in-refused' },
    { action: 'sign-in', res_id: 'nobody', user_login: '-', outcome: 'sign-in-refused' },
  ]);
});

test('guesses are counted, and whoever was here before is let in meanwhile', async () => {
  const { origin } = await serve({ people: { uma: 'user', mona: 'manager' } });
  await visit(origin, 'uma');
  const guess = () =>
    new Visitor(origin).send('/api/session', { json: { name: 'mona', password: 'a guess' } });
  const answers = await Promise.all(Array.from({ length: 12 }, guess));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused.length).toBeGreaterThanOrEqual(1);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await refused[0]?.json()).toMatchObject({ failure: { code: 'too-many-attempts' } });
  await visit(origin, 'uma');
});

const changes: [what: string, change: (instance: Instance) => unknown][] = [
  ['another password', ({ accounts }) => accounts.setPassword('uma', 'quite another password')],
  ['another group', ({ accounts }) => accounts.setGroup('uma', 'manager')],
  ['removal', ({ accounts }) => accounts.remove('uma')],
];
test.each(changes)('%s ends the sessions of an account, and no other', async (_what, change) => {
  const instance = await serve({ people: { uma: 'user', mona: 'manager' } });
  const [uma, mona] = [await visit(instance.origin, 'uma'), await visit(instance.origin, 'mona')];
  await change(instance);
  expect((await uma.send('/api/call/app.info', { json: {} })).status).toBe(401);
  expect(await mona.call('app.info', {})).toMatchObject({ ok: true });
});

test('a page that listens is left when its session ends', async () => {
  const instance = await serve({ people: { uma: 'user' } });
  const [uma, other] = [await visit(instance.origin, 'uma'), await visit(instance.origin, 'uma')];
  const heard = (await uma.send('/api/events')).text();
  await instance.accounts.setPassword('uma', 'quite another password');
  await uma.send('/api/session');
  // Whoever is told something is asked first.
  instance.accounts.setGroup('uma', 'user');
  await instance.host.call(
    'preferences.change',
    { scheme: 'dark' },
    { group: 'user', account: 'uma', session: 'x' },
  );
  expect(await heard).toBe(': open\n\n');
  expect((await other.send('/api/call/app.info', { json: {} })).status).toBe(401);
});

const forged: [what: string, init: RequestInit, status: number][] = [
  ['without what its page was told', { headers: { 'x-csrf-token': '' } }, 403],
  ['with what another page was told', { headers: { 'x-csrf-token': 'aaaaaaaa-bbbbbbbbbbbb' } }, 403],
  ['from another site', { headers: { origin: 'https://evil.example' } }, 403],
  ['without a cookie', { headers: { cookie: '' } }, 401],
  ['with a cookie of its own making', { headers: { cookie: 'unbroken=abc.def' } }, 401],
  ['with a token that there is not', { headers: { authorization: 'Bearer abc' } }, 401],
  ['with another kind of authorization', { headers: { authorization: 'Basic dW1hOng=' } }, 401],
];
test('a call that is not its page’s own is refused', async () => {
  const { origin } = await serve({ people: { uma: 'user' } });
  const { cookie, csrf } = await visit(origin, 'uma');
  for (const [what, init, status] of forged) {
    const visitor = Object.assign(new Visitor(origin), { cookie, csrf });
    expect((await visitor.send('/api/call/app.info', { json: {}, ...init })).status, what).toBe(status);
  }
});

test('a token is good until it is revoked, and is no cookie', async () => {
  const instance = await serve({ people: { uma: 'user' } });
  const value = instance.accounts.addToken('ci', 'user');
  const ask = () =>
    fetch(`${instance.origin}/api/call/app.info`, {
      method: 'POST',
      headers: { authorization: `Bearer ${value}`, 'content-type': 'application/json' },
      body: '{}',
    });
  const answer = await ask();
  expect(await answer.json()).toMatchObject({ value: { account: { name: 'token+ci', group: 'user' } } });
  expect(answer.headers.getSetCookie()).toEqual([]);
  expect(readFileSync(join(instance.directory, 'accounts', 'accounts.json'), 'utf8')).not.toContain(value);
  instance.accounts.removeToken('ci');
  expect((await ask()).status).toBe(401);
});

test('the first link makes one manager, and works once', async () => {
  const { origin, accounts, firstToken: token } = await serve();
  const make = (name: string, given = token) =>
    new Visitor(origin).send('/api/first-account', { json: { token: given, name, password: PASSWORD } });
  expect((await make('mona', 'x'.repeat(43))).status).toBe(400);
  const answers = await Promise.all([make('mona'), make('mallory')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  expect(accounts.accounts().map(({ group }) => group)).toEqual(['manager']);
  const later = await make('mallory');
  expect(await later.json()).toMatchObject({ failure: { code: 'link-used' } });
});

test('where there are accounts no first link is made', async () => {
  expect((await serve({ people: { uma: 'user' } })).firstToken).toBeUndefined();
});

test('over TLS the cookie is for TLS alone', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'unbroken-tls-'));
  const tls = await readTls(ReceiverSettings.parse({}).tls, directory, () => {});
  const { origin } = await serve({ people: { uma: 'user' }, tls });
  const ca = readFileSync(tls.caFile ?? '');
  const headers = { 'content-type': 'application/json', origin };
  const asked = request(`${origin}/api/session`, { method: 'POST', ca, headers });
  asked.end(JSON.stringify({ name: 'uma', password: PASSWORD }));
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  response.resume();
  expect(response.statusCode).toBe(200);
  expect(response.headers['set-cookie']?.[0]).toMatch(/^__Host-unbroken=.*; Secure; SameSite=Strict$/);
  rmSync(directory, { recursive: true });
});

test('accounts that cannot be read let nobody in, and end nothing else', async () => {
  const { origin, directory, faults } = await serve({ people: { uma: 'user' } });
  const uma = await visit(origin, 'uma');
  writeFileSync(join(directory, 'accounts', 'accounts.json'), 'damaged');
  expect((await uma.send('/api/call/app.info', { json: {} })).status).toBe(500);
  expect((await new Visitor(origin).signIn('uma')).status).toBe(500);
  expect(faults).toEqual([]);
});

test('behind a proxy its origin counts, and its word for HTTPS', async () => {
  const proxyOrigin = 'https://audit.example.org';
  const { origin } = await serve({ people: { uma: 'user' }, proxyOrigin });
  const visitor = new Visitor(origin);
  const post = (headers: Record<string, string>) =>
    visitor.send('/api/session', { json: { name: 'uma', password: PASSWORD }, headers });
  expect((await post({ origin })).status).toBe(403);
  expect((await post({ origin: proxyOrigin })).status).toBe(400);
  const response = await post({ origin: proxyOrigin, 'x-forwarded-proto': 'https' });
  expect(response.status).toBe(200);
  expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-unbroken=.*; Secure; SameSite=Strict$/);
});

test('whoever asks a proxy from a private network cannot say that they are others', async () => {
  const { origin } = await serve({ people: { uma: 'user' }, proxyOrigin: 'https://audit.example.org' });
  const guess = async (n: number, asker: string): Promise<number> => {
    const headers = { authorization: 'Bearer wrong', 'x-forwarded-for': `203.0.113.${n}, ${asker}` };
    return (await new Visitor(origin).send('/api/call/app.info', { json: {}, headers })).status;
  };
  for (let n = 0; n < 10; n++) expect(await guess(n, '10.0.0.5')).toBe(401);
  expect(await guess(10, '10.0.0.5')).toBe(429);
  expect(await guess(11, '10.0.0.6')).toBe(401);
});

test('whoever loses their account while their call is under way has not made it', async () => {
  const { origin, accounts } = await serve({ people: { mo: 'manager' } });
  const mo = await visit(origin, 'mo');
  const { hostname, port } = new URL(origin);
  const sent = requestPlain({
    ...{ hostname, port, path: '/api/call/filters.save', method: 'POST' },
    headers: { cookie: mo.cookie, [CSRF_HEADER]: mo.csrf, 'content-type': 'application/json' },
  });
  sent.write('{');
  // The server has read its headers when it has answered what was sent later.
  await mo.see();
  await mo.see();
  accounts.remove('mo');
  const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
  sent.end('}');
  const [response] = await answered;
  response.resume();
  expect(response.statusCode).toBe(401);
});
