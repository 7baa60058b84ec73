/**
 * An auditor's month: what was saved last month is compared with the log of today, of which a file is not what it was;
 * findings are worked off by keys, and the report is taken away in each of its forms.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import { Document } from '../../src/contract/document.ts';
import { places } from './walker.ts';

const log = resolve(import.meta.dirname, '../fixtures/documented/audit');
const [first, second, third] = [
  'audit.jsonl.2025-03-01.gz',
  'audit.jsonl.2025-03-02.gz',
  'audit.jsonl',
] as const;
const suspicion = 'Not what was recorded in February. Asked operations on the 4th.';
const explained = 'The node was moved that night, see change 4711.';

/** Somebody replaced a name in a file that had been checked. */
function editSecond(folder: string): void {
  const file = join(folder, second);
  const text = gunzipSync(readFileSync(file)).toString();
  writeFileSync(file, gzipSync(text.replace('user6@example.org', 'user7@example.org')));
}

for (const [where, test] of places) {
  test.describe.configure({ timeout: 120_000 });
  test(`an auditor compares with last month, works off what was found and takes the report away, ${where}`, async ({
    walker,
  }) => {
    const { page, folder } = walker;
    const audit = join(folder, 'audit');
    mkdirSync(audit);
    for (const name of [first, second]) copyFileSync(join(log, name), join(audit, name));
    const screen = (name: string) => page.getByRole('navigation').getByRole('button', { name });

    await walker.stopAt('start');
    await walker.open(audit);
    await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({
      timeout: 30_000,
    });
    await page.keyboard.press('Alt+4');
    const earlier = join(folder, 'february.json');
    writeFileSync(earlier, await walker.save('JSON'));

    copyFileSync(join(log, third), join(audit, third));
    editSecond(audit);
    await page.getByRole('button', { name: 'Open something else' }).click();
    await walker.open(audit, earlier);
    await expect(page.getByRole('heading', { name: 'Contradicted', level: 1 })).toBeVisible({
      timeout: 30_000,
    });
    await expect(
      page.getByText(/1 file recorded earlier can no longer be found byte for byte/),
    ).toBeVisible();
    const found = page.getByRole('region', { name: 'Found against asked for' });
    await expect(found).toContainText('With an earlier report');
    await expect(found).toContainText('1 of 2 files unchanged, 0 grown, 1 rewritten, 0 absent');
    await expect(found).toContainText('3 days · 2 nodes · 3 files');
    const limits = page.getByRole('region', { name: 'What this check could not have seen' });
    await expect(limits.getByRole('listitem').first()).toBeVisible();
    await expect(page.getByRole('group', { name: /^odoo-web-1: entries in 3 of 3 cells/ })).toBeAttached();
    await walker.stopAt('verdict');
    await limits.scrollIntoViewIfNeeded();
    await page
      .getByRole('region', { name: 'Files' })
      .getByRole('button', { name: second })
      .scrollIntoViewIfNeeded();
    await walker.stopAt('limits-coverage-and-files');

    await page.keyboard.press('Alt+2');
    const list = page.getByRole('listbox', { name: 'Gaps and other findings' });
    const chosen = list.getByRole('option', { selected: true });
    await list.focus();
    await expect(chosen).toContainText(/Rewritten.*edited/s);
    await page.getByRole('radiogroup', { name: 'Review' }).getByText('To be followed up').click();
    await page.keyboard.press('n');
    await page.keyboard.type(suspicion);
    await page.keyboard.press('Escape');
    await page.keyboard.press('j');
    await expect(chosen).toContainText(/Gap/);
    const gap = (await chosen.innerText()).split('\n')[0] ?? '';
    await page.keyboard.press('r');
    await expect(chosen.getByLabel('Reviewed')).toBeVisible();
    await page.keyboard.press('n');
    await page.keyboard.type(explained);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('status')).toHaveText(/^(\d+) of \1 shown, \d+ still open$/);
    await walker.stopAt('findings-worked-off');
    await page.keyboard.press('k');
    await expect(page.getByPlaceholder('Note')).toHaveValue(suspicion);
    await expect(page.getByRole('radio', { name: 'To be followed up' })).toBeChecked();
    await walker.stopAt('rewritten-file');

    await page.keyboard.press('Alt+4');
    await expect(screen('Report')).toHaveAttribute('aria-current', 'page');
    await page.getByLabel('Case name').fill('March 2025');
    await page.getByLabel('Examiner').fill('A. Okafor');
    const paper = page.frameLocator('iframe');
    await expect(paper.getByText('March 2025').first()).toBeVisible();
    await expect(paper.getByText(suspicion)).toBeAttached();
    await walker.stopAt('report');

    const pdf = await walker.save('PDF');
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const html = (await walker.save('HTML')).toString();
    for (const told of ['March 2025', 'A. Okafor', 'Contradicted', suspicion, explained])
      expect(html).toContain(told);
    const rows = (await walker.save('CSV of the findings')).toString().trimEnd().split('\r\n');
    expect(rows.filter((row) => row.includes(suspicion))).toHaveLength(1);
    expect(rows.find((row) => row.includes(suspicion))).toContain('rewritten');
    const { report, reviews, choice } = Document.parse(JSON.parse((await walker.save('JSON')).toString()));
    expect(choice).toMatchObject({ caseName: 'March 2025', examiner: 'A. Okafor' });
    expect(rows).toHaveLength(1 + (report.findings?.length ?? 0));
    expect(reviews.map(({ state, note }) => [state, note]).sort()).toEqual([
      ['escalated', suspicion],
      ['reviewed', explained],
    ]);
    const reviewed = reviews.find(({ state }) => state === 'reviewed')?.finding;
    const { firstSeq } = report.findings?.find(({ id }) => id === reviewed) ?? {};
    expect(gap).toContain(`${firstSeq}`);
    // Whoever gets the report can find each file by its hash.
    const hashes = Object.fromEntries((report.files ?? []).map(({ path, sha256 }) => [path, sha256]));
    for (const name of [first, second, third]) {
      const bytes = readFileSync(join(audit, name));
      expect(hashes[name]).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
}
