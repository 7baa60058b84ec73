import type { Session } from 'fastify';
import { expect, test } from 'vitest';
import { SessionStore } from '../../../src/host/accounts/session-store.ts';

const HOUR = 3_600_000;
const session = {} as Session;

function begin() {
  const ended: string[] = [];
  const clock = { ms: 0 };
  const store = new SessionStore({ onEnd: (id) => ended.push(id), now: () => clock.ms });
  store.set('a', session, () => {});
  store.close();
  return { store, clock, ended };
}

test('one that is used goes on for a working day, and no longer', () => {
  const { store, clock, ended } = begin();
  for (; clock.ms < 12 * HOUR; clock.ms += HOUR / 2) expect(store.use('a')).toBe(true);
  expect(store.use('a')).toBe(false);
  expect(ended).toEqual(['a']);
});

test('one that is only looked at ends after an hour', () => {
  const { store, clock, ended } = begin();
  clock.ms = HOUR - 1;
  expect(store.peek('a')).toBe(session);
  clock.ms = HOUR;
  store.sweep();
  expect(ended).toEqual(['a']);
  expect(store.peek('a')).toBeUndefined();
});

test('of too many the one that was quiet longest ends', () => {
  const { store, ended } = begin();
  for (let n = 0; n < 999; n++) store.set(`s${n}`, session, () => {});
  store.use('a');
  store.set('last', session, () => {});
  expect(ended).toEqual(['s0']);
});
