/** Every call against both groups over real HTTP, as people with a session and as programs with a token make it. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CallName, calls } from '../../src/contract/api.ts';
import type { Group } from '../../src/contract/group.ts';
import { FOR_MANAGERS } from './not-for-users.ts';
import { type Instance, serveInstance, type Visitor, visit } from './served-instance.ts';

let instance: Instance;
const asked: { how: string; group: Group; post: (name: string) => Promise<Response> }[] = [];
const NO_INPUT = { nothing: 'fits' };

beforeAll(async () => {
  instance = await serveInstance({ people: { mona: 'manager', uma: 'user' } });
  const bySession = (visitor: Visitor) => (name: string) =>
    visitor.send(`/api/call/${name}`, { json: NO_INPUT });
  const byToken = (token: string) => (name: string) =>
    fetch(`${instance.origin}/api/call/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(NO_INPUT),
    });
  for (const [group, name] of [
    ['manager', 'mona'],
    ['user', 'uma'],
  ] as const) {
    asked.push({ how: 'a session', group, post: bySession(await visit(instance.origin, name)) });
    asked.push({ how: 'a token', group, post: byToken(instance.accounts.addToken(group, group)) });
  }
});
afterAll(() => instance.close());

test.each(Object.keys(calls) as CallName[])('%s', async (name) => {
  for (const { how, group, post } of asked) {
    const response = await post(name);
    const code = group === 'user' && FOR_MANAGERS.includes(name) ? 'not-allowed' : 'bad-request';
    expect(await response.json(), `${group} by ${how}`).toMatchObject({ ok: false, failure: { code } });
  }
  const nobody = await fetch(`${instance.origin}/api/call/${name}`, { method: 'POST' });
  expect(nobody.status).toBe(401);
});
