import { expect } from '@playwright/test';
import { samplePath } from './electron-app.ts';
import { test } from './served-screens.ts';

test.use({ viewPaths: [samplePath] });

test('the same screens come to a verdict in a browser', async ({ link, page }) => {
  await page.goto(link);
  await expect(page.getByText(/Incomplete/).first()).toBeVisible({ timeout: 30_000 });
  expect(page.url()).not.toContain('token');
});

test('a link opens once, and nothing is shown without it', async ({ link, page, browser }) => {
  const { origin } = new URL(link);
  expect((await page.request.get(origin)).status()).toBe(401);
  await page.goto(link);
  const stranger = await browser.newContext();
  expect((await stranger.request.get(link, { maxRedirects: 0 })).status()).toBe(401);
  await stranger.close();
});

test('what is dropped on a browser is refused with what to do instead, and opens nothing', async ({
  link,
  page,
}) => {
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({ timeout: 30_000 });
  await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['{}'], 'audit.jsonl'));
    const drop = (type: string) =>
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    for (const type of ['dragenter', 'dragover', 'drop']) drop(type);
  });
  const notice = page.getByRole('alert').filter({ hasText: 'Type the path instead.' });
  await expect(notice).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible();
  await notice.getByRole('button', { name: 'Close' }).click();
  await expect(notice).toHaveCount(0);
});

test('the preview of a document is in the language of the app', async ({ link, page }) => {
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Alt+4');
  const paper = page.frameLocator('iframe').locator('body');
  await expect(paper.getByText('How it was checked')).toBeVisible();
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: 'Language' }).selectOption('ar');
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await page.keyboard.press('Control+,');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('settings-ar.png') });
  await page.keyboard.press('Escape');
  await page.keyboard.press('Alt+4');
  await expect(paper.getByText('كيف جرى الفحص')).toBeVisible();
});
