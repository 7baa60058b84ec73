/** Whoever has values masked is not told them by the host, whatever the page asks for; nor is a file that leaves it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { askOf } from './ask-host.ts';
import { makeHostOptions } from './host-options.ts';

const log = join(import.meta.dirname, '..', 'fixtures', 'documented', 'audit', 'audit.jsonl');

let directory = '';
let host: Host;
let workspace = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-mask-'));
  host = createHost(makeHostOptions(directory, () => {}));
  const ended = new Promise((done) => host.on((name) => name === 'workspace.checked' && done(undefined)));
  ({ workspace } = await ask('workspace.open', { paths: [log] }));
  await ended;
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

const ask = askOf(() => host);

/** The first entry that changed something, with its record, its line and what a file would have of it. */
async function askForAll(): Promise<string> {
  const { rows } = await ask('entries.page', {
    ...{ workspace, filter: { action: ['write'] }, order: 'oldest-first', offset: 0, limit: 1 },
  });
  const [{ id, model, resId, path, line } = { id: '', model: '', resId: '', path: '', line: 1 }] = rows;
  const exported = await ask('entries.export', {
    ...{ workspace, filter: {}, order: 'oldest-first', form: 'csv', mask: false, name: 'all' },
  });
  const { choice } = await ask('document.stock', { workspace });
  const chosen = { ...choice, parts: ['findings', 'entries'] as const, entriesOf: ['marks'] as const };
  await ask('marks.set', { workspace, id, tags: ['seen'], note: '' });
  const look = {
    workspace,
    choice: { ...chosen, parts: [...chosen.parts], entriesOf: [...chosen.entriesOf] },
  };
  const preview = await ask('document.preview', { ...look, locale: 'en', zone: 'UTC', scheme: 'light' });
  const saved = await ask('document.save', { ...look, format: 'json', locale: 'en', zone: 'UTC' });
  const record = { model, resId };
  return [
    JSON.stringify(await ask('entries.detail', { workspace, id })),
    JSON.stringify(await ask('entries.at', { workspace, path, line })),
    JSON.stringify(await ask('record.history', { workspace, record, offset: 0, limit: 100 })),
    JSON.stringify(await ask('thread.read', { workspace, record })),
    await fetchText(exported.download),
    preview.html,
    await fetchText(saved.download),
  ].join('\n');
}

async function fetchText(download: string | null): Promise<string> {
  const { content } = host.takeDownload(download?.split('/').at(-1) ?? '') ?? {};
  const pieces: Buffer[] = [];
  if (Buffer.isBuffer(content)) pieces.push(content);
  else for await (const piece of content ?? []) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** What the log has under these keys. */
const names = /李小龙|Ünïcode/;

test('nothing that was chosen to be hidden leaves the host, and equal values stay equal', async () => {
  expect(await askForAll()).toMatch(names);
  await ask('preferences.change', { mask: true });
  const told = await askForAll();
  expect(told.length).toBeGreaterThan(2000);
  expect(told).not.toMatch(names);
  const { rows } = await ask('entries.page', {
    ...{ workspace, filter: { action: ['write'] }, order: 'oldest-first', offset: 0, limit: 1 },
  });
  const { raw, rawBase64, sha256, oldValues, newValues } = await ask('entries.detail', {
    ...{ workspace, id: rows[0]?.id ?? '' },
  });
  expect([raw, rawBase64, sha256]).toEqual(['', '', '']);
  const find = (values: typeof oldValues, key: string) => values.find((value) => value.key === key)?.text;
  expect(find(oldValues, 'name')).toBe(find(newValues, 'name'));
  expect(find(oldValues, 'state')).not.toBe(find(newValues, 'state'));
});

test('of named fields only those are hidden from the screen, and the line as a whole', async () => {
  await ask('preferences.change', { mask: true, maskValues: ['Name'] });
  const { rows } = await ask('entries.page', {
    ...{ workspace, filter: { action: ['write'] }, order: 'oldest-first', offset: 0, limit: 1 },
  });
  const detail = await ask('entries.detail', { workspace, id: rows[0]?.id ?? '' });
  expect(JSON.stringify(detail)).not.toMatch(names);
  expect(detail.newValues).toContainEqual({ key: 'state', text: '"approved"' });
  expect(detail.raw).toBe('');
  await ask('preferences.change', { mask: false });
  expect((await ask('entries.detail', { workspace, id: rows[0]?.id ?? '' })).raw).toMatch(names);
});
