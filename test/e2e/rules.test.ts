/** The screen of rules over the real host: an import that says first what it would do, and a rule that is switched off. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { samplePath } from './electron-app.ts';
import { test as base } from './served-screens.ts';

type Entry = Record<string, unknown>;

interface Witnesses {
  readonly environment: Record<string, string>;
  readonly syslog: Entry[];
  readonly posts: Entry[];
  readonly file: string;
  /** Keeps the endpoint from answering until it is called. */
  hold(): () => void;
}

const test = base.extend<{ witnesses: Witnesses }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern
  witnesses: async ({}, use) => {
    const directory = mkdtempSync(join(tmpdir(), 'unbroken-e2e-rules-'));
    const [syslog, posts]: [Entry[], Entry[]] = [[], []];
    let held: ServerResponse[] | undefined;
    const socket = createSocket('udp4', (message) => {
      const text = message.toString();
      syslog.push(JSON.parse(text.slice(text.indexOf('{'))));
    });
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      posts.push(JSON.parse(Buffer.concat(chunks).toString()));
      if (held) held.push(response);
      else response.end();
    });
    socket.bind(0, '127.0.0.1');
    server.listen(0, '127.0.0.1');
    await Promise.all([once(socket, 'listening'), once(server, 'listening')]);
    const file = join(directory, 'audit.jsonl');
    await use({
      ...{ syslog, posts, file },
      environment: {
        UNBROKEN_AUDIT_FILE_PATH: file,
        UNBROKEN_AUDIT_BACKEND_SYSLOG: 'true',
        UNBROKEN_AUDIT_SYSLOG_HOST: '127.0.0.1',
        UNBROKEN_AUDIT_SYSLOG_PORT: String(socket.address().port),
        UNBROKEN_AUDIT_BACKEND_HTTP: 'true',
        UNBROKEN_AUDIT_HTTP_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ingest`,
      },
      hold: () => {
        held = [];
        return () => {
          for (const response of held ?? []) response.end();
          held = undefined;
        };
      },
    });
    socket.close();
    server.closeAllConnections();
    server.close();
    rmSync(directory, { recursive: true, force: true });
  },
  viewPaths: [samplePath],
  viewEnvironment: ({ witnesses }, use) => use(witnesses.environment),
});

const tell = (entries: Entry[]): unknown[] =>
  entries.flatMap(({ action, phase }) => (/^rule_/.test(String(action)) ? [[action, phase]] : []));

test('rules are imported after a look at what would change; one that is switched off is witnessed first', async ({
  link,
  page,
  witnesses: { syslog, posts, file, hold },
}) => {
  await page.goto(link);
  await page.getByRole('navigation').getByRole('button', { name: 'Rules' }).click({ timeout: 30_000 });
  const text = 'name,model_id,is_log_write\nPartners,res.partner,True\nCycles,spp.cycle,perhaps\n';
  const csv = { name: 'rules.csv', mimeType: 'text/csv', buffer: Buffer.from(text) };
  await page.locator('input[type=file]').setInputFiles(csv);
  const plan = page.getByRole('region', { name: 'Import of rules.csv' });
  await expect(plan).toContainText('New: 1; changed: 0; unchanged: 0; refused: 1.');
  await expect(plan).toContainText('Line 3: is_log_write: “perhaps” is neither true nor false.');
  await expect(plan.getByRole('row', { name: 'res.partner' })).toContainText('create, write, unlink');
  expect(tell(posts)).toEqual([]);
  await plan.getByRole('button', { name: 'Import 1 rule' }).click();
  const rules = page.getByRole('region', { name: 'Audit rules' });
  await expect(rules.getByRole('row', { name: 'Partners' })).toBeVisible();
  await expect(plan).toHaveCount(0);

  const release = hold();
  await page.getByRole('button', { name: 'Change the rule of res.partner' }).click();
  await page.getByRole('checkbox', { name: 'Active' }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  const soFar = [
    ['rule_created', 'intent'],
    ['rule_created', 'outcome'],
    ['rule_modified', 'intent'],
  ];
  const readFile = (): Entry[] =>
    readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  for (const entries of [() => posts, () => syslog, readFile])
    await expect.poll(() => tell(entries())).toEqual(soFar);
  await expect(rules).not.toContainText('Inactive');

  release();
  await expect(rules).toContainText('Inactive: it records nothing');
  for (const entries of [() => posts, () => syslog, readFile])
    await expect.poll(() => tell(entries())).toEqual([...soFar, ['rule_modified', 'outcome']]);
  await expect(page.getByText('Changes to rules are not protected')).toHaveCount(0);
});

test('a note is kept with its record until whoever wrote it takes it back', async ({ link, page }) => {
  await page.goto(link);
  await page.getByRole('navigation').getByRole('button', { name: 'Entries' }).click({ timeout: 30_000 });
  await page.getByRole('row').nth(4).click();
  await page.locator('.entry-facts').getByTitle('All about this record').first().click();
  const thread = page.getByRole('region', { name: 'Thread' });
  await thread.getByRole('textbox', { name: 'Note on this record' }).fill('Asked the registrar.');
  await thread.getByRole('button', { name: 'Add note' }).click();
  await expect(thread.getByRole('listitem')).toContainText('Asked the registrar.');
  await page.reload();
  await expect(thread.getByRole('listitem')).toContainText('Asked the registrar.');
  await thread.getByRole('button', { name: 'Take the note back' }).click();
  await thread.getByRole('button', { name: 'Take it back' }).click();
  await expect(thread.getByRole('listitem')).toHaveCount(0);
});
