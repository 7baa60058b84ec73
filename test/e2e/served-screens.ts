/** The same screens served on loopback and shown in Chromium, as on a machine without a display. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { test as base } from '@playwright/test';
import { readWholeEnv, useFoldersBelow } from './own-folders.ts';

const root = resolve(import.meta.dirname, '../..');

interface Options {
  viewPaths: string[];
  /** Beside what the test itself has. */
  viewEnvironment: Record<string, string>;
}

interface Fixtures {
  /** The link that the command printed, with its one-time token. */
  link: string;
}

export const test = base.extend<Options & Fixtures>({
  viewPaths: [[], { option: true }],
  viewEnvironment: [{}, { option: true }],

  link: async ({ viewPaths, viewEnvironment }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'unbroken-e2e-'));
    const served = spawn(join(root, 'out', 'cli', 'unbroken'), ['view', ...viewPaths], {
      env: { ...readWholeEnv(), ...useFoldersBelow(home), ...viewEnvironment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise((done) => served.once('exit', done));
    await use(await readLink(createInterface({ input: served.stdout })));
    served.kill('SIGTERM');
    await ended;
    rmSync(home, { recursive: true, force: true });
  },
});

async function readLink(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const [link] = line.match(/http:\/\/127\.0\.0\.1:\d+\/\S*/) ?? [];
    if (link !== undefined) return link;
  }
  throw new Error('no link was printed');
}
