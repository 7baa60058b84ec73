/** People change their own password over real HTTP: with the old one, and for nobody else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Instance, PASSWORD, serveInstance, Visitor, visit } from './served-instance.ts';

const NEW = 'other words that are new';

let instance: Instance;
beforeEach(async () => {
  instance = await serveInstance({ people: { mona: 'manager', uma: 'user' } });
});
afterEach(() => instance.close());

const change = (visitor: Visitor, old: string, password: string) =>
  visitor.call('account.changePassword', { old, password });
const isIn = async (visitor: Visitor) => (await visitor.call('app.info', {})).ok;

test.each(['mona', 'uma'])('%s: this session goes on, the others of the account end', async (name) => {
  const [here, there] = [await visit(instance.origin, name), await visit(instance.origin, name)];
  const other = await visit(instance.origin, name === 'uma' ? 'mona' : 'uma');
  expect(await change(here, PASSWORD, NEW)).toEqual({ ok: true, value: {} });
  expect([await isIn(here), await isIn(there), await isIn(other)]).toEqual([true, false, true]);
  // It goes on for longer than one call.
  expect(await isIn(here)).toBe(true);
  const later = new Visitor(instance.origin);
  expect([(await later.signIn(name)).status, (await later.signIn(name, NEW)).status]).toEqual([401, 200]);
  const log = readFileSync(join(instance.directory, 'data', 'audit', 'audit.jsonl'), 'utf8');
  const told = log.split('\n').filter((line) => line.includes('"phase"'));
  expect(told.map((line) => JSON.parse(line))).toMatchObject([
    { res_id: name, user_login: name, phase: 'intent' },
    { res_id: name, user_login: name },
  ]);
  for (const secret of [PASSWORD, NEW]) expect(log).not.toContain(secret);
});

test('calls that are under way meanwhile are answered', async () => {
  const here = await visit(instance.origin, 'uma');
  const asked = change(here, PASSWORD, NEW);
  const others = await Promise.all(Array.from({ length: 20 }, () => isIn(here)));
  expect(await asked).toMatchObject({ ok: true });
  expect(new Set([...others, await isIn(here)])).toEqual(new Set([true]));
});

test('a wrong old password changes nothing, is told, and is counted as a guess', async () => {
  const here = await visit(instance.origin, 'uma');
  const codes = new Set<string>();
  // Whoever signed in from here before has more tries than a stranger, and not for ever.
  for (let i = 0; i < 25; i++) {
    const reply = await change(here, `${NEW} ${i}`, NEW);
    codes.add(reply.ok ? 'ok' : reply.failure.code);
  }
  expect([...codes]).toEqual(['sign-in-refused', 'too-many-attempts']);
  expect(await isIn(here)).toBe(true);
  const log = readFileSync(join(instance.directory, 'data', 'audit', 'audit.jsonl'), 'utf8');
  expect(log).toMatch(/"action": "change-password".*"outcome": "sign-in-refused"/);
});

test('too short a password is none', async () => {
  const here = await visit(instance.origin, 'uma');
  expect(await change(here, PASSWORD, 'short')).toMatchObject({ failure: { code: 'bad-request' } });
});

test('neither a token nor whoever is not signed in has one, and no other site can ask', async () => {
  const token = instance.accounts.addToken('reader', 'manager');
  const post = (headers: Readonly<Record<string, string>>) =>
    fetch(`${instance.origin}/api/call/account.changePassword`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ old: PASSWORD, password: NEW }),
    });
  expect(await (await post({ authorization: `Bearer ${token}` })).json()).toMatchObject({
    failure: { code: 'not-available-here' },
  });
  expect((await post({})).status).toBe(401);
  const here = await visit(instance.origin, 'uma');
  // With the cookie, and without what only the page knows.
  expect((await post({ cookie: here.cookie ?? '' })).status).toBe(403);
  expect((await new Visitor(instance.origin).signIn('uma')).status).toBe(200);
});
