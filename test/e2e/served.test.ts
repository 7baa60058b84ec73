/** A served instance with accounts in Chromium, from the first link to the end of the process. */
import { once } from 'node:events';
import AxeBuilder from '@axe-core/playwright';
import { type Page, expect as within } from '@playwright/test';
import { PASSWORD, type ServedSite, test } from './served-instance.ts';

test.use({ viewport: { width: 1280, height: 720 } });
// A password takes long to try on a busy machine: that is what its hash is for.
test.setTimeout(120_000);
const expect = within.configure({ timeout: 20_000 });

/** By the keyboard alone: the name has the focus when the page is there. */
async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.type(name);
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
}

/** Who is signed in stands beside what was received, once that was checked. */
const seeGroup = (page: Page, group: string) =>
  expect(page.locator('.account-line')).toContainText(group, { timeout: 30_000 });

async function makeFirst(page: Page, { firstLink }: ServedSite): Promise<void> {
  await page.goto(firstLink);
  await expect(page.getByRole('heading', { name: 'Make the first account' })).toBeVisible();
  await page.keyboard.type('mona');
  for (const label of ['Password', 'Password again'])
    await page.getByLabel(label, { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await seeGroup(page, 'Audit Manager');
}

const signOut = (page: Page) => page.getByRole('button', { name: 'Sign out' }).click();

test('the first link makes a manager, who sees what arrives; the process ends in good order', async ({
  page,
  site,
}) => {
  await makeFirst(page, site);
  expect(page.url()).not.toContain('first');
  await expect(page.getByRole('heading', { name: 'Nothing received yet' })).toBeVisible({ timeout: 30_000 });
  await page.screenshot({ path: test.info().outputPath('nothing-yet.png') });
  await site.receive([1, 2, 4]);
  await expect(page.getByText('1 not decided yet').first()).toBeVisible({ timeout: 30_000 });
  await page.screenshot({ path: test.info().outputPath('manager.png') });
  const exit = once(site.process, 'exit');
  site.process.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);
});

test('an Audit User reads and notes, and is offered nothing else', async ({ page, site }) => {
  await site.run(['user', 'add', 'uma', '--password-stdin'], `${PASSWORD}\n`);
  await site.receive([1, 2, 3]);
  await page.goto(new URL('/', site.firstLink).href);
  await signIn(page, 'uma', 'a wrong password');
  await expect(page.getByRole('alert')).toContainText('ask an Audit Manager for a new one');
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await seeGroup(page, 'Audit User');
  const nav = page.getByRole('navigation');
  await expect(nav.getByRole('button', { name: 'Settings' })).toBeDisabled({ timeout: 30_000 });
  await expect(page.getByRole('button', { name: /Pause/ })).toHaveCount(0);
  await nav.getByRole('button', { name: 'Rules' }).click();
  await expect(page.getByText('This needs an Audit Manager.')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('user-rules.png') });
  // Another group ends the session: the next thing that is asked leads to where people sign in.
  await site.run(['user', 'role', 'uma', '--group', 'manager']);
  await nav.getByRole('button', { name: 'Entries' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await signIn(page, 'uma');
  await seeGroup(page, 'Audit Manager');
  await signOut(page);
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});

test('an account’s own password is changed, and is the one to sign in with', async ({ page, site }) => {
  await site.run(['user', 'add', 'uma', '--password-stdin'], `${PASSWORD}\n`);
  await page.goto(new URL('/', site.firstLink).href);
  await signIn(page, 'uma');
  await seeGroup(page, 'Audit User');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('password');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Change my password' });
  await dialog.getByLabel('Old password', { exact: true }).fill(PASSWORD);
  for (const label of ['New password', 'New password again'])
    await dialog.getByLabel(label, { exact: true }).fill(`${PASSWORD} more`);
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Your password was changed.');
  await page.reload();
  await seeGroup(page, 'Audit User');
  await signOut(page);
  await signIn(page, 'uma', `${PASSWORD} more`);
  await seeGroup(page, 'Audit User');
});

test('the pages before signing in pass axe, in light and dark, in each language', async ({ page, site }) => {
  const check = async (name: string): Promise<void> => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: test.info().outputPath(`${name}-${colorScheme}.png`) });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations, `${name}, ${colorScheme}`).toEqual([]);
    }
  };
  await page.goto(site.firstLink);
  await page.getByLabel('Name').fill('Mona B.');
  for (const label of ['Password', 'Password again'])
    await page.getByLabel(label, { exact: true }).fill(label);
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is not the same password.')).toBeVisible();
  await check('first');
  await page.goto('about:blank');
  await page.goto(new URL('/', site.firstLink).href);
  await signIn(page, 'nobody');
  await expect(page.getByRole('alert')).toBeVisible();
  await check('refused');
  for (const language of ['fr', 'ar']) {
    await page.getByRole('combobox').selectOption(language);
    await expect(page.locator('html')).toHaveAttribute('lang', language);
    await check(`sign-in-${language}`);
  }
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
});
