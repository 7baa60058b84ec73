/** Whom the desktop tells, set on the screen Receiver and tried there. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './electron-app.ts';

test('a webhook is entered, tried and kept; its secret is not shown again', async ({ window }) => {
  const heard: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers.authorization);
    request.resume().on('end', () => response.writeHead(204).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await window.setViewportSize({ width: 1280, height: 720 });
  await window.getByText('Receive entries from OpenSPP').click();
  const panel = window.getByRole('region', { name: 'Being told' });
  await panel.getByLabel('A sender that is refused').uncheck();
  const webhook = panel.getByLabel('Webhook: a POST');
  await webhook.fill('chat.example.org');
  await expect(panel.getByText('An address begins with')).toBeVisible();
  await webhook.fill(url);
  await panel.getByLabel('Its Authorization header').fill('Bearer known-to-few');
  await panel.getByRole('button', { name: 'Send a test' }).click();
  await expect(panel.getByText('The webhook has taken it.')).toBeVisible();
  await panel.getByRole('button', { name: 'Apply' }).click();
  await expect(panel.getByText('Applied.')).toBeVisible();
  await window.reload();
  await expect(panel.getByLabel('A sender that is refused')).not.toBeChecked();
  await expect(panel.getByLabel('Its Authorization header')).toHaveValue('********');
  await panel.getByRole('button', { name: 'Send a test' }).click();
  await expect(panel.getByText('The webhook has taken it.')).toBeVisible();
  expect(heard).toEqual(['Bearer known-to-few', 'Bearer known-to-few']);
  server.close();
  for (const scheme of ['light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme: scheme });
    for (const [part, place] of [
      ['top', panel.getByRole('heading')],
      ['end', panel.getByRole('button', { name: 'Apply' })],
    ] as const) {
      await place.scrollIntoViewIfNeeded();
      await window.screenshot({ path: test.info().outputPath(`alerts-${part}-${scheme}.png`) });
    }
    const { violations } = await new AxeBuilder({ page: window }).setLegacyMode().analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});
