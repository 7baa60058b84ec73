/** What a reviewer keeps, by the calls of the contract: marks, reviews, filters; and what is fetched of the entries. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallName, Calls, Reply } from '../../src/contract/api.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import type { HostOptions } from '../../src/host/handlers.ts';
import { serveScreens } from '../../src/host/serve/serve-screens.ts';
import { makeHostOptions } from './host-options.ts';

const sample = join(import.meta.dirname, '..', '..', 'resources', 'sample', 'audit');
const all = { filter: {}, order: 'oldest-first' } as const;

let directory = '';
let host: Host;
let workspace = '';
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-host-'));
  await start({});
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

async function start(options: Partial<HostOptions>): Promise<void> {
  host = createHost({ ...makeHostOptions(directory, () => undefined), ...options });
  const ended = new Promise((done) => host.on((name) => name === 'workspace.checked' && done(name)));
  workspace = (await ask('workspace.open', { paths: [sample] })).workspace;
  await ended;
}

async function ask<N extends CallName>(name: N, input: Calls[N]['input']): Promise<Calls[N]['output']> {
  const reply = (await host.call(name, input)) as Reply<Calls[N]['output']>;
  if (!reply.ok) throw new Error(reply.failure.code);
  return reply.value;
}

const readRow = async (offset: number) =>
  (await ask('entries.page', { workspace, ...all, offset, limit: 1 })).rows[0];

test('a mark is set, listed with its entry and its tags, and gone without tags and note', async () => {
  const [first, second] = [await readRow(3), await readRow(9)];
  const mark = { tags: ['odd', 'ask'], note: 'Why at night?' };
  await ask('marks.set', { workspace, id: second?.id ?? '', tags: ['odd'], note: '' });
  const set = await ask('marks.set', { workspace, id: first?.id ?? '', ...mark });
  expect(set.mark).toMatchObject(mark);
  const listed = await ask('marks.list', { workspace });
  expect(listed.marks.map(({ row }) => row?.id)).toEqual([first?.id, second?.id]);
  expect(listed.tags).toEqual([
    { value: 'odd', count: 2 },
    { value: 'ask', count: 1 },
  ]);
  expect(
    (await ask('entries.page', { workspace, ...all, filter: { tag: ['ask'] }, offset: 0, limit: 9 })).total,
  ).toBe(1);
  expect(await ask('marks.set', { workspace, id: first?.id ?? '', tags: [], note: '' })).toEqual({
    mark: null,
  });
  expect((await ask('marks.list', { workspace })).marks).toHaveLength(1);
  await expect(ask('marks.set', { workspace, id: 'no-such', tags: [], note: '' })).rejects.toThrow(
    'not-found',
  );
});

test('a review is kept with the finding, over a closing and another check', async () => {
  const { findings } = await ask('report.get', { workspace });
  const finding = findings.find(({ kind }) => kind === 'gap')?.id ?? '';
  const { reviews } = await ask('reviews.set', {
    workspace,
    finding,
    state: 'dismissed',
    note: 'A restart.',
  });
  expect(reviews).toMatchObject([{ finding, state: 'dismissed', note: 'A restart.' }]);
  await host.close();
  await start({});
  expect(await ask('reviews.list', { workspace })).toEqual({ reviews, gone: 0 });
  const none = await ask('reviews.set', { workspace, finding, state: 'open', note: '' });
  expect(none.reviews).toEqual([]);
  await expect(
    ask('reviews.set', { workspace, finding: 'none', state: 'dismissed', note: '' }),
  ).rejects.toThrow('not-found');
});

test('a filter is saved under its name in place of the one before, and removed', async () => {
  await ask('filters.save', { workspace, name: 'b', filter: { user: ['ana'] } });
  await ask('filters.save', { workspace, name: 'a', filter: {} });
  await ask('filters.save', { workspace, name: 'b', filter: { not: { user: ['ana'] } } });
  expect(await ask('filters.list', { workspace })).toEqual({
    filters: [
      { name: 'a', filter: {} },
      { name: 'b', filter: { not: { user: ['ana'] } } },
    ],
  });
  expect(await ask('filters.remove', { workspace, name: 'a' })).toMatchObject({ filters: [{ name: 'b' }] });
});

test('a browser fetches an export once, in pieces, with the lines as they were written', async () => {
  const rendererDirectory = directory;
  const served = await serveScreens({ host, rendererDirectory, port: 0 });
  try {
    const { count, download, file } = await ask('entries.export', {
      ...{ workspace, ...all, form: 'raw', mask: false, name: 'all' },
    });
    expect(file).toBe(null);
    const entered = await fetch(served.link, { redirect: 'manual' });
    const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
    const get = () => fetch(new URL(download ?? '', served.link), { headers: { cookie } });
    expect((await fetch(new URL(download ?? '', served.link))).status).toBe(401);
    const answer = await get();
    expect(answer.headers.get('content-disposition')).toContain('all.jsonl');
    // Its length is not known before it is made.
    expect(answer.headers.get('content-length')).toBe(null);
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(lines).toHaveLength(count);
    const row = await readRow(5);
    const { raw } = await ask('entries.at', { workspace, path: row?.path ?? '', line: row?.line ?? 0 });
    expect(lines[5]).toBe(raw);
    expect((await get()).status).toBe(404);
  } finally {
    await served.close();
  }
});

test('a browser that leaves in the middle ends the export, and the workspace can be closed', async () => {
  const { download } = await ask('entries.export', {
    ...{ workspace, ...all, form: 'raw', mask: false, name: 'all' },
  });
  const { content } = host.takeDownload(download?.split('/').at(-1) ?? '') ?? {};
  if (content === undefined || Buffer.isBuffer(content)) throw new Error('it is not in pieces');
  for await (const piece of content) {
    expect(piece.length).toBeGreaterThan(0);
    break;
  }
  await ask('workspace.close', { workspace });
});
