/** Decorated methods are compiled and run in test/trail/package.test.ts; here it is what decoration does to a function. */
import { expect, test } from 'vitest';
import { audited } from '../../src/trail/audit-calls.ts';
import { openTrail } from '../../src/trail/trail.ts';
import { FakeBackend } from './fake-backend.ts';

function open() {
  const file = new FakeBackend();
  const trail = openTrail({ rules: [], backends: [file], node: 'n', onFailure: () => {} });
  return {
    trail,
    file,
    told: () => file.entries.map(({ action, outcome, error }) => [action, outcome, error]),
  };
}

class Refused extends Error {
  override readonly name = 'Refused';
}

test('records the call, its outcome and duration in the documented shape', async () => {
  const { trail, file } = open();
  const login = audited(
    async function login(name: string, _password: string, _more?: number) {
      return `welcome ${name}`;
    },
    { trail, model: 'portal', parameters: ['name', 'password'], mask: ['password'], id: (_, [name]) => name },
  );
  expect(await trail.as({ id: 3, login: 'ana' }, () => login('ana', 'hunter2', 5))).toBe('welcome ana');
  expect(file.lines[0]).toMatch(
    /^\{"seq": 1, "ts": "[^"]+", "node": "n", "model": "portal", "res_id": "ana", "action": "login", "user_id": 3, "user_login": "ana", "outcome": "resolved", "duration_ms": [\d.]+, "arguments": \{"name": "ana", "password": "<masked>"\}\}$/,
  );
});

test('changes neither this, nor name, nor result, nor errors', async () => {
  const { trail, told } = open();
  const self = { factor: 2 };
  const error = new Refused('with a secret in it');
  const double = audited(
    function double(this: typeof self, n: number) {
      return n * this.factor;
    },
    { trail },
  );
  const fail = audited(
    function fail() {
      throw error;
    },
    { trail },
  );
  const reject = audited(
    async function reject() {
      throw error;
    },
    { trail },
  );
  expect(double.call(self, 4)).toBe(8);
  expect([double.name, double.length]).toEqual(['double', 1]);
  expect(() => fail()).toThrow(error);
  await expect(reject()).rejects.toBe(error);
  expect(told()).toEqual([
    ['double', 'returned', undefined],
    ['fail', 'threw', 'Refused'],
    ['reject', 'rejected', 'Refused'],
  ]);
});

test('arguments are told as they were before the call', () => {
  const { trail, file } = open();
  const empty = audited((list: number[]) => list.splice(0), { trail, parameters: ['list'] });
  expect(empty([1, 2])).toEqual([1, 2]);
  expect(file.entries[0]).toMatchObject({ arguments: { list: [1, 2] } });
});

test('a mask that names no parameter leaves all arguments out', () => {
  const { trail, file } = open();
  audited((_password: string) => 1, { trail, parameters: ['passwrd'], mask: ['password'] })('hunter2');
  expect(file.lines[0]).not.toContain('hunter2');
  expect(file.entries[0]).toMatchObject({ outcome: 'returned' });
});

test('a thenable that works only when it is asked is not asked', () => {
  const { trail, told } = open();
  let asked = 0;
  // biome-ignore lint/suspicious/noThenProperty: it is what queries of builders are.
  const query = { then: () => asked++ };
  expect(audited(() => query, { trail, action: 'find' })()).toBe(query);
  expect([asked, told()]).toEqual([0, [['find', 'returned', undefined]]]);
});

test.each(['fails', 'throws', 'hangs'] as const)('behaves as before where the backend %s', async (mode) => {
  const { trail, file } = open();
  file.mode = mode;
  const id = () => {
    throw new Error('a fault of the option');
  };
  expect(audited(() => 5, { trail, id })()).toBe(5);
  expect(await audited(async () => 6, { trail, id })()).toBe(6);
  file.release();
});

test('without a trail it is the function that it was', () => {
  expect(audited((n: number) => n + 1)(1)).toBe(2);
});
