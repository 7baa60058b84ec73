/**
 * An investigator's question: who raised what a household is paid, in a log from which three entries are gone? From the
 * person to the gap, from the gap to the record, whose values do not fit across it, and on to a document for the case.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { places } from './walker.ts';

const CASE = 'spp.entitlement, 301';
const people = ['ana', 'ben', 'chidi', 'dalia', 'efua'];
const observation = 'Nobody left 120: what set it is gone.';

/** Ten days of work; seqs 121 to 123 are missing, in which somebody set the amount that is raised afterwards. */
function writeCase(folder: string): void {
  const lines: string[] = [];
  for (let seq = 1; seq <= 300; seq += 1) {
    if (seq > 120 && seq < 124) continue;
    const isOfCase = [20, 120, 124, 240].includes(seq);
    const who = isOfCase && seq > 100 ? 'ben' : people[(seq * 7) % people.length];
    const minutes = (seq % 30) * 18 + ((seq * 7) % 13);
    const at = Date.UTC(2025, 2, 3 + Math.floor(seq / 30), 8, minutes);
    const amounts: Readonly<Record<number, [number, number]>> = {
      120: [60, 65],
      124: [120, 180],
      240: [180, 180],
    };
    const [old, fresh] = amounts[seq] ?? [60, 60];
    const values = isOfCase
      ? {
          old_values: seq === 20 ? {} : { amount: old, state: 'draft' },
          new_values: { amount: fresh, state: seq === 240 ? 'paid' : 'draft' },
        }
      : { old_values: { phone: `+63 900 ${seq}` }, new_values: { phone: `+63 917 ${seq}` } };
    lines.push(
      JSON.stringify({
        ...{ seq, ts: new Date(at).toISOString().replace('Z', '001+00:00'), node: 'odoo-1' },
        ...{
          model: isOfCase ? 'spp.entitlement' : 'res.partner',
          res_id: isOfCase ? 301 : 7000 + (seq % 40),
        },
        ...{
          method: seq === 20 ? 'create' : 'write',
          user_id: 10 + people.indexOf(who ?? ''),
          user_login: `${who}@example.org`,
        },
        ...values,
      }),
    );
  }
  mkdirSync(folder);
  writeFileSync(join(folder, 'audit-2025-03.jsonl'), `${lines.join('\n')}\n`);
}

for (const [where, test] of places) {
  test.describe.configure({ timeout: 120_000 });
  test(`an investigator follows a person across a gap and composes a document, ${where}`, async ({
    walker,
  }) => {
    const { page, folder } = walker;
    const log = join(folder, 'audit');
    writeCase(log);
    await walker.open(log);
    await expect(page.getByText(/At least 3 entries are missing, in 1 gap/)).toBeVisible({ timeout: 30_000 });
    const title = page.getByRole('heading', { level: 1 });

    // The person, found among the entries by their name.
    await page.keyboard.press('Alt+3');
    await page.getByLabel('Search in lines').fill('BEN@');
    const count = page.getByRole('status').first();
    await expect(count).toHaveText(/^\d\d entries$/);
    await page.getByRole('grid').press('End');
    await page.keyboard.press('Enter');
    const entry = page.getByRole('complementary', { name: 'Entry' });
    await expect(entry.getByText('SHA-256 of the line')).toBeVisible();
    await walker.stopAt('entries-of-a-person');
    await entry.getByTitle('All about this user').click();
    await expect(title).toHaveText('ben@example.org');
    await expect(
      page.getByText('At least 3 entries are missing in 1 gap of the log.', { exact: false }),
    ).toBeVisible();
    await walker.stopAt('person');

    // Across the gap, to the record on one of its sides.
    const gaps = page.getByRole('region', { name: 'Gaps in which their entries may be missing' });
    await gaps.getByRole('button', { name: /at least 3 entries missing|3 entries missing/ }).click();
    await expect(page.getByRole('heading', { name: /^Gap · seq 121 to 123/ })).toBeVisible();
    await expect(page.getByText('Likely cause')).toBeVisible();
    await walker.stopAt('gap');
    await page.getByRole('button', { name: 'Entries around it' }).click();
    await expect(count).toHaveText(/^\d entries$/);
    await page.goBack();
    const before = page.getByRole('region', { name: 'Last line before' });
    await before.getByTitle('All about this record').click();

    // The record: what it was left at before the gap is not what it was raised from.
    await expect(title).toHaveText(CASE);
    const history = page.getByRole('region', { name: 'History' });
    await expect(history).toContainText('1 contradiction');
    const unfit = history.getByRole('listitem').filter({ hasText: 'The entry before left 65' });
    await expect(unfit).toContainText('1 gap could lie between the two.');
    await expect(page.getByRole('region', { name: 'Gaps that could have touched it' })).toContainText(
      'within 1 contradiction',
    );
    await walker.stopAt('record');
    await history
      .getByRole('listitem')
      .filter({ hasText: '180' })
      .first()
      .getByRole('button')
      .first()
      .click();

    // Marked, with its neighbour before the gap.
    const tags = entry.getByLabel('Tags', { exact: true }).first();
    const note = entry.getByLabel('Note');
    await tags.fill('raised');
    await tags.press('Enter');
    await note.fill(observation);
    await note.press('Escape');
    await expect(page.getByLabel('Marked: raised')).toBeVisible();
    await page.getByRole('grid').press('p');
    // That one has no tag yet.
    await expect(page.getByRole('row', { selected: true })).toContainText('120');
    await expect(entry.getByText('raised')).toHaveCount(0);
    await tags.fill('raised');
    await tags.press('Enter');
    await expect(page.getByLabel('Marked: raised')).toHaveCount(2);
    await tags.press('Escape');
    await walker.stopAt('marked');

    await page.keyboard.press('Alt+4');
    await page.getByLabel('Case name').fill('Household 301');
    await page.getByLabel('Examiner').fill('N. Diallo');
    await page.getByLabel('Chosen entries').check();
    await expect(page.getByLabel('2 that you marked')).toBeChecked();
    const paper = page.frameLocator('iframe');
    await expect(paper.getByText(observation)).toBeAttached();
    await paper.getByText(observation).scrollIntoViewIfNeeded();
    await walker.stopAt('document');
    const html = (await walker.save('HTML')).toString();
    for (const told of ['Household 301', 'N. Diallo', observation, 'raised', '120', '180'])
      expect(html).toContain(told);
    const rows = (await walker.save('CSV of the entries')).toString().trimEnd().split('\r\n');
    expect(rows).toHaveLength(3);
    expect(rows.filter((row) => row.includes('ben@example.org') && row.includes('raised'))).toHaveLength(2);
  });
}
