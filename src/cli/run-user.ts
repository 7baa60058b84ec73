import type { Group } from '../contract/group.ts';
import { AccountBook } from '../host/accounts/account-book.ts';
import { recordByHand } from '../host/record-by-hand.ts';
import { readPassword } from './read-password.ts';

interface UserOptions {
  readonly data: string;
  readonly group: Group;
  readonly passwordStdin?: true;
}

/** `unbroken user add`. */
export async function runUserAdd(name: string, options: UserOptions): Promise<void> {
  const { data, group, passwordStdin } = options;
  await new AccountBook(data).add(name, group, await readPassword(passwordStdin));
  await recordByHand(data, { model: 'unbroken.account', id: name, action: 'create', new: { group } });
}

/** `unbroken user password`: who is signed in with the old one is not any more. */
export async function runUserPassword(name: string, { data, passwordStdin }: UserOptions): Promise<void> {
  await new AccountBook(data).setPassword(name, await readPassword(passwordStdin));
  await recordByHand(data, { model: 'unbroken.account', id: name, action: 'set-password' });
}

/** `unbroken user role`. */
export async function runUserRole(name: string, { data, group }: UserOptions): Promise<void> {
  new AccountBook(data).setGroup(name, group);
  await recordByHand(data, { model: 'unbroken.account', id: name, action: 'set-group', new: { group } });
}

/** `unbroken user remove`. */
export async function runUserRemove(name: string, { data }: UserOptions): Promise<void> {
  new AccountBook(data).remove(name);
  await recordByHand(data, { model: 'unbroken.account', id: name, action: 'remove' });
}

/** `unbroken user list`: a line each. */
export function runUserList({ data }: UserOptions): void {
  for (const { name, group, createdAt } of new AccountBook(data).accounts())
    process.stdout.write(`${name}  ${group}  added ${createdAt}\n`);
}

/** `unbroken token add`: the token is told once, as the last line of standard output. */
export async function runTokenAdd(name: string, { data, group }: UserOptions): Promise<void> {
  const value = new AccountBook(data).addToken(name, group);
  await recordByHand(data, { model: 'unbroken.token', id: name, action: 'create', new: { group } });
  process.stderr.write('Its requests carry it as `Authorization: Bearer TOKEN`; it is not shown again:\n');
  process.stdout.write(`${value}\n`);
}

/** `unbroken token revoke`. */
export async function runTokenRevoke(name: string, { data }: UserOptions): Promise<void> {
  new AccountBook(data).removeToken(name);
  await recordByHand(data, { model: 'unbroken.token', id: name, action: 'revoke' });
}

/** `unbroken token list`: a line each, without values. */
export function runTokenList({ data }: UserOptions): void {
  for (const { name, group, createdAt } of new AccountBook(data).tokens())
    process.stdout.write(`${name}  ${group}  added ${createdAt}\n`);
}
