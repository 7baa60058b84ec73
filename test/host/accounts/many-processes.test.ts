/** Commands that change the same file at the same time: real processes, each with a change of its own. */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AccountBook } from '../../../src/host/accounts/account-book.ts';
import { SenderBook } from '../../../src/receiver/senders/sender-book.ts';

const src = join(import.meta.dirname, '..', '..', '..', 'src');
const load = (file: string): string => JSON.stringify(pathToFileURL(join(src, file)).href);
const SCRIPT = `
const { AccountBook } = await import(${load('host/accounts/account-book.ts')});
const { SenderBook } = await import(${load('receiver/senders/sender-book.ts')});
const [data, name] = process.argv.slice(1);
const [accounts, senders] = [new AccountBook(data), new SenderBook(data)];
for (let i = 0; i < 10; i++) {
  accounts.addToken(name + i, 'user');
  senders.add(name + i);
}`;
let data: string;
beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'unbroken-many-'));
});
afterEach(() => rmSync(data, { recursive: true }));

test('no change of tokens and senders is lost', async () => {
  const names = ['a', 'b', 'c', 'd'];
  const run = promisify(execFile);
  await Promise.all(
    names.map((name) => run(process.execPath, ['--input-type=module', '-e', SCRIPT, data, name])),
  );
  const all = names.flatMap((name) => Array.from({ length: 10 }, (_, i) => `${name}${i}`));
  const sorted = (kept: readonly { readonly name: string }[]) => kept.map(({ name }) => name).sort();
  expect(sorted(new AccountBook(data).tokens())).toEqual(all);
  expect(sorted(new SenderBook(data).list())).toEqual(all);
}, 60_000);
