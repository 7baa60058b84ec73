/** A password from standard input, or asked for twice without showing it. */
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createFailure } from '../engine/base/failure.ts';

export async function readPassword(fromStdin: true | undefined): Promise<string> {
  if (fromStdin) return decode(await buffer(process.stdin)).replace(/\r?\n$/, '');
  if (!process.stdin.isTTY)
    throw createFailure('bad-request', 'without a terminal the password comes by --password-stdin');
  const password = await ask('Password: ');
  if ((await ask('Again: ')) === password) return password;
  throw createFailure('bad-request', 'the two are not the same');
}

/** In another encoding all that is not ASCII would become one and the same character, which nobody can type. */
function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw createFailure('bad-request', 'the password is not UTF-8', { cause });
  }
}

/** What is typed goes nowhere: readline itself would show it. */
async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_, __, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const stopped = new AbortController();
  lines.once('SIGINT', () => stopped.abort());
  try {
    return await lines.question('', { signal: stopped.signal });
  } catch (cause) {
    throw createFailure('cancelled', 'nothing was changed', { cause });
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}
