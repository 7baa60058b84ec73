/** The desktop shows a served instance: found without documentation, trusted by hand, lost and left again. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { mergeTests, type Page, expect as within } from '@playwright/test';
import { test as desktop } from './electron-app.ts';
import { PASSWORD, type ServedSite, test as served } from './served-instance.ts';

const test = mergeTests(desktop, served);
// A password takes long to try on a busy machine: that is what its hash is for.
test.setTimeout(150_000);
const expect = within.configure({ timeout: 30_000 });

async function shoot(window: Page, name: string): Promise<void> {
  await window.setViewportSize({ width: 1280, height: 720 });
  for (const scheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme: scheme });
    await window.screenshot({ path: test.info().outputPath(`${name}-${scheme}.png`) });
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await window.emulateMedia({ colorScheme: null });
}

/** From the start screen to where the server asks who it is. */
async function find(window: Page, address: string): Promise<void> {
  await window.getByRole('button', { name: 'Connect to a server' }).click();
  await expect(window.getByLabel('Address')).toBeFocused();
  await window.keyboard.type(address);
  await window.keyboard.press('Enter');
}

async function signIn(window: Page, name: string, password = PASSWORD): Promise<void> {
  await window.getByLabel('Name').fill(name);
  await window.getByLabel('Password', { exact: true }).fill(password);
  await window.keyboard.press('Enter');
}

const addUser = (site: ServedSite, group = 'user') =>
  site.run(['user', 'add', 'uma', '--group', group, '--password-stdin'], `${PASSWORD}\n`);

test.describe('over plain HTTP on this machine', () => {
  test('an Audit User sees what the server receives, takes it away, and is told when it is gone', async ({
    window,
    app,
    site,
    home,
  }) => {
    await addUser(site);
    await site.receive([1, 2, 4]);
    await shoot(window, 'start');
    await find(window, new URL(site.firstLink).host);
    await expect(window.getByText('This machine itself')).toBeVisible();
    await shoot(window, 'sign-in');
    await signIn(window, 'uma', 'a wrong password');
    await expect(window.getByRole('alert')).toContainText('Name or password is wrong');
    await signIn(window, 'uma');
    await expect(window.locator('.account-line')).toContainText(new URL(site.firstLink).host);
    await expect(window.locator('.account-line')).toContainText('Audit User');
    const nav = window.getByRole('navigation');
    await expect(nav.getByRole('button', { name: 'Settings' })).toBeDisabled();
    await expect(window.getByText('1 not decided yet').first()).toBeVisible();
    await shoot(window, 'overview');
    // It arrives at the server, and is seen here.
    await site.receive([3]);
    await expect(nav.getByRole('button', { name: /Entries.*4/ })).toBeVisible();

    const target = join(home, 'taken.jsonl');
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, target);
    await nav.getByRole('button', { name: /Entries/ }).click();
    await window.getByRole('button', { name: 'Export' }).click();
    await window.getByRole('button', { name: 'Export…' }).click();
    await expect.poll(() => existsSync(target)).toBe(true);

    // The menu's own way to what is on this machine: not beside what is on another.
    await app.evaluate(({ Menu }) => {
      const file = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'File');
      file?.submenu?.items.find(({ label }) => label.startsWith('Open Directories'))?.click();
    });
    await expect(window.getByText('Sign out there first')).toBeVisible();
    await window.keyboard.press('Escape');

    site.process.kill('SIGTERM');
    await expect(window.locator('.server-strip')).toContainText('does not answer');
    await shoot(window, 'lost');
    await window.locator('.server-strip').getByRole('button', { name: 'Sign out' }).click();
    await expect(window.getByRole('heading', { name: 'Servers' })).toBeVisible();
    await shoot(window, 'known');
    await window.getByRole('button', { name: /^http:.*uma/ }).click();
    await window.getByRole('button', { name: 'Next' }).click();
    await expect(window.getByRole('alert')).toContainText('The server does not answer');
  });
});

test.describe('over TLS with the server’s own certificate', () => {
  test.use({ uiTls: true });
  test('its fingerprint is compared once, and a session that ended is begun again', async ({
    window,
    site,
  }) => {
    await addUser(site);
    await site.receive([1, 2, 3]);
    const { origin } = new URL(site.firstLink);
    await find(window, origin);
    await expect(window.getByText(site.fingerprint)).toBeVisible();
    await expect(window.getByLabel('Password')).toHaveCount(0);
    await shoot(window, 'certificate');
    await window.getByRole('button', { name: 'It is the same' }).click();
    await signIn(window, 'uma');
    await expect(window.locator('.account-line')).toContainText('Audit User');
    const nav = window.getByRole('navigation');
    await expect(nav).toBeVisible();

    await site.run(['user', 'role', 'uma', '--group', 'manager']);
    await nav.getByRole('button', { name: /Entries/ }).click();
    await window.locator('.server-strip').getByRole('button', { name: 'Sign in again' }).click();
    await window.getByRole('button', { name: 'Next' }).click();
    await expect(window.getByText('the one that was confirmed here')).toBeVisible();
    await signIn(window, 'uma');
    await expect(window.locator('.account-line')).toContainText('Audit Manager');
    await expect(window.locator('.server-strip')).toHaveCount(0);
    await window.getByRole('button', { name: 'Change my password' }).click();
    const fill = (label: string, text: string) => window.getByLabel(label, { exact: true }).fill(text);
    await fill('Old password', 'a wrong password');
    for (const label of ['New password', 'New password again']) await fill(label, `${PASSWORD} more`);
    await window.keyboard.press('Enter');
    await expect(window.getByText('This is not your password.')).toBeVisible();
    await shoot(window, 'password');
    await fill('Old password', PASSWORD);
    await window.keyboard.press('Enter');
    await expect(window.getByText('Your password was changed.')).toBeVisible();
    await window.keyboard.press('Escape');
    await nav.getByRole('button', { name: 'Findings' }).click();
    await expect(window.locator('.server-strip')).toHaveCount(0);
    await window.locator('.account-line').getByRole('button', { name: 'Sign out' }).click();
    await expect(window.getByRole('button', { name: 'Open a directory…' })).toBeVisible();
  });
});
