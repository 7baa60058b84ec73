/** What is said where the app itself fails: a screen, or the process of the screens. The engine's end: window.test.ts. */
import { expect } from '@playwright/test';
import { test as desktop, samplePath } from './electron-app.ts';
import { test as browser } from './served-screens.ts';

browser.describe('a screen that fails', () => {
  browser.use({ viewPaths: [samplePath], permissions: ['clipboard-read', 'clipboard-write'] });

  browser('says so in the language of the screens, and offers the log', async ({ link, page }) => {
    await page.goto(link);
    await page.keyboard.press('Control+,');
    await page.getByRole('combobox', { name: 'Language' }).selectOption('fr');
    await expect(page.getByRole('heading', { name: 'Incomplet', level: 1 })).toBeVisible();
    // An engine that answers what the contract rules out: the nearest thing to a bug in a screen.
    await page.route('**/api/call/report.get', (route) => route.fulfill({ json: { ok: true, value: {} } }));
    await page.reload();
    const notice = page.getByRole('alert');
    await expect(notice.getByRole('heading', { name: 'Cet écran a échoué' })).toBeVisible();
    await notice.getByRole('button', { name: 'Copier le journal' }).click();
    await expect(notice.getByRole('status')).toHaveText('Copié');
    const log = await page.evaluate(() => navigator.clipboard.readText());
    expect(log).toMatch(/^Unbroken \d+\.\d+\.\d+, Node /);
    expect(log).toContain('TypeError');
    await page.unroute('**/api/call/report.get');
    await notice.getByRole('button', { name: 'Recharger' }).click();
    await expect(page.getByRole('heading', { name: 'Incomplet', level: 1 })).toBeVisible();
  });
});

desktop.describe('screens whose process is killed', () => {
  desktop.use({ startPaths: [samplePath] });

  desktop('are told by the system, and come back', async ({ app, window }) => {
    const verdict = window.getByRole('heading', { level: 1 });
    await expect(verdict).toHaveText('Incomplete', { timeout: 30_000 });
    await window.keyboard.press('Control+,');
    await window.getByRole('combobox', { name: 'Language' }).selectOption('fr');
    await expect(verdict).toHaveText('Incomplet');
    const asked = await app.evaluate(async ({ BrowserWindow, clipboard, dialog, Menu }) => {
      const [open] = BrowserWindow.getAllWindows();
      const loaded = new Promise<void>((done) => open?.webContents.once('did-finish-load', () => done()));
      const shown = new Promise<Electron.MessageBoxOptions>((resolve) => {
        dialog.showMessageBox = (async (_window: unknown, options: Electron.MessageBoxOptions) => {
          resolve(options);
          return { response: 1, checkboxChecked: false };
        }) as typeof dialog.showMessageBox;
      });
      open?.webContents.forcefullyCrashRenderer();
      const { message, buttons } = await shown;
      await loaded;
      const menus = Menu.getApplicationMenu()?.items.map(({ label }) => label);
      return { message, buttons, menus, log: clipboard.readText() };
    });
    expect(asked).toEqual({
      message: 'La fenêtre s’est arrêtée',
      buttons: ['Rouvrir la fenêtre', 'Copier le journal et rouvrir la fenêtre', 'Quitter'],
      menus: ['Fichier', 'Édition', 'Affichage', 'Fenêtre', 'Aide'],
      log: expect.stringMatching(
        /^Unbroken .*, Electron .*\n.* the process of the screens ended: killed|crashed/,
      ),
    });
    // Playwright has given the page up for good: it is asked through the app.
    const readVerdict = () =>
      app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          'document.querySelector("h1")?.textContent',
        ),
      );
    await expect.poll(readVerdict).toBe('Incomplet');
  });
});
