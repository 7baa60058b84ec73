import type { Group } from '../contract/group.ts';
import { AccountBook } from '../host/accounts/account-book.ts';
import { changeByHand } from '../host/own-log/change-by-hand.ts';
import { readPassword } from './read-password.ts';

interface UserOptions {
  readonly data: string;
  readonly group: Group;
  readonly passwordStdin?: true;
}

/** `unbroken user add`. */
export async function runUserAdd(name: string, options: UserOptions): Promise<void> {
  const { data, group, passwordStdin } = options;
  const password = await readPassword(passwordStdin);
  const after = { group, password: true } as const;
  await changeByHand(data, { kind: 'user', name, after }, () =>
    new AccountBook(data).add(name, group, password),
  );
}

/** `unbroken user password`: who is signed in with the old one is not any more. */
export async function runUserPassword(name: string, { data, passwordStdin }: UserOptions): Promise<void> {
  const book = new AccountBook(data);
  const password = await readPassword(passwordStdin);
  const { group } = book.find(name) ?? {};
  const before = { group };
  await changeByHand(data, { kind: 'user', name, before, after: { group, password: true } }, () =>
    book.setPassword(name, password),
  );
}

/** `unbroken user role`. */
export async function runUserRole(name: string, { data, group }: UserOptions): Promise<void> {
  const book = new AccountBook(data);
  const before = { group: book.find(name)?.group };
  await changeByHand(data, { kind: 'user', name, before, after: { group } }, () =>
    book.setGroup(name, group),
  );
}

/** `unbroken user remove`. */
export async function runUserRemove(name: string, { data }: UserOptions): Promise<void> {
  const book = new AccountBook(data);
  const before = { group: book.find(name)?.group };
  await changeByHand(data, { kind: 'user', name, before }, () => book.remove(name));
}

/** `unbroken user list`: a line each. */
export function runUserList({ data }: UserOptions): void {
  for (const { name, group, createdAt } of new AccountBook(data).accounts())
    process.stdout.write(`${name}  ${group}  added ${createdAt}\n`);
}

/** `unbroken token add`: the token is told once, as the last line of standard output. */
export async function runTokenAdd(name: string, { data, group }: UserOptions): Promise<void> {
  const value = await changeByHand(data, { kind: 'token', name, after: { group } }, () =>
    new AccountBook(data).addToken(name, group),
  );
  process.stderr.write('Its requests carry it as `Authorization: Bearer TOKEN`; it is not shown again:\n');
  process.stdout.write(`${value}\n`);
}

/** `unbroken token revoke`. */
export async function runTokenRevoke(name: string, { data }: UserOptions): Promise<void> {
  const book = new AccountBook(data);
  const before = { group: book.tokens().find((token) => token.name === name)?.group };
  await changeByHand(data, { kind: 'token', name, before }, () => book.removeToken(name));
}

/** `unbroken token list`: a line each, without values. */
export function runTokenList({ data }: UserOptions): void {
  for (const { name, group, createdAt } of new AccountBook(data).tokens())
    process.stdout.write(`${name}  ${group}  added ${createdAt}\n`);
}
