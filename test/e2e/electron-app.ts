/**
 * The app in its real Electron, for one test: a profile of its own in a temporary folder, opened on `startPaths`.
 * `asOrdinaryUser` starts it without root's rights, with Chromium's sandbox on.
 */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as base, type ElectronApplication, _electron as electron, type Page } from '@playwright/test';
import { lendToOrdinaryUser } from './ordinary-user.ts';
import { readWholeEnv, useFoldersBelow } from './own-folders.ts';

const root = resolve(import.meta.dirname, '../..');

/** The bundled sample, which has gaps. */
export const samplePath = join(root, 'resources', 'sample', 'audit');

interface Options {
  startPaths: string[];
  asOrdinaryUser: boolean;
}

interface Fixtures {
  app: ElectronApplication;
  /** The page in the app's window. */
  window: Page;
  /** The app's home, config, cache and data folders are below it; gone after the test. */
  home: string;
}

export const test = base.extend<Options & Fixtures>({
  startPaths: [[], { option: true }],
  asOrdinaryUser: [false, { option: true }],

  home: async ({ browserName: _ }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'unbroken-e2e-'));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },

  app: async ({ startPaths, asOrdinaryUser, home }, use, info) => {
    const launch = {
      executable: readEnv('UNBROKEN_ELECTRON_EXECUTABLE'),
      folder: root,
      args: readEnv('UNBROKEN_ELECTRON_ARGS').split(' ').filter(Boolean),
      env: { ...readWholeEnv(), ...useFoldersBelow(home) },
    };
    // In the home, where an ordinary user can read it too.
    const delayStart = join(home, 'delay-start.cjs');
    copyFileSync(join(import.meta.dirname, 'delay-start.cjs'), delayStart);
    const { executable, folder, args, env } = asOrdinaryUser ? lendToOrdinaryUser(launch, home) : launch;
    const app = await electron.launch({
      executablePath: executable,
      args: ['-r', delayStart, ...args, folder, ...startPaths],
      // Else Playwright switches it off by itself.
      chromiumSandbox: !args.includes('--no-sandbox'),
      env,
      timeout: 30_000,
    });
    const printed: string[] = [];
    app.process().stderr?.on('data', (chunk) => printed.push(String(chunk)));
    await use(app);
    await app.close();
    if (info.status !== info.expectedStatus) {
      await info.attach('stderr', { body: printed.join(''), contentType: 'text/plain' });
    }
  },

  window: async ({ app }, use) => {
    const window = await app.firstWindow();
    await window.waitForLoadState();
    await use(window);
  },
});

function readEnv(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: start these tests with npm test`);
  return value;
}
