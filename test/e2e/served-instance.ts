/** `unbroken serve` with its screens, as a site runs it: a process of its own, and what the command line does to it. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from '@playwright/test';
import { readWholeEnv } from './own-folders.ts';

const unbroken = resolve(import.meta.dirname, '../../out/cli/unbroken');
export const PASSWORD = 'four words of no sense';

export interface ServedSite {
  /** Makes the first account. */
  readonly firstLink: string;
  /** SHA-256 of the screens' certificate, as it was printed; empty without one. */
  readonly fingerprint: string;
  readonly process: ChildProcess;
  /** Runs a command over the directory that is served. */
  run(args: readonly string[], input?: string): Promise<string>;
  /** Sends entries with these seqs. */
  receive(seqs: readonly number[]): Promise<void>;
}

export const test = base.extend<{ uiTls: boolean; site: ServedSite }>({
  uiTls: [false, { option: true }],
  site: async ({ uiTls }, use) => {
    const data = mkdtempSync(join(tmpdir(), 'unbroken-site-'));
    const run = async (args: readonly string[], input = ''): Promise<string> => {
      const command = execFile(unbroken, [...args, '--data', data], { env: readWholeEnv() });
      command.stdin?.end(input);
      let told = '';
      command.stdout?.on('data', (text) => (told += text));
      const [code] = await once(command, 'close');
      if (code !== 0) throw new Error(`unbroken ${args.join(' ')} ended with ${code}`);
      return told.trim();
    };
    const authorization = await run(['sender', 'add', 'openspp']);
    const at = ['--http', '127.0.0.1:0', '--ui', '127.0.0.1:0', ...(uiTls ? ['--ui-tls'] : [])];
    const served = spawn(unbroken, ['serve', '--data', data, ...at], {
      env: readWholeEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = once(served, 'exit');
    let fingerprint = '';
    served.stderr.on('data', (text) => {
      process.stderr.write(text);
      [, fingerprint = fingerprint] = /SHA-256.* is ([0-9A-F:]{95})\./.exec(String(text)) ?? [];
    });
    let ingest = '';
    let firstLink = '';
    for await (const line of createInterface({ input: served.stdout })) {
      if (line.endsWith('/ingest')) ingest ||= line;
      if (line.includes('#first=')) firstLink = line;
      if (firstLink !== '') break;
    }
    const receive = async (seqs: readonly number[]): Promise<void> => {
      for (const seq of seqs) {
        const entry = { seq, ts: `2026-03-01T10:00:${String(seq).padStart(2, '0')}+00:00`, node: 'web-1' };
        const what = { model: 'res.partner', res_id: 7, method: 'write', user_id: 2, user_login: 'ana' };
        const body = JSON.stringify({
          ...entry,
          ...what,
          old_values: { name: 'a' },
          new_values: { name: 'b' },
        });
        const { status } = await fetch(ingest, { method: 'POST', body, headers: { authorization } });
        if (status !== 200) throw new Error(`the receiver answered ${status}`);
      }
    };
    await use({ firstLink, fingerprint, process: served, run, receive });
    if (served.exitCode === null && served.signalCode === null) served.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  },
});
