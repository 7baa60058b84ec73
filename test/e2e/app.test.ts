/** The app around the screens, in its real window: commands, keys, what is kept, what is dropped, and a second start. */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ElectronApplication, _electron as electron, expect, type Page } from '@playwright/test';
import { samplePath, test } from './electron-app.ts';
import { readWholeEnv, useFoldersBelow } from './own-folders.ts';

const root = join(import.meta.dirname, '..', '..');
const isChecked = (window: Page) =>
  expect(window.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({ timeout: 30_000 });

/** The way to a screen, at the side. */
const goal = (window: Page, name: string) => window.getByRole('navigation').getByRole('button', { name });

/** Clicks an item of the menu bar by its label. */
function clickMenu(app: ElectronApplication, label: string): Promise<void> {
  return app.evaluate(({ Menu }, label) => {
    const list = (menu: Electron.Menu | undefined | null): Electron.MenuItem[] =>
      (menu?.items ?? []).flatMap((item) => [item, ...list(item.submenu)]);
    const found = list(Menu.getApplicationMenu()).find((item) => item.label === label);
    if (!found) throw new Error(`there is no item ${label}`);
    found.click();
  }, label);
}

/** Starts the app a second time, as a person would, and resolves with its exit code. */
function startAgain(folders: Record<string, string>, paths: readonly string[]): Promise<number | null> {
  const args = (process.env['UNBROKEN_ELECTRON_ARGS'] ?? '').split(' ').filter(Boolean);
  const second = spawn(process.env['UNBROKEN_ELECTRON_EXECUTABLE'] ?? '', [...args, root, ...paths], {
    env: { ...readWholeEnv(), ...folders },
    stdio: 'ignore',
  });
  return new Promise((done) => second.once('exit', done));
}

/** Files below a folder that hold a text. */
function findText(folder: string, text: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => {
    const file = join(folder, path);
    // Other programs' links lead nowhere after their end.
    const found = statSync(file, { throwIfNoEntry: false });
    return found?.isFile() && readFileSync(file).includes(text);
  });
}

test.describe('opened on a directory', () => {
  test.use({ startPaths: [samplePath] });
  test.beforeEach(({ window }) => isChecked(window));

  test('every screen is reached from the palette, by its name and by its keys', async ({ window }) => {
    await window.keyboard.press('Control+k');
    const field = window.getByRole('combobox', { name: 'Commands' });
    await expect(field).toBeFocused();
    await field.fill('findings');
    await field.press('Enter');
    await expect(goal(window, 'Findings')).toHaveAttribute('aria-current', 'page');
    await expect(field).toHaveCount(0);
    await window.keyboard.press('Alt+3');
    await expect(goal(window, 'Entries')).toHaveAttribute('aria-current', 'page');

    await window.keyboard.press('Control+k');
    await field.fill('no such thing');
    await expect(window.getByText('No command is called that.')).toBeVisible();
    await field.press('Enter');
    await field.press('Escape');
    await expect(field).toHaveCount(0);
  });

  test('the keys are on one page, which a question mark in a field does not open', async ({ window }) => {
    await window.keyboard.press('Shift+?');
    const dialog = window.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await expect(dialog.getByText('Next and previous finding')).toBeVisible();
    await window.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    await window.keyboard.press('Control+k');
    await window.keyboard.type('?');
    await expect(window.getByRole('combobox', { name: 'Commands' })).toHaveValue('?');
    await expect(dialog).toHaveCount(0);
  });

  test('the menu chooses screen, colours and zone, and says which are chosen', async ({ app, window }) => {
    await clickMenu(app, 'Entries');
    await expect(goal(window, 'Entries')).toHaveAttribute('aria-current', 'page');
    await clickMenu(app, 'Dark');
    await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    const readChosen = () =>
      app.evaluate(({ Menu }) => {
        const list = (menu: Electron.Menu | undefined | null): Electron.MenuItem[] =>
          (menu?.items ?? []).flatMap((item) => [item, ...list(item.submenu)]);
        return list(Menu.getApplicationMenu())
          .filter(({ type, checked }) => type === 'radio' && checked)
          .map(({ label }) => label);
      });
    await expect.poll(readChosen).toEqual(['Dark', 'UTC']);
  });

  test('About tells the runtime and the licences of what is inside', async ({ app, window }) => {
    await clickMenu(app, 'About Unbroken and Licences');
    const dialog = window.getByRole('dialog', { name: 'About and licences' });
    await expect(dialog.getByText(/Version \d+\.\d+\.\d+ · Electron 33\./)).toBeVisible();
    await expect(dialog.getByText(/must not be shipped/)).toBeVisible();
    await dialog.getByText(/^better-sqlite3 /).click();
    await expect(dialog.getByText(/Joshua Wise/)).toBeVisible();
  });

  test('a second start hands over its paths and ends', async ({ home, window }) => {
    const copy = mkdtempSync(join(tmpdir(), 'unbroken-second-'));
    cpSync(samplePath, copy, { recursive: true });
    expect(await startAgain(useFoldersBelow(home), [copy])).toBe(0);
    await expect(window.locator('.sidebar-path')).toHaveText(copy);
    await isChecked(window);
    rmSync(copy, { recursive: true });
  });

  test('what is dropped on the window is opened', async ({ app, window, home }) => {
    const copy = join(home, 'dropped-logs');
    cpSync(samplePath, copy, { recursive: true });
    // Whoever drops something sees the window: before it is there, nobody takes what is dropped.
    await isChecked(window);
    // The system's own drag cannot be made here; the debugger's takes the same way into the page.
    await app.evaluate(async ({ BrowserWindow }, file) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.debugger.attach('1.3');
      const data = { items: [], files: [file], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'])
        await contents?.debugger.sendCommand('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
      contents?.debugger.detach();
    }, copy);
    await expect(window.locator('.sidebar-path')).toHaveText(copy);
    await isChecked(window);
  });
});

test('what was opened is offered again, and of a deleted workspace only the own log tells', async ({
  app,
  home,
  window,
}) => {
  const logs = mkdtempSync(join(tmpdir(), 'unbroken-traceless-'));
  cpSync(samplePath, logs, { recursive: true });
  await app.evaluate(({ dialog }, logs) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [logs] });
  }, logs);
  await window.keyboard.press('Control+o');
  await isChecked(window);
  await window.getByRole('button', { name: 'Open something else' }).click();
  await window.getByRole('button', { name: logs }).first().click();
  await isChecked(window);
  expect(findText(home, logs).length).toBeGreaterThan(1);

  await window.keyboard.press('Control+k');
  await window.keyboard.type('delete');
  await window.keyboard.press('Enter');
  await window.getByRole('button', { name: 'Delete the workspace' }).click();
  await expect(window.getByRole('heading', { name: 'Is the audit trail whole?' })).toBeVisible();
  await expect(window.getByText('Opened lately')).toHaveCount(0);
  // Another start finds nothing, and whoever looks through the files finds that it was opened and deleted.
  await app.close();
  expect(findText(home, logs)).toEqual([join('data', 'unbroken', 'audit', 'audit.jsonl')]);
  expect(readdirSync(samplePath).sort()).toEqual(readdirSync(logs).sort());
  rmSync(logs, { recursive: true });
});

test('the log of what was done is opened from the palette, and checked as any other', async ({
  home,
  window,
}) => {
  await window.keyboard.press('Control+k');
  await window.keyboard.type('what was done');
  await expect(window.getByText('Open the log of what was done')).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(window.locator('.sidebar-path')).toHaveText(join(home, 'data', 'unbroken', 'audit'));
  await expect(window.getByRole('heading', { name: 'Intact', level: 1 })).toBeVisible({ timeout: 30_000 });
});

test('the window opens where it was closed, as large as it was', async ({ app, home, window }) => {
  await window.title();
  const bounds = { x: 120, y: 80, width: 900, height: 640 };
  await app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    bounds,
  );
  await app.close();
  const again = await electron.launch({
    executablePath: process.env['UNBROKEN_ELECTRON_EXECUTABLE'] ?? '',
    args: [...(process.env['UNBROKEN_ELECTRON_ARGS'] ?? '').split(' ').filter(Boolean), root],
    env: { ...readWholeEnv(), ...useFoldersBelow(home) },
  });
  await again.firstWindow();
  expect(await again.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())).toEqual(
    bounds,
  );
  await again.close();
});
