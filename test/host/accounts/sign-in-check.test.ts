import { expect, test } from 'vitest';
import type { Account } from '../../../src/host/accounts/account-book.ts';
import { SignInCheck } from '../../../src/host/accounts/sign-in-check.ts';

const PASSWORD = 'four words of no sense';
const uma: Account = {
  ...{ name: 'uma', group: 'user', stamp: 's', createdAt: '2026-01-01T00:00:00Z' },
  // As it is: what a hash costs is not what is asked here.
  password: PASSWORD,
};

function begin() {
  const clock = { ms: 0 };
  const book = { find: (name: string) => (name === 'uma' ? uma : undefined) };
  const verify = async (given: string, kept: string | undefined) => given === kept;
  const check = new SignInCheck(book, { now: () => clock.ms, verify });
  const attempt = (name: string, password: string, address: string) =>
    check.signIn({ name, password, address }).then(
      ({ name }) => name,
      (error: { failure: { code: string } }) => error.failure.code,
    );
  return { check, clock, attempt };
}

const many = (count: number, make: (n: number) => Promise<string>) =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)));

test('an address has ten wrong guesses at once, whatever the names', async () => {
  const { clock, attempt } = begin();
  const answers = await many(12, (n) => attempt(`name${n}`, 'a guess', '10.0.0.1'));
  expect(answers.filter((answer) => answer === 'sign-in-refused')).toHaveLength(10);
  expect(await attempt('uma', PASSWORD, '10.0.0.1')).toBe('too-many-attempts');
  expect(await attempt('uma', PASSWORD, '10.0.0.2')).toBe('uma');
  clock.ms = 10_000;
  expect(await attempt('uma', PASSWORD, '10.0.0.1')).toBe('uma');
});

test('all addresses of an IPv6 network are one, and those of another are not', async () => {
  const { attempt } = begin();
  await many(10, (n) => attempt(`name${n}`, 'a guess', `2001:db8::${n}:1`));
  expect(await attempt('uma', PASSWORD, '2001:db8:0:0:ffff::1')).toBe('too-many-attempts');
  expect(await attempt('uma', PASSWORD, '2001:db8:0:1::1')).toBe('uma');
  expect(await attempt('uma', PASSWORD, '::ffff:10.0.0.1')).toBe('uma');
});

test('an account has twenty, whatever the addresses; where its person was before they get in', async () => {
  const { attempt } = begin();
  expect(await attempt('uma', PASSWORD, '10.0.0.1')).toBe('uma');
  for (let round = 0; round < 2; round++)
    await many(11, (n) => attempt('uma', 'a guess', `10.0.1.${round * 11 + n}`));
  expect(await attempt('uma', PASSWORD, '10.0.2.1')).toBe('too-many-attempts');
  expect(await attempt('uma', PASSWORD, '10.0.0.1')).toBe('uma');
});

test('names of nobody make it forget no account', async () => {
  const { attempt } = begin();
  for (let round = 0; round < 2; round++)
    await many(11, (n) => attempt('uma', 'a guess', `10.0.1.${round * 11 + n}`));
  // From one address that is refused anyway, so that not one of them costs a hash.
  for (let n = 0; n < 10_100; n++) await attempt(`name${n}`, 'a guess', '10.0.2.1');
  expect(await attempt('uma', PASSWORD, '10.0.3.1')).toBe('too-many-attempts');
});

test('who is right uses up nothing', async () => {
  const { attempt } = begin();
  for (let n = 0; n < 12; n++) expect(await attempt('uma', PASSWORD, '10.0.0.1')).toBe('uma');
});

test('a wrong token counts like a wrong password', async () => {
  const { check, attempt } = begin();
  for (let n = 0; n < 10; n++) check.countGuess('10.0.0.1');
  expect(() => check.countGuess('10.0.0.1')).toThrow();
  expect(await attempt('uma', PASSWORD, '10.0.0.1')).toBe('too-many-attempts');
});
