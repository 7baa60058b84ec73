/** The app as it is started at login: it receives, and no window is there until somebody asks for one. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test as onApp } from './electron-app.ts';

/** A port that is free at this moment. */
function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

const test = onApp.extend<{ port: number }>({
  port: async ({ browserName: _ }, use) => {
    await use(await findPort());
  },
  home: async ({ port }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'unbroken-e2e-'));
    const config = join(home, 'config', 'unbroken');
    mkdirSync(config, { recursive: true });
    const choice = { atLogin: true, settings: { http: { address: `127.0.0.1:${port}` } } };
    writeFileSync(join(config, 'receiver.json'), JSON.stringify(choice));
    await use(home);
    rmSync(home, { recursive: true, force: true });
  },
});
test.use({ startPaths: ['--hidden'] });

test('receives without a window, until the app is started once more', async ({ app, home, port }) => {
  const ask = (): Promise<number> =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(ask, { timeout: 20_000 }).toBe(200);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);

  const opened = app.waitForEvent('window');
  await app.evaluate(({ app: running }) => {
    running.emit('second-instance', {}, [], '', { paths: [] });
  });
  const window = await opened;
  await window.getByText('Receive entries from OpenSPP').click();
  await expect(window.getByText('Receiving', { exact: true })).toBeVisible();
  await expect(window.getByText(`127.0.0.1:${port}/ingest`).first()).toBeVisible();

  // Told otherwise and back, the system's list follows.
  const box = window.getByRole('checkbox', { name: 'Start Unbroken as I log in, without a window' });
  const save = async (): Promise<void> => {
    await window.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(window.getByText('Saved.')).toBeVisible();
  };
  await box.uncheck();
  await save();
  await box.check();
  await save();
  if (process.platform === 'linux')
    expect(readFileSync(join(home, 'config', 'autostart', 'unbroken.desktop'), 'utf8')).toContain(
      '"--hidden"',
    );
  expect(await ask()).toBe(200);
});
