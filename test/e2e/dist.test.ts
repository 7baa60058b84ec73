/**
 * The app as it is packed for people: out of its archive, with its fuses flipped. Playwright's own way in needs an
 * inspector that this app does not offer, so it is looked at through the port for debugging pages.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { test as base, chromium, expect, type Page } from '@playwright/test';
import { samplePath, test as withHome } from './electron-app.ts';
import { readWholeEnv, useFoldersBelow } from './own-folders.ts';

const root = resolve(import.meta.dirname, '../..');
const executable = join(root, 'dist', 'linux-unpacked', 'unbroken');
const electronArgs = (process.env['UNBROKEN_ELECTRON_ARGS'] ?? '').split(' ').filter(Boolean);

base.beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'build', 'dist.mjs'), 'dir'], { stdio: 'pipe' });
});

withHome('the packed app is started on a directory and comes to a verdict', async ({ home }) => {
  const app = spawn(executable, [...electronArgs, '--remote-debugging-port=0', '--inspect=0', samplePath], {
    env: { ...readWholeEnv(), ...useFoldersBelow(home) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  app.stderr.on('data', (chunk) => (printed += chunk));
  const ended = once(app, 'exit');
  try {
    await expect
      .poll(() => /DevTools listening on (\S+)/.exec(printed)?.[1], { timeout: 30_000 })
      .toBeTruthy();
    const [, address = ''] = /DevTools listening on (\S+)/.exec(printed) ?? [];
    const browser = await chromium.connectOverCDP(address);
    const findPage = (): Page | undefined => browser.contexts()[0]?.pages()[0];
    await expect.poll(findPage).toBeTruthy();
    const page = findPage() as Page;
    await expect(page.getByText(/Incomplete/).first()).toBeVisible({ timeout: 30_000 });
    expect(page.url()).toBe('app://unbroken/index.html');
    expect(printed).not.toContain('Debugger listening');
    await browser.close();
  } finally {
    app.kill();
    await ended;
  }
});

base('what an Electron does for developers is switched off in it', async () => {
  const wire = await getCurrentFuseWire(executable);
  const expected: readonly [FuseV1Options, FuseState][] = [
    [FuseV1Options.RunAsNode, FuseState.DISABLE],
    [FuseV1Options.EnableCookieEncryption, FuseState.ENABLE],
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseState.DISABLE],
    [FuseV1Options.EnableNodeCliInspectArguments, FuseState.DISABLE],
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation, FuseState.ENABLE],
    [FuseV1Options.OnlyLoadAppFromAsar, FuseState.ENABLE],
    [FuseV1Options.GrantFileProtocolExtraPrivileges, FuseState.DISABLE],
  ];
  for (const [fuse, state] of expected) expect(wire[fuse], FuseV1Options[fuse]).toBe(state);
  expect(existsSync(join(root, 'dist', 'linux-unpacked', 'resources', 'default_app.asar'))).toBe(false);
});

base('it brings the licences of what is inside it', () => {
  const folder = join(root, 'dist', 'linux-unpacked');
  for (const name of ['LICENSE.electron.txt', 'LICENSES.chromium.html', 'resources/LICENSE.unbroken.txt'])
    expect(readFileSync(join(folder, name), 'utf8').length, name).toBeGreaterThan(500);
});
