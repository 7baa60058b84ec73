import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccountBook } from '../../../src/host/accounts/account-book.ts';
import { hashPassword, isPassword } from '../../../src/host/accounts/hash-password.ts';

const PASSWORD = 'four words of no sense';
let data = '';
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unbroken-accounts-'));
});
afterEach(() => rmSync(data, { recursive: true }));

test('what one process changes the other sees, and nothing that is secret is in the file', async () => {
  const [here, there] = [new AccountBook(data), new AccountBook(data)];
  await here.add('uma', 'user', PASSWORD);
  const token = here.addToken('ci', 'manager');
  expect(there.find('uma')).toMatchObject({ group: 'user' });
  expect(there.identify(token)).toMatchObject({ name: 'ci', group: 'manager' });
  expect(there.identify(`${token}x`)).toBeUndefined();
  there.remove('uma');
  there.removeToken('ci');
  expect([here.accounts(), here.tokens()]).toEqual([[], []]);
  const file = join(data, 'accounts', 'accounts.json');
  const text = readFileSync(file, 'utf8');
  for (const secret of [PASSWORD, token]) expect(text).not.toContain(secret);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
});

test('a password or a group that changes is another stamp', async () => {
  const book = new AccountBook(data);
  await book.add('uma', 'user', PASSWORD);
  const stamps = [book.find('uma')?.stamp];
  await book.setPassword('uma', `${PASSWORD}!`);
  stamps.push(book.find('uma')?.stamp);
  book.setGroup('uma', 'manager');
  stamps.push(book.find('uma')?.stamp);
  expect(new Set(stamps).size).toBe(3);
});

const refused: [what: string, make: (book: AccountBook) => Promise<unknown>, code: string][] = [
  ['a name with a capital letter', (book) => book.add('Uma', 'user', PASSWORD), 'bad-request'],
  ['a name that leads elsewhere', (book) => book.add('../uma', 'user', PASSWORD), 'bad-request'],
  ['a name that Windows keeps for itself', (book) => book.add('nul', 'user', PASSWORD), 'bad-request'],
  ['a name that is taken', (book) => book.add('ana', 'user', PASSWORD), 'bad-request'],
  ['a short password', (book) => book.add('uma', 'user', 'elevenchars'), 'bad-request'],
  ['nobody to change', (book) => book.setPassword('uma', PASSWORD), 'not-found'],
  ['nobody to remove', async (book) => book.remove('uma'), 'not-found'],
];
test('what cannot be is refused', async () => {
  const book = new AccountBook(data);
  await book.add('ana', 'user', PASSWORD);
  for (const [what, make, code] of refused)
    await expect(make(book), what).rejects.toMatchObject({ failure: { code } });
  expect(book.accounts().map(({ name }) => name)).toEqual(['ana']);
});

test('a file that cannot be read is no empty one', async () => {
  const book = new AccountBook(data);
  await book.add('ana', 'user', PASSWORD);
  writeFileSync(join(data, 'accounts', 'accounts.json'), '{"version":1,"accounts":[]}');
  expect(() => book.accounts()).toThrow();
  expect(() => new AccountBook(data)).toThrow();
});

test('a password is known however it was entered, and each has a salt of its own', async () => {
  const [one, two] = [await hashPassword('caf\u00e9 au lait 12'), await hashPassword('caf\u00e9 au lait 12')];
  expect(one).not.toBe(two);
  expect(await isPassword('cafe\u0301 au lait 12', one)).toBe(true);
  expect(await isPassword('cafe au lait 12', one)).toBe(false);
  for (const kept of [undefined, '', '$scrypt$ln=15$x', '$argon2id$v=19$x$y'])
    expect(await isPassword('caf\u00e9 au lait 12', kept)).toBe(false);
});
