/**
 * Accounts and API tokens of a served instance, in one file of its data directory that the command line changes and the
 * server reads again. Every change is on the disk when the call returns.
 */
import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { AccountName, MIN_PASSWORD, Password } from '../../contract/account.ts';
import { Group } from '../../contract/group.ts';
import { createFailure } from '../../engine/base/failure.ts';
import { keepJson } from '../../engine/base/keep-json.ts';
import { withLock } from '../../receiver/with-lock.ts';
import { hashPassword } from './hash-password.ts';

const Account = z.strictObject({
  name: AccountName,
  group: Group,
  password: z.string(),
  createdAt: z.iso.datetime(),
  /** Another after every change of password or group: sessions begun under the old one end. */
  stamp: z.string(),
});
export type Account = z.infer<typeof Account>;

const ApiToken = z.strictObject({
  name: AccountName,
  group: Group,
  createdAt: z.iso.datetime(),
  /** SHA-256 of the token: 256 bits of chance need nothing slower. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ApiToken = z.infer<typeof ApiToken>;

const Kept = z.strictObject({
  version: z.literal(1),
  accounts: z.array(Account),
  tokens: z.array(ApiToken),
});
type Kept = z.infer<typeof Kept>;

const NOBODY: Kept = { version: 1, accounts: [], tokens: [] };

export class AccountBook {
  readonly #directory: string;
  readonly #file: string;
  #kept: Kept = NOBODY;
  #look = '';

  constructor(data: string) {
    this.#directory = join(data, 'accounts');
    this.#file = join(this.#directory, 'accounts.json');
    this.#refresh();
  }

  /** In the order in which they were made. */
  accounts(): readonly Account[] {
    this.#refresh();
    return this.#kept.accounts;
  }

  tokens(): readonly ApiToken[] {
    this.#refresh();
    return this.#kept.tokens;
  }

  find(name: string): Account | undefined {
    return this.accounts().find((account) => account.name === name);
  }

  /** Failure of these: `bad-request` for a name or a password that is none; `not-found`. */
  async add(name: string, group: Group, password: string): Promise<void> {
    checkName(name);
    const hash = await hashPassword(checkPassword(password));
    this.#change(({ accounts, ...others }) => {
      refuseTaken(accounts, name);
      const account = {
        name,
        group,
        password: hash,
        createdAt: new Date().toISOString(),
        stamp: randomUUID(),
      };
      return { ...others, accounts: [...accounts, account] };
    });
  }

  async setPassword(name: string, password: string): Promise<void> {
    const hash = await hashPassword(checkPassword(password));
    this.#changeAccount(name, (account) => ({ ...account, password: hash }));
  }

  setGroup(name: string, group: Group): void {
    this.#changeAccount(name, (account) => ({ ...account, group }));
  }

  remove(name: string): void {
    this.#change(({ accounts, ...others }) => ({ ...others, accounts: without(accounts, name) }));
  }

  /** Adds an API token; returns its value, known to nobody else. */
  addToken(name: string, group: Group): string {
    checkName(name);
    const value = randomBytes(32).toString('base64url');
    this.#change(({ tokens, ...others }) => {
      refuseTaken(tokens, name);
      const token = {
        name,
        group,
        createdAt: new Date().toISOString(),
        sha256: digest(value).toString('hex'),
      };
      return { ...others, tokens: [...tokens, token] };
    });
    return value;
  }

  removeToken(name: string): void {
    this.#change(({ tokens, ...others }) => ({ ...others, tokens: without(tokens, name) }));
  }

  /** Whose token this is; looks at all of them whichever it is. */
  identify(value: string): ApiToken | undefined {
    const given = digest(value);
    let found: ApiToken | undefined;
    for (const token of this.tokens()) {
      if (timingSafeEqual(given, Buffer.from(token.sha256, 'hex'))) found = token;
    }
    return found;
  }

  #changeAccount(name: string, make: (before: Account) => Account): void {
    this.#change(({ accounts, ...others }) => {
      if (!accounts.some((account) => account.name === name)) throw refuseUnknown(name);
      const change = (account: Account): Account =>
        account.name === name ? { ...make(account), stamp: randomUUID() } : account;
      return { ...others, accounts: accounts.map(change) };
    });
  }

  /** Of two processes each changes what the other has left. */
  #change(make: (before: Kept) => Kept): void {
    mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
    withLock(`${this.#file}.lock`, () => this.#write(make));
  }

  #write(make: (before: Kept) => Kept): void {
    this.#refresh();
    keepJson(this.#file, make(this.#kept));
    this.#refresh();
  }

  /** Reads the file where it has changed. One that cannot be read is an error, not an empty one. */
  #refresh(): void {
    const stat = statSync(this.#file, { bigint: true, throwIfNoEntry: false });
    const look = stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : '';
    if (look === this.#look) return;
    this.#kept = stat ? Kept.parse(JSON.parse(readFileSync(this.#file, 'utf8'))) : NOBODY;
    this.#look = look;
  }
}

function digest(value: string): Buffer {
  return createHash('sha256').update(value).digest();
}

function checkName(name: string): void {
  if (AccountName.safeParse(name).success) return;
  const form = 'a name has small letters, digits and . _ @ - between them, 64 at most';
  throw createFailure('bad-request', form, { subject: name });
}

function checkPassword(password: string): string {
  if (Password.safeParse(password).success) return password;
  throw createFailure('bad-request', `a password has ${MIN_PASSWORD} to 256 characters`);
}

function refuseTaken(every: readonly { readonly name: string }[], name: string): void {
  if (!every.some((one) => one.name === name)) return;
  throw createFailure('bad-request', 'this name is taken', { subject: name });
}

function refuseUnknown(name: string): Error {
  return createFailure('not-found', 'there is nobody of this name', { subject: name });
}

function without<T extends { readonly name: string }>(every: readonly T[], name: string): T[] {
  if (!every.some((one) => one.name === name)) throw refuseUnknown(name);
  return every.filter((one) => one.name !== name);
}
