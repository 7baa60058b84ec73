/** A reviewer's day over the real engine: filters that combine, a tag, a finding worked off, an export without values. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './served-screens.ts';

test.use({ viewPaths: [resolve(import.meta.dirname, '../fixtures/documented/audit')] });

test('entries are filtered, tagged and exported, and a finding keeps its review', async ({ page, link }) => {
  await page.goto(link);
  const go = (name: string) => page.getByRole('navigation').getByRole('button', { name }).click();
  await go('Entries');
  const count = page.locator('.entry-bar [role="status"]');
  await expect(count).toHaveText(/1,8\d\d entries/);

  await page.getByRole('row').nth(4).click();
  const tags = page.getByLabel('Tags', { exact: true }).first();
  await tags.fill('odd');
  await tags.press('Enter');
  await expect(page.getByLabel('Marked: odd')).toBeVisible();
  await tags.press('Escape');
  await page.getByRole('button', { name: 'Close the entry' }).click();

  await page.getByRole('button', { name: 'Tag', exact: true }).click();
  await page.getByRole('checkbox', { name: /odd/ }).check();
  await expect(count).toHaveText('1 entry');
  await page.keyboard.press('Escape');

  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('checkbox', { name: 'Leave values out' }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export…' }).click(),
  ]);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n');
  expect(lines).toHaveLength(1);
  expect(Object.values(JSON.parse(lines[0] ?? '').new_values).every((value) => value === '***')).toBe(true);
  await page.keyboard.press('Escape');

  await go('Findings');
  await page.keyboard.press('r');
  await expect(page.getByText(/, \d+ still open/)).toBeVisible();
  await page.keyboard.press('n');
  await page.keyboard.type('Operations restarted this node.');
  await Promise.all([page.waitForResponse(/reviews\.set/), page.keyboard.press('Escape')]);
  await page.reload();
  await expect(page.getByPlaceholder('Note')).toHaveValue('Operations restarted this node.');
  await expect(page.getByRole('radio', { name: 'Reviewed' })).toBeChecked();
});
