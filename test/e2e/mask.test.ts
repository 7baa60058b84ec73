/** An auditor shows the screens to somebody who may not see what the log holds, and hands on what they find. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './served-screens.ts';

test.use({ viewPaths: [resolve(import.meta.dirname, '../fixtures/documented/audit')] });

test('masked values are on no screen, in no export and in no document', async ({ page, link }) => {
  test.slow();
  await page.goto(link);
  await page.getByRole('navigation').getByRole('button', { name: 'Entries' }).click();
  await page.getByRole('row').nth(4).click();
  const panel = page.getByRole('complementary', { name: 'Entry' });
  const values = await panel.locator('.value-table td.mono').allInnerTexts();
  // Names in other letters than the app's own words.
  const secrets = values
    .map((value) => value.replaceAll('"', ''))
    .filter((value) => /[^\0-\x7f]/.test(value));
  expect(secrets).not.toEqual([]);
  const expectNone = async () => {
    await expect(page.getByText('Values are masked', { exact: true })).toBeVisible();
    const html = await page.locator('body').innerHTML();
    for (const secret of secrets) expect(html).not.toContain(secret);
  };

  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Commands' }).fill('Mask values');
  await page.keyboard.press('Enter');
  await expect(panel.getByText('The line is masked')).toBeVisible();
  await expect(panel.locator('.masked-value')).not.toHaveCount(0);
  await expectNone();

  await panel.locator('.entry-facts').getByRole('button', { name: /, \d/ }).first().click();
  await expect(page.locator('.history-entry').first()).toBeVisible();
  await expectNone();

  await page.keyboard.press('Alt+3');
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('checkbox', { name: 'Leave values out' })).toBeDisabled();
  await expect(page.getByRole('checkbox', { name: 'Leave values out' })).toBeChecked();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export…' }).click(),
  ]);
  const exported = readFileSync(await download.path(), 'utf8');
  expect(exported.split('\n').length).toBeGreaterThan(1000);
  for (const secret of secrets) expect(exported).not.toContain(secret);
  await page.keyboard.press('Escape');

  await page.keyboard.press('Alt+4');
  await expect(page.getByText('Values are masked in the settings.')).toBeVisible();
  await expect(page.frameLocator('iframe').getByRole('heading', { level: 1 })).toBeVisible();
  await expectNone();

  // Only of a field: the others are shown again, the whole line is not.
  await page.keyboard.press('Control+,');
  await page.getByRole('combobox', { name: 'Only of these fields' }).fill('no_such_field');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
  await page.keyboard.press('Alt+3');
  await page.getByRole('row').nth(4).click();
  await expect(panel.locator('.value-table .masked-value')).toHaveCount(0);
  await expect(panel.getByText('The line is masked')).toBeVisible();
});
