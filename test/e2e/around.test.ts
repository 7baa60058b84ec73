/** An investigator follows a record and a user from entry to entry, and leaves out what is not asked for. */
import { resolve } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './served-screens.ts';

test.use({ viewPaths: [resolve(import.meta.dirname, '../fixtures/documented/audit')] });

test('an entry leads to those beside it, and its record can be left out', async ({ page, link }) => {
  await page.goto(link);
  await page.getByRole('navigation').getByRole('button', { name: 'Entries' }).click();
  const count = page.locator('.entry-bar [role="status"]');
  await expect(count).toHaveText(/1,8\d\d entries/);
  await page.getByRole('row').nth(4).click();
  const facts = page.locator('.entry-facts');
  const place = await facts.getByText(/jsonl.*:\d+/).innerText();

  await page.getByRole('button', { name: 'User: the entry after' }).click();
  await expect(facts.getByText(/jsonl.*:\d+/)).not.toHaveText(place);
  await page.getByRole('grid').press('Shift+P');
  await expect(facts.getByText(/jsonl.*:\d+/)).toHaveText(place);

  await page.getByRole('button', { name: 'Marked', exact: true }).click();
  await expect(page.getByText('No entry matches')).toBeVisible();
  await page.getByRole('button', { name: 'Marked', exact: true }).click();
  await page.getByRole('row').nth(4).click();
  const before = await count.innerText();
  await facts.getByRole('button', { name: /^Leave out .*,\d/ }).click();
  await expect(count).toHaveText(/\d entries/);
  await expect(count).not.toHaveText(before);
  await page.screenshot({ path: test.info().outputPath('around.png') });
});

test('a gap tells what its users and records did on both sides, and leads there by the keyboard', async ({
  page,
  link,
}) => {
  await page.goto(link);
  await page.getByRole('navigation').getByRole('button', { name: 'Findings' }).click();
  const across = page.getByRole('region', { name: 'The same users and records before and after' });
  // Two users, each on a side, have entries before and after.
  await expect(across.getByRole('heading', { name: /of (the line|both)/ })).not.toHaveCount(0);
  const told = across.locator('.across-subject').first();
  const user = await told.getByRole('heading').getByRole('button').innerText();
  const lastBefore = told.locator('.across-entry').filter({ has: page.locator('.numbers') });
  const time = await lastBefore.last().locator('.numbers').innerText();
  await lastBefore.last().focus();
  await page.keyboard.press('Enter');
  const facts = page.locator('.entry-facts');
  await expect(facts.getByText(time)).toBeVisible();
  await expect(facts.getByRole('button', { name: user, exact: true })).toBeVisible();
  await expect(page.getByRole('search').getByRole('button', { name: `User ${user}` })).toBeVisible();
});

test('a finding leads to the entries of its stream, and an entry to those beside it there', async ({
  page,
  link,
}) => {
  await page.goto(link);
  await page.getByRole('navigation').getByRole('button', { name: 'Findings' }).click();
  const named = page.getByRole('list', { name: 'Streams that it is about' }).getByRole('button').first();
  const name = await named.innerText();
  const [, first, last] = /seq (\d+)–(\d+)/.exec(name) ?? [];
  await named.press('Enter');
  const count = page.locator('.entry-bar [role="status"]');
  await expect(count).toHaveText(/^\d+ entries$/);
  expect(Number.parseInt(await count.innerText(), 10)).toBeLessThanOrEqual(Number(last) - Number(first) + 1);
  await expect(page.getByRole('search').getByRole('button', { name: `Stream ${name}` })).toBeVisible();

  await page.getByRole('row').nth(4).click();
  const panel = page.getByRole('complementary', { name: 'Entry' });
  await expect(panel.locator('.stream-name')).toContainText(name);
  const seq = panel.locator('.entry-facts dt', { hasText: /^Seq$/ }).locator('+ dd');
  const own = Number(await seq.innerText());
  await page.getByRole('grid').press('f');
  await expect(seq).not.toHaveText(String(own));
  expect(Number(await seq.innerText())).toBeGreaterThan(own);
  await page.getByRole('grid').press('b');
  await expect(seq).toHaveText(String(own));

  // The other way: all but this stream.
  await panel.getByRole('button', { name: /^Leave out .*seq/ }).click();
  await expect(page.getByRole('search').getByRole('button', { name: /^Stream not / })).toBeVisible();
});
