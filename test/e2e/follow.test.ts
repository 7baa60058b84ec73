/** A log that is written to while its entries are read: what is in view stays, and what is new is told. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './electron-app.ts';
import { readTop } from './entry-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'unbroken-e2e-follow-'));
const evidence = join(folder, 'audit');
const file = join(evidence, 'audit-2025-01-01.jsonl');
mkdirSync(evidence);
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
test.use({ startPaths: [evidence] });
// Before the app is there: it must not see the log of the test before.
test.beforeEach(() => writeFileSync(file, lines(1, 600)));

function lines(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const seq = from + index;
    const ts = new Date(Date.UTC(2025, 0, 1, 8) + seq * 1000).toISOString().replace('Z', '001+00:00');
    const entry = { seq, ts, node: 'web-1', model: 'res.partner', res_id: 900_000 + seq, method: 'write' };
    const who = { user_id: 2, user_login: 'ana', old_values: {}, new_values: { name: 'Ana' } };
    return `${JSON.stringify({ ...entry, ...who })}\n`;
  }).join('');
}

for (const [order, newest] of [
  ['oldest first', 'ascending'],
  ['newest first', 'descending'],
] as const) {
  test(`entries that arrive move nothing that is being read, ${order}`, async ({ window }, info) => {
    await expect(window.getByRole('heading', { name: 'Intact', level: 1 })).toBeVisible({ timeout: 30_000 });
    await expect(window.getByText('Following')).toBeVisible();
    await window.getByRole('navigation').getByRole('button', { name: 'Entries' }).click();
    const grid = window.getByRole('grid');
    const head = grid.getByRole('columnheader').first();
    if (newest === 'descending') await head.getByRole('button').first().click();
    await expect(head).toHaveAttribute('aria-sort', newest);
    await expect(grid.getByText('900300', { exact: false })).toHaveCount(0);
    await grid.evaluate((element) => element.scrollTo({ top: 7_003 }));
    await expect.poll(async () => (await readTop(window)).text).toContain('web-1');
    const before = await readTop(window);

    appendFileSync(file, lines(601, 620));
    const chip = window.getByRole('button', { name: '20 new entries' });
    await expect(chip).toBeVisible();
    expect(await readTop(window)).toEqual(before);
    await window.screenshot({ path: info.outputPath('following.png') });
    // Half a line is no fault, and not an entry yet.
    appendFileSync(file, lines(621, 621).slice(0, 60));
    await expect(window.getByText('Intact')).toBeVisible();
    appendFileSync(file, lines(621, 621).slice(60));
    await window.getByRole('button', { name: '21 new entries' }).click();
    await expect(grid.getByText('900621', { exact: false })).toBeVisible();
    await expect(window.getByRole('button', { name: /new entr/ })).toHaveCount(0);

    // Many, one after another: they arrive without moving what is read.
    await grid.evaluate((element) => element.scrollTo({ top: 7_003 }));
    // Rows of where it was scrolled from are far below until those of the new place are drawn.
    await expect.poll(async () => (await readTop(window)).top).toBeLessThan(100);
    await expect.poll(async () => (await readTop(window)).text).toContain('web-1');
    const still = await readTop(window);
    for (let from = 622; from < 1022; from += 20) {
      appendFileSync(file, lines(from, from + 19));
      expect(await readTop(window)).toEqual(still);
    }
    await expect(window.getByRole('button', { name: '400 new entries' })).toBeVisible();
    await window.screenshot({ path: info.outputPath('growing.png') });
    expect(await readTop(window)).toEqual(still);

    await window.getByRole('button', { name: 'Pause following' }).click();
    await expect(window.getByText('Not followed: paused')).toBeVisible();
    await window.getByRole('button', { name: 'Follow again' }).click();
    await expect(window.getByText('Following')).toBeVisible();
  });
}
