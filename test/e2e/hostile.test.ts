/**
 * A log whose every word was chosen to do harm, in a folder with such a name, on every screen: nothing of it runs, no
 * character that would not be seen as itself is shown raw, and no screen grows wider than its window.
 */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import fc from 'fast-check';
import { expectHarmless, hidden, markup, nasty, raw } from './harmless.ts';
import { test } from './served-screens.ts';

const root = mkdtempSync(join(tmpdir(), 'unbroken-hostile-'));
// A name of a file cannot have a slash, and on some systems no quote.
const folder = join(root, '<img src=x onerror=document.title=1>\u202egpj.$t(screen.product){{count}}\u200b');
const file = join(folder, 'audit<b>\u2066.jsonl');

/** Entries with such words in every place, and some with words that nobody chose; seqs 3, 4 and 9 are missing. */
function writeHostileLog(seed: number): void {
  const drawn = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), { seed, numRuns: 40 });
  const words = [...nasty, ...drawn];
  const word = (at: number): string => words[at % words.length] ?? '';
  const values = (at: number): unknown => ({
    [word(at)]: word(at + 1),
    [markup]: `${hidden}${'x'.repeat(100_000)}`,
    deep: JSON.parse('['.repeat(200) + ']'.repeat(200)),
    huge: 'BIG',
    list: words,
  });
  const lines: string[] = [];
  for (let seq = 1; seq <= 80; seq += 1) {
    if ([3, 4, 9].includes(seq)) continue;
    const isMain = seq < 8;
    const entry = {
      ...{
        seq,
        ts: `2025-03-01T00:0${Math.floor(seq / 60)}:${String(seq % 60).padStart(2, '0')}.000001+00:00`,
      },
      ...{ node: `${markup}${hidden}`, model: isMain ? '$t(screen.product) {{count}}' : word(seq) },
      ...{ res_id: isMain ? markup : word(seq + 3), method: isMain ? '__proto__' : word(seq + 5) },
      ...{ user_id: seq % 3, user_login: isMain ? hidden : word(seq + 7) },
      ...{ old_values: values(seq), new_values: values(seq + 1), [word(seq)]: word(seq + 2) },
    };
    lines.push(JSON.stringify(entry).replaceAll('"BIG"', '9'.repeat(2000)));
  }
  const ruleChange = (seq: number, action: string): string =>
    JSON.stringify({
      ...{
        type: 'audit_config_change',
        action,
        rule_id: seq,
        rule_name: markup,
        user_id: 2,
        user_login: hidden,
      },
      ...{
        model: `${markup}${hidden}`,
        old_values: { log_write: true, name: hidden },
        new_values: { log_write: false, model: markup },
      },
      ...{ seq, ts: `2025-03-01T00:02:${seq}.000001+00:00`, node: `${markup}${hidden}` },
    });
  lines.push(ruleChange(10, 'rule_created'), ruleChange(11, 'rule_modified'));
  lines.push(
    `${markup}${hidden}`,
    '\u0000'.repeat(3000),
    `{"seq": 90, "ts": "${hidden}`,
    '{"seq": 91}{"model": "<b>"}',
  );
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${lines.join('\n')}\n`);
  // Nobody writes to it any more: what its last seconds lack is certain.
  utimesSync(file, 0, 0);
}

test.use({
  viewPaths: [folder],
  viewEnvironment: {
    OPENSPP_AUDIT_FILE_PATH: `/no/${markup}/\u202eaudit\u200b.jsonl`,
    OPENSPP_AUDIT_HTTP_URL: `javascript:${markup}\u202e`,
    OPENSPP_AUDIT_MANDATORY_MODELS: `${markup},\u202e`,
    [`OPENSPP_AUDIT_\u202e${'X'.repeat(300)}`]: markup,
  },
});
test.beforeAll(() => writeHostileLog(20250301));
test.afterAll(() => rmSync(root, { recursive: true }));

const goTo = (page: Page, name: string) =>
  page.getByRole('navigation').getByRole('button', { name, exact: false }).first().click();

test('is shown on every screen with marks, and does nothing', async ({ link, page }) => {
  test.setTimeout(240_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // A call that is refused, as one for a report that is not there yet, the browser tells too.
    const isCall = message.location().url.includes('/api/');
    if (message.type() === 'error' && !isCall) errors.push(`${message.text()} ${message.location().url}`);
  });
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await page.goto(link);
  await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({ timeout: 30_000 });
  const heading = (name: string) => page.getByRole('heading', { name });

  await test.step('overview, by each key', async () => {
    await expect(heading('Coverage by node and day')).toBeVisible();
    for (const key of ['Model', 'Action', 'Node']) {
      await page.getByRole('radiogroup', { name: 'A chart for each' }).getByText(key).click();
      await expect(page.locator('.series-chart').first()).toBeVisible();
      await expectHarmless(page, `overview by ${key}`);
    }
  });

  await test.step('every finding', async () => {
    await goTo(page, 'Findings');
    const list = page.getByRole('listbox');
    await expect(list.getByRole('option').first()).toBeVisible();
    const count = Number(await list.getByRole('option').first().getAttribute('aria-setsize'));
    for (let at = 0; at < Math.min(count, 12); at += 1) {
      await expect(page.getByText('Id of the finding')).toBeVisible();
      await expectHarmless(page, `finding ${at}`);
      await list.press('j');
    }
  });

  await test.step('entries, facets, conditions, an entry in each form', async () => {
    await goTo(page, 'Entries');
    await expect(page.getByRole('row').nth(1)).toBeVisible();
    for (const facet of ['Node', 'Model', 'Action', 'User']) {
      await page
        .getByRole('button', { name: new RegExp(`^${facet}`) })
        .first()
        .click();
      const check = page.getByRole('checkbox').first();
      await check.check();
      await expectHarmless(page, `facet ${facet}`);
      await check.uncheck();
      await page.keyboard.press('Escape');
    }
    for (const row of [1, 12, 20]) {
      await page.getByRole('row').nth(row).click();
      const panel = page.getByRole('complementary');
      await expect(panel.getByText('SHA-256 of the line')).toBeVisible();
      for (const form of ['Hex', 'Base64', 'Text']) {
        await panel.getByText(form, { exact: true }).click();
        await expectHarmless(page, `entry ${row} as ${form}`);
      }
    }
    await page.getByRole('row').nth(1).click();
    await expect(page.getByRole('complementary').getByText('⟨U+202E⟩').first()).toBeVisible();
    await expect(page.getByText('$t(screen.product) {{count}}').first()).toBeVisible();
  });

  await test.step('record and person', async () => {
    await page.getByTitle('All about this record').first().click();
    await expect(heading('Values over time')).toBeVisible();
    await expectHarmless(page, 'record');
    await page.getByTitle('All about this user').first().click();
    await expect(heading('Unusual bursts')).toBeVisible();
    await page.locator('.week-cell[data-shade="5"]').first().click();
    await expectHarmless(page, 'person');
  });

  await test.step('rules of the log beside ours', async () => {
    await goTo(page, 'Rules');
    for (const part of ['Rules', 'Coverage', 'Difference']) {
      await page.getByRole('radiogroup', { name: 'What is shown' }).getByText(part).click();
      await expect(
        page
          .getByRole('table')
          .or(page.getByText(/^(There is no rule|There are no rules)/))
          .first(),
      ).toBeVisible();
      await expectHarmless(page, `rules, ${part}`);
    }
  });

  await test.step('settings and the doctor', async () => {
    await goTo(page, 'Settings');
    await page.getByRole('button', { name: 'Examine' }).click();
    await expect(page.getByRole('region', { name: 'Doctor' })).toContainText('to be mended');
    await expectHarmless(page, 'settings');
  });

  await test.step('palette, deletion and the start with the folder opened lately', async () => {
    await page.getByRole('button', { name: 'Open something else' }).click();
    await expect(heading('Opened lately')).toBeVisible();
    await expectHarmless(page, 'start');
    await page
      .getByRole('button', { name: /^Remove/ })
      .first()
      .click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectHarmless(page, 'deletion');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox', { name: 'Commands' })).toBeVisible();
    await expectHarmless(page, 'palette');
    await page.keyboard.press('Escape');
    await page.getByLabel(/^Path of a directory/).fill(`/${markup}/${hidden.replace('\u0000', '')}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('alert')).toContainText('The path was not found');
    await expectHarmless(page, 'a path that is not there');
    await page.getByRole('button', { name: 'Open something else' }).click();
    await page.locator('.recent-open').last().click();
    await expect(page.getByRole('heading', { name: 'Incomplete', level: 1 })).toBeVisible({
      timeout: 30_000,
    });
  });
  expect(errors).toEqual([]);

  await test.step('the document', async () => {
    // What looks into the preview is a script itself, which the preview refuses and says so on the console.
    await goTo(page, 'Report');
    const preview = page.frameLocator('iframe');
    await expect(preview.getByText(markup).first()).toBeAttached();
    await expect(preview.locator('img, script')).toHaveCount(0);
    expect(await preview.locator('body').innerHTML()).not.toMatch(raw);
    await expectHarmless(page, 'document');
  });
});
