/** A text search that takes a while says how far it is, and can be ended. */
import { expect } from '@playwright/test';
import { samplePath } from './electron-app.ts';
import { test } from './served-screens.ts';

test.use({ viewPaths: [samplePath] });

test('a long search tells how far it is, and is stopped', async ({ link, page }) => {
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({ timeout: 30_000 });
  // The sample is searched at once: the answer of a log that takes longer stands in for it.
  const far = { rows: [], hits: 1203, bytes: 42, bytesTotal: 100, complete: false };
  await page.route('**/api/call/entries.search', (route) =>
    route.fulfill({ json: { ok: true, value: far } }),
  );
  const stopped = page.waitForResponse('**/api/call/entries.cancelSearch');
  await page.keyboard.press('Alt+3');
  const field = page
    .getByRole('searchbox')
    .or(page.getByRole('textbox', { name: /text/i }))
    .first();
  await field.fill('approved');
  await field.press('Enter');
  const line = page.getByRole('status').filter({ hasText: '42% searched; found so far: 1,203' });
  await expect(line).toBeVisible();
  await page.screenshot({ path: test.info().outputPath('search.png') });
  await line.getByRole('button', { name: 'Stop the search' }).click();
  expect(await (await stopped).json()).toEqual({ ok: true, value: {} });
  await expect(line).toHaveCount(0);
  await expect(field).toHaveValue('');
});
