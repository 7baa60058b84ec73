/**
 * A log that is written to all day while somebody reads in it: half a line, a new day's file, and both ways of rotation.
 * Nothing moves under the reader's eyes; what the last seconds lack is provisional, and settles one way or the other.
 */
import {
  appendFileSync,
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  renameSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { readTop } from './entry-rows.ts';
import { places } from './walker.ts';

/** One entry a second from eight o’clock on. */
function line(seq: number): string {
  const at = Date.UTC(2025, 0, 1, 8) + seq * 1000;
  return `${JSON.stringify({
    ...{ seq, ts: new Date(at).toISOString().replace('Z', '001+00:00'), node: 'web-1', model: 'res.partner' },
    ...{ res_id: 900_000 + seq, method: 'write', user_id: 2, user_login: 'ana' },
    ...{ old_values: { name: 'An' }, new_values: { name: 'Ana' } },
  })}\n`;
}
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => line(from + index)).join('');

for (const [where, test] of places) {
  test.describe.configure({ timeout: 120_000 });
  test(`a log grows and rotates while it is read, ${where}`, async ({ walker }) => {
    const { page, folder } = walker;
    const log = join(folder, 'audit');
    const at = (name: string): string => join(log, name);
    const [today, tomorrow] = [at('audit-2025-01-01.jsonl'), at('audit-2025-01-02.jsonl')];
    mkdirSync(log);
    writeFileSync(today, lines(1, 600));
    await walker.open(log);
    await expect(page.getByRole('heading', { name: 'Intact', level: 1 })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('Following')).toBeVisible();
    await page.keyboard.press('Alt+3');
    const grid = page.getByRole('grid');
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    await grid.evaluate((element) => element.scrollTo({ top: 3_003 }));
    // A file that is rotated is called otherwise, and its entries stay where they are.
    const readRow = async () => {
      const { text, top } = await readTop(page);
      return { top, row: text.replace(/audit-.*/s, '') };
    };
    await expect.poll(async () => (await readRow()).row).toContain('9001');
    const reading = await readRow();
    /** Told at the table's edge, while the rows that are read stay where they are. */
    const expectNew = async (entries: number): Promise<void> => {
      await expect(page.getByRole('button', { name: `${entries} new entries` })).toBeVisible();
      expect(await readRow()).toEqual(reading);
    };

    appendFileSync(today, lines(601, 620) + line(621).slice(0, 60));
    await expectNew(20);
    await walker.stopAt('half-a-line');
    appendFileSync(today, line(621).slice(60));
    await expectNew(21);

    // Renamed, while the writer goes on in what it has open.
    const writer = openSync(today, 'a');
    renameSync(today, `${today}.1`);
    writeSync(writer, lines(622, 640));
    closeSync(writer);
    await expectNew(40);
    writeFileSync(today, lines(641, 660));
    await expectNew(60);

    // Copied and cut to nothing.
    copyFileSync(today, `${today}.2`);
    truncateSync(today);
    appendFileSync(today, lines(661, 680));
    await expectNew(80);

    // A new day's file.
    writeFileSync(tomorrow, lines(681, 700));
    await expectNew(100);
    await walker.stopAt('rotated');
    await page.getByRole('button', { name: '100 new entries' }).click();
    await expect(grid.getByText('900700')).toBeVisible();
    await page.keyboard.press('Alt+1');
    await expect(page.getByRole('heading', { name: 'Intact', level: 1 })).toBeVisible();
    await expect(page.getByText(/No gap in 700 entries of 1 stream/)).toBeVisible();

    // Two that are late.
    appendFileSync(tomorrow, lines(703, 710));
    await expect(page.getByText('2 not decided yet', { exact: false }).first()).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Intact', level: 1 })).toBeVisible();
    await walker.stopAt('not-decided-yet');
    await page.keyboard.press('Alt+2');
    const option = page.getByRole('option', { name: /seq 701 to 702/ });
    await expect(option).toContainText('Provisional');
    await walker.stopAt('provisional');
    appendFileSync(tomorrow, lines(701, 702));
    await expect(option).toHaveCount(0);
    await expect(page.getByText('No findings.')).toBeVisible();

    // Three that never come.
    appendFileSync(tomorrow, lines(714, 720));
    const gap = page.getByRole('option', { name: /seq 711 to 713/ });
    await expect(gap).toContainText('Provisional');
    appendFileSync(tomorrow, lines(721, 760));
    await expect(gap).not.toContainText('Provisional');
    await walker.stopAt('settled');
    await page.keyboard.press('Alt+1');
    await expect(page.getByText(/At least 3 entries are missing, in 1 gap among 757 entries/)).toBeVisible();
    await expect(page.getByText('not decided yet')).toHaveCount(0);
  });
}
