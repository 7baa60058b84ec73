/** Walks through the screens over the real engine: what an auditor does with the bundled sample, by mouse and by keys. */
import { expect, type Page } from '@playwright/test';
import { samplePath } from './electron-app.ts';
import { test } from './served-screens.ts';

const goTo = (page: Page, name: string) => page.getByRole('navigation').getByRole('button', { name }).click();

/** The entries of the time that a chart shows, as its label says. */
async function readCount(page: Page, chart: ReturnType<Page['getByRole']>): Promise<number> {
  await expect(page.locator('.series-chart').first()).toBeVisible();
  const [, count = ''] = /: ([\d,]+) entries/.exec((await chart.getAttribute('aria-label')) ?? '') ?? [];
  return Number(count.replaceAll(',', ''));
}

test.describe('the sample', () => {
  test.use({ viewPaths: [samplePath] });

  test.beforeEach(async ({ link, page }) => {
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({
      timeout: 30_000,
    });
  });

  test('is told at a glance: verdict, limits, chart, files with their hashes', async ({ page }) => {
    await expect(page.getByText(/entries are missing, in \d+ gaps/)).toBeVisible();
    await expect(page.getByRole('heading', { name: 'What this check could not have seen' })).toBeVisible();
    await expect(page.getByRole('img', { name: /Entries over time on odoo-web-1/ })).toBeVisible();
    await expect(page.getByRole('button', { name: 'audit.jsonl.2025-03-01.gz' })).toBeVisible();
    await expect(page.getByText('Times in UTC').first()).toBeVisible();
    expect((await page.locator('body').innerText()).toLowerCase()).not.toContain('no tampering');
  });

  test('is looked into by time: dragged over, narrowed by keys, and opened at a bar, a cell and a user', async ({
    page,
  }) => {
    const chart = page.getByRole('img', { name: /Entries over time on odoo-web-1/ });
    const box = await chart.boundingBox();
    if (!box) throw new Error('there is no chart');
    const across = (share: number): [number, number] => [box.x + box.width * share, box.y + box.height / 2];
    await page.mouse.move(...across(0.4));
    await page.mouse.down();
    await page.mouse.move(...across(0.6), { steps: 4 });
    await expect(page.getByText('Show this time').first()).toBeVisible();
    await page.mouse.up();
    const here = page.getByRole('button', { name: 'Entries of this time' });
    await expect(here).toBeVisible();
    const whole = await readCount(page, chart);
    await page.getByRole('button', { name: 'Shorter time' }).press('Enter');
    await expect.poll(() => readCount(page, chart)).toBeLessThan(whole);
    await here.click();
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    await page.goBack();
    await expect(here).toHaveCount(0);

    await page.getByRole('radiogroup', { name: 'A chart for each' }).getByText('Model').click();
    await expect(page.getByRole('img', { name: /Entries over time on spp\./ }).first()).toBeVisible();

    const row = page.getByRole('group', { name: /^odoo-web-1: entries in/ });
    await row.getByRole('button').first().focus();
    await page.keyboard.press('ArrowRight');
    const told = await row.getByRole('button').nth(1).getAttribute('title');
    await page.keyboard.press('Enter');
    const [, entries] = /([\d,]+) entr/.exec(told ?? '') ?? [];
    await expect(page.getByText(`${entries} entries`).first()).toBeVisible();
    await page.goBack();
    await page.locator('.busiest').getByRole('button').first().click();
    await expect(page.getByRole('button', { name: /^User/ })).toHaveAttribute('data-set', 'true');
  });

  test('is worked through by keys alone, from a gap to the entry beside it', async ({ page }) => {
    await goTo(page, 'Findings');
    const list = page.getByRole('listbox');
    await list.focus();
    const chosen = list.getByRole('option', { selected: true });
    const first = await chosen.innerText();
    await page.keyboard.press('j');
    await expect(chosen).not.toHaveText(first);
    await page.keyboard.press('ArrowUp');
    expect(await chosen.innerText()).toBe(first);
    await page.keyboard.press('Enter');
    await expect(page.locator('.finding-detail')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(list).toBeFocused();

    const place = page.locator('.side-places').first().getByRole('button').first();
    const line = (await place.innerText()).replace(/\s/g, '');
    await place.press('Enter');
    await expect(page.getByRole('complementary')).toContainText(line);
    await expect(page.getByRole('row', { selected: true })).toBeVisible();
    await page.goBack();
    await expect(list).toBeVisible();
  });

  test('has its streams drawn around a gap, with the reasons beneath', async ({ page }) => {
    await goTo(page, 'Findings');
    await page.getByRole('button', { name: /^Gaps/ }).last().click();
    await expect(page.getByRole('img', { name: /Seq against time/ })).toBeVisible();
    await expect(page.getByText('Likely cause')).toBeVisible();
    await expect(page.getByText('What would tell')).toBeVisible();
  });

  test('leads from a gap to a record, to a person, to their hours and to the entries behind', async ({
    page,
  }) => {
    await goTo(page, 'Findings');
    await page.getByTitle('All about this record').first().click();
    const title = page.getByRole('heading', { level: 1 });
    await expect(title).toHaveText(/^[a-z.]+, \d+$/);
    await expect(page.getByText('Any of them could have been about it; the log does not say.')).toBeVisible();
    // A key's own changes, and back to all.
    const key = page.locator('button.course-key').first();
    await key.click();
    await expect(page.getByRole('heading', { name: /^Changes of / })).toBeVisible();
    await key.click();

    await page.getByTitle('All about this user').first().click();
    await expect(title).toHaveText(/@example\.org$/);
    await expect(page.getByText(/An hour counts as a burst|there is no habit to judge by/)).toBeVisible();
    const cell = page.locator('.week-cell[tabindex="0"]');
    await cell.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await page.locator('.week-cell[data-shade="5"]').first().press('Enter');
    const [, entries] =
      /: (\d+) entr/.exec(
        (await page.locator('.week-cell[aria-pressed="true"]').getAttribute('title')) ?? '',
      ) ?? [];
    await expect(page.locator('.week-dates')).toContainText('date');
    const hours = await page.locator('.week-dates .bar-count').allInnerTexts();
    expect(hours.reduce((sum, count) => sum + Number(count), 0)).toBe(Number(entries));
    await page.locator('.week-dates').getByRole('button').first().click();
    await expect(page.getByRole('status')).toHaveText(new RegExp(`^${hours[0]} entr`));
    await page.goBack();
    await expect(title).toHaveText(/@example\.org$/);
    await page.getByRole('button', { name: 'Back' }).click();
    await expect(title).toHaveText(/^[a-z.]+, \d+$/);
  });

  test('is searched and filtered, and an entry is read byte for byte', async ({ page }) => {
    await goTo(page, 'Entries');
    const count = page.getByRole('status');
    await expect(count).toHaveText(/1,8\d\d entries/);
    await page.getByRole('button', { name: 'Action' }).click();
    await page.getByLabel(/^unlink/).check();
    await page.keyboard.press('Escape');
    await expect(count).toHaveText(/^\d{2,3} entries/);

    await page.getByRole('row').nth(1).click();
    const panel = page.getByRole('complementary');
    await expect(panel.getByRole('heading', { level: 2 })).toContainText('unlink');
    await expect(panel.getByText(/^\{"seq"/)).toBeVisible();
    await panel.getByText('Hex', { exact: true }).click();
    await expect(panel.getByText(/^00000000 {2}7b 22 73 65 71/)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(panel).toBeHidden();

    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByLabel('Search in lines').fill('no such words');
    await expect(page.getByText('No entry matches')).toBeVisible();
  });

  test('stays open over a reload', async ({ page }) => {
    await goTo(page, 'Entries');
    await page.reload();
    await expect(page.getByRole('grid')).toBeVisible({ timeout: 30_000 });
  });

  test('gives way to something else', async ({ page }) => {
    await page.getByRole('button', { name: 'Open something else' }).click();
    await page.getByLabel(/^Path of a directory/).fill('/no/such/path');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await expect(page.getByRole('alert')).toContainText('The path was not found');
    await page.getByRole('button', { name: 'Open something else' }).click();
    await page.getByRole('button', { name: /Try the bundled sample/ }).click();
    await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({
      timeout: 30_000,
    });
  });
});
