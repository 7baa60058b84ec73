/** The receiver of the desktop app, from a person's first start of it to what was received, and in the tray. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { makeEntry } from '../receiver/running-receiver.ts';
import { test } from './electron-app.ts';

test.use({ startPaths: [] });

const post = async (url: string, value: string, seq: number): Promise<number> => {
  const headers = { authorization: value, 'content-type': 'application/json' };
  return (await fetch(url, { method: 'POST', headers, body: makeEntry(seq) })).status;
};

/** Starts it on any port, with one sender; gives what that sender needs. */
async function receive(window: Page): Promise<{ url: string; value: string }> {
  await window.getByText('Receive entries from OpenSPP').click();
  await window.getByRole('textbox', { name: 'Address of HTTP' }).fill('127.0.0.1:0');
  await window.getByRole('textbox', { name: 'Syslog over UDP' }).fill('127.0.0.1:0');
  await window.getByRole('button', { name: 'Save' }).click();
  await expect(window.getByText('Saved.')).toBeVisible();
  await window.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(window.getByText('Receiving', { exact: true })).toBeVisible();
  await window.getByRole('button', { name: 'Add a sender' }).click();
  await window.getByRole('textbox', { name: 'Name' }).fill('openspp-1');
  await window.getByRole('button', { name: 'Add', exact: true }).click();
  const value = (await window.locator('.receiver-value').innerText()).trim();
  const url = (await window.locator('.receiver-address .mono').first().innerText()).trim();
  // What is to be entered has the value; once it was seen it is shown nowhere.
  await expect(window.locator('.receiver-lines pre')).toContainText(value);
  await window.getByRole('button', { name: 'I have it' }).click();
  await expect(window.locator('.receiver-lines pre')).not.toContainText(value);
  return { url, value };
}

const RULE_CHANGE =
  '{"type": "audit_config_change", "action": "rule_modified", "rule_id": 2, "rule_name": "Cycle Rule", "model": "spp.cycle", ' +
  '"user_id": 8, "user_login": "audit_manager", "old_values": {"name": "Cycle Rule", "model": "spp.cycle", ' +
  '"is_log_write": true}, "new_values": {"name": "Cycle Rule", "model": "spp.cycle", "is_log_write": false}, "seq": 3, ' +
  '"ts": "2026-11-24T10:00:03.134528+00:00", "node": "vm"}';

test('started, sent to, seen, tested, opened and stopped', async ({ app, window }) => {
  test.setTimeout(120_000);
  const { url, value } = await receive(window);
  await app.evaluate(({ Notification }) => {
    const shown: string[] = [];
    Notification.prototype.show = function show() {
      shown.push(this.body);
    };
    Object.assign(globalThis, { shown });
  });
  await expect.poll(() => post(url, value, 1), { timeout: 10_000 }).toBe(200);
  expect(await post(url, 'Bearer wrong', 2)).toBe(401);
  const recent = window.getByRole('region', { name: 'Last entries' });
  await expect(recent.getByText('res.partner')).toBeVisible();
  await expect(window.getByText('No sender has this Authorization value')).toBeVisible();

  // Four of HTTP, and three of syslog where the test has an address of its own.
  const steps = process.platform === 'darwin' ? 4 : 7;
  await window.getByRole('button', { name: 'Send a test entry' }).click();
  await expect(window.locator('.receiver-way li[data-tone="intact"]')).toHaveCount(steps, {
    timeout: 30_000,
  });

  await window.getByRole('button', { name: 'Open what was received' }).click();
  await expect(window.getByText('Coverage by node and day')).toBeVisible({ timeout: 30_000 });
  await window.getByRole('navigation').getByRole('button', { name: 'Entries' }).click();
  await expect(window.getByText('1 entry', { exact: true }).first()).toBeVisible();
  await window.getByRole('row').nth(1).click();
  const panel = window.getByRole('complementary', { name: 'Entry' });
  await expect(panel.getByRole('region', { name: 'How it came' })).toContainText('openspp-1');
  expect(await post(url, value, 2)).toBe(200);
  // It is followed.
  await expect(window.getByText('2 entries', { exact: true }).first()).toBeVisible({ timeout: 30_000 });
  const sent = { method: 'POST', headers: { authorization: value }, body: RULE_CHANGE };
  expect((await fetch(url, sent)).status).toBe(200);
  await expect
    .poll(() => app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown), { timeout: 30_000 })
    .toEqual(['1 change of what is audited: spp.cycle']);

  await window.keyboard.press('Alt+5');
  await window.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(window.getByText('Nothing is received')).toBeVisible();
  await expect(post(url, value, 3)).rejects.toThrow();
});

test('closing the window asks, and the tray goes on', async ({ app, window, home }) => {
  const { url, value } = await receive(window);
  await expect.poll(() => post(url, value, 1), { timeout: 10_000 }).toBe(200);
  /** Closes the window, and gives the answer at this place to what is asked. */
  const closeAnswering = (answer: number): Promise<string[]> =>
    app.evaluate(
      ({ dialog, BrowserWindow }, response) =>
        new Promise<string[]>((resolve) => {
          dialog.showMessageBox = (async (...given: unknown[]) => {
            resolve((given.at(-1) as { buttons: string[] }).buttons);
            return { response, checkboxChecked: false };
          }) as typeof dialog.showMessageBox;
          BrowserWindow.getAllWindows()[0]?.close();
        }),
      answer,
    );
  const isVisible = (): Promise<boolean | undefined> =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

  expect(await closeAnswering(2)).toEqual(['Keep receiving', 'Stop and quit', 'Cancel']);
  expect(await isVisible()).toBe(true);
  await closeAnswering(0);
  await expect.poll(isVisible).toBe(false);
  expect(await post(url, value, 2)).toBe(200);

  // The engine may end as well: the receiver is none of its.
  const engine = await app.evaluate(
    ({ app: running }) => running.getAppMetrics().find(({ name }) => name === 'Unbroken engine')?.pid,
  );
  process.kill(engine ?? 0, 'SIGKILL');
  expect(await post(url, value, 3)).toBe(200);
  const figures = window.locator('.receiver-figures');
  await expect(figures.getByText('Since the start').locator('..')).toContainText('3');

  const gone = app.waitForEvent('close');
  await closeAnswering(1);
  await gone;
  // It drained: the last that it says is that it stopped.
  const day = new Date().toISOString().slice(0, 10);
  const log = join(home, 'data', 'unbroken', 'received', 'spool', 'receiver', `received-${day}.jsonl`);
  expect(readFileSync(log, 'utf8').trimEnd().split('\n').at(-1)).toContain('"stop"');
});
