/** Copies of a log, an earlier record of it, and a long check: through the window, with the system's dialog answered for. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type ElectronApplication, expect, type Page } from '@playwright/test';
import { test } from './electron-app.ts';

const days = resolve(import.meta.dirname, '../fixtures/days/audit');
const day = 'audit-2024-01-17.jsonl';

const goTo = (window: Page, name: string) =>
  window.getByRole('navigation').getByRole('button', { name }).click();

/** Answers the next dialogs as a person would who chooses these paths. */
function answerDialogs(app: ElectronApplication, paths: readonly string[]): Promise<void> {
  return app.evaluate(({ dialog }, filePaths) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [...filePaths] });
  }, paths);
}

function editLines(file: string, edit: (lines: string[]) => string[]): void {
  writeFileSync(file, edit(readFileSync(file, 'utf8').split('\n')).join('\n'));
}

test('two copies chosen in the dialog: what differs, what one lacks, and each by itself', async ({
  app,
  window,
  home,
}) => {
  const copies = ['file', 'http'].map((name) => join(home, name));
  for (const copy of copies) cpSync(days, copy, { recursive: true });
  editLines(join(home, 'http', day), (lines) =>
    lines
      .map((line, i) => (i === 99 ? line.replace(/"user_login": "[^"]*"/, '"user_login": "somebody"') : line))
      .filter((_, i) => i !== 150 && i !== 151),
  );
  await answerDialogs(app, copies);
  await window.getByRole('button', { name: 'Open a directory' }).click();
  await expect(window.getByText(/The copies contradict each other: 1 entry reads differently/)).toBeVisible({
    timeout: 30_000,
  });
  const table = window.getByRole('region', { name: 'Copies compared' });
  await expect(table.getByRole('row', { name: /^file 1,143/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /^http 1,141 .* 2$/ })).toBeVisible();

  await goTo(window, 'Findings');
  const differs = window.getByRole('region', { name: 'What differs' });
  await expect(differs.getByRole('row', { name: 'user_login' })).toContainText('"somebody"');
  await window
    .getByRole('group')
    .getByRole('button', { name: /^Missing in a copy/ })
    .click();
  await expect(window.getByText('file holds them, and http does not.').first()).toBeVisible();

  await goTo(window, 'Entries');
  await expect(window.getByText('2,284 entries')).toBeVisible();
  await window.getByRole('button', { name: 'Copy', exact: true }).click();
  await window.getByRole('menuitemradio', { name: 'http' }).click();
  await expect(window.getByText('1,141 entries')).toBeVisible();
});

test('an earlier record chosen at the start, and another one from the overview', async ({
  app,
  window,
  home,
}) => {
  const log = join(home, 'log');
  cpSync(days, log, { recursive: true });
  const sums = join(home, 'SHA256SUMS');
  const sum = createHash('sha256')
    .update(readFileSync(join(log, day)))
    .digest('hex');
  writeFileSync(sums, `${sum}  ${day}\n`);
  const others = join(home, 'others');
  writeFileSync(others, `${sum}  ${day}\n${'0'.repeat(64)}  audit-2024-01-14.jsonl\n`);

  await answerDialogs(app, [sums]);
  await window.getByRole('button', { name: /^Compare with an earlier report/ }).click();
  await expect(window.getByText(sums)).toBeVisible();
  await answerDialogs(app, [log]);
  await window.getByRole('button', { name: 'Open a directory' }).click();
  await expect(window.getByText('1 of 1 files unchanged', { exact: false })).toBeVisible({ timeout: 30_000 });
  await expect(window.getByRole('heading', { name: 'Intact', level: 1 })).toBeVisible();

  await answerDialogs(app, [others]);
  await window.getByRole('button', { name: 'Compare…' }).click();
  await expect(window.getByRole('heading', { name: 'Contradicted', level: 1 })).toBeVisible({
    timeout: 30_000,
  });
  await goTo(window, 'Findings');
  await expect(window.getByRole('option', { name: /Rewritten.*absent.*audit-2024-01-14/ })).toBeVisible();
});

test('a long check is stopped, and goes on where it was', async ({ app, window, home }) => {
  const log = join(home, 'long');
  mkdirSync(log);
  for (const name of ['15', '16', '17', '18']) {
    const lines = Array.from(
      { length: 100_000 },
      (_, i) =>
        `{"seq": ${i + 1}, "ts": "2024-01-${name}T${new Date(i * 800).toISOString().slice(11, 23)}000+00:00", ` +
        `"node": "web-${name}", "model": "res.partner", "res_id": ${i}, "method": "write", "user_id": 7, ` +
        `"old_values": {"phone": "+63 9${i}"}, "new_values": {"phone": "+63 8${i}"}}`,
    );
    writeFileSync(join(log, `audit-2024-01-${name}.jsonl`), `${lines.join('\n')}\n`);
  }
  await answerDialogs(app, [log]);
  await window.getByRole('button', { name: 'Open a directory' }).click();
  await window.getByRole('button', { name: 'Stop' }).click();
  await expect(window.getByRole('heading', { name: 'The check was stopped' })).toBeVisible({
    timeout: 30_000,
  });
  await window.getByRole('button', { name: 'Go on with the check' }).click();
  await expect(window.getByRole('heading', { name: 'Intact', level: 1 })).toBeVisible({ timeout: 60_000 });
  await expect(window.getByText('No gap in 400,000 entries of 4 streams')).toBeVisible();
  rmSync(log, { recursive: true });
});

test('the period chosen on the start screen counts for what a key opens as well', async ({ app, window }) => {
  await answerDialogs(app, [days]);
  await window.getByLabel('From (UTC)').fill('2024-01-18T00:00:00');
  await window.keyboard.press('Control+o');
  await expect(window.getByText(/587 entries outside the period asked for were read as well/)).toBeVisible({
    timeout: 30_000,
  });
  // What is opened from elsewhere is asked for whole.
  await window.keyboard.press('Control+o');
  await expect(window.getByText('No gap in 1,143 entries', { exact: false }).first()).toBeVisible({
    timeout: 30_000,
  });
});
