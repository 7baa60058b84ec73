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
