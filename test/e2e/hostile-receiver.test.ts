/** Senders whose every word was chosen to do harm, by HTTP and by syslog: the receiver's screen shows them with marks. */
import { createSocket } from 'node:dgram';
import { expect, type Page } from '@playwright/test';
import { expectHarmless, hidden, markup, nasty } from './harmless.ts';
import { test } from './served-screens.ts';

const fill = (page: Page, name: string, text: string) => page.getByRole('textbox', { name }).fill(text);

/** Starts it on any port, with one sender; a name that is markup is refused first. */
async function receive(page: Page): Promise<{ url: string; udpPort: number; value: string }> {
  await page.getByText('Receive entries from OpenSPP').click();
  await fill(page, 'Address of HTTP', '127.0.0.1:0');
  await fill(page, 'Syslog over UDP', '127.0.0.1:0');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(page.getByText('Receiving', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Add a sender' }).click();
  await fill(page, 'Name', `${markup}\u202e`);
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.locator('.receiver-value')).toHaveCount(0);
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveAttribute('aria-invalid', 'true');
  // What a person types stands in the field as they typed it.
  await fill(page, 'Name', 'constructor');
  await expectHarmless(page, 'a name that was refused');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const value = (await page.locator('.receiver-value').innerText()).trim();
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('button', { name: 'Add a sender' }).click();
  await fill(page, 'Name', 'prototype');
  await page.getByText('Where it sends from').click();
  await fill(page, 'Addresses or networks', '127.0.0.1');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  const addresses = await page.locator('.receiver-address .mono').allInnerTexts();
  const udpPort = Number(/:(\d+)\s*$/.exec(addresses.at(-1) ?? '')?.[1]);
  return { url: (addresses[0] ?? '').trim(), udpPort, value };
}

/** An entry with such a word in every place. */
function makeHostile(word: string, seq: number): string {
  const [model, method, node] = [word, `${word}${hidden}`, `${markup}${word}`];
  const ts = `2026-11-24T10:00:${String(seq).padStart(2, '0')}.000001+00:00`;
  const values = { [word]: word };
  return JSON.stringify({
    ...{
      seq,
      ts,
      node,
      model,
      res_id: word,
      method,
      user_login: word,
      old_values: values,
      new_values: values,
    },
  });
}

test('what senders send is shown with marks, and does nothing', async ({ link, page }) => {
  test.setTimeout(120_000);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('dialog', (dialog) => errors.push(dialog.message()));
  await page.goto(link);
  const { url, udpPort, value } = await receive(page);

  const recent = page.getByRole('region', { name: 'Last entries' });
  const post = (body: string, authorization = value) =>
    fetch(url, { method: 'POST', headers: { authorization, 'content-type': 'application/json' }, body });
  let seq = 0;
  for (const word of nasty) {
    seq += 1;
    expect((await post(makeHostile(word, seq))).ok).toBe(true);
    await expect(recent.getByRole('cell', { name: String(seq), exact: true }).first()).toBeVisible();
    await expectHarmless(page, `by HTTP, word ${seq}`);
  }
  for (const body of [markup, '\u0000'.repeat(3000), `{"seq": "${markup}"}`, '']) await post(body);
  await post(makeHostile(markup, 50), `Bearer ${encodeURIComponent(markup)}`);
  await expect(page.getByText('No sender has this Authorization value')).toBeVisible();
  await expectHarmless(page, 'what is refused');

  const socket = createSocket('udp4');
  const send = (line: string) =>
    new Promise<void>((done) => socket.send(line, udpPort, '127.0.0.1', () => done()));
  for (const [at, word] of nasty.entries()) {
    await send(`<134>1 2026-11-24T10:00:00Z <b>${at} openspp-audit 7 - -  ${makeHostile(word, 100 + at)}`);
    await send(`<134>${hidden} openspp-audit[${markup}]: ${word}`);
  }
  socket.close();
  await expect(recent.getByRole('cell', { name: '115', exact: true })).toBeVisible();
  await expectHarmless(page, 'by syslog');

  // Opened, what was received goes over the screens as any log.
  await page.getByRole('button', { name: 'Open what was received' }).click();
  await expect(page.getByRole('navigation')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('navigation').getByRole('button', { name: 'Entries' }).first().click();
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('row').nth(1).click();
  await expect(page.getByRole('complementary').getByText('SHA-256 of the line')).toBeVisible();
  await expectHarmless(page, 'a received entry');
  expect(errors).toEqual([]);
});
