/** A record's thread: notes that the workspace keeps, and what our rule makes of the record's entries. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LoggedAction, type Rule } from '../../src/contract/rule.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { askOf, openDays } from './ask-host.ts';
import { days, makeHostOptions } from './host-options.ts';

let directory = '';
let host: Host;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-thread-'));
  host = createHost(makeHostOptions(directory, () => {}));
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

const ask = askOf(() => host);

/** The record of a model with the most writes. */
async function findRecord(workspace: string, model: string) {
  const page = { order: 'oldest-first', offset: 0, limit: 1000 } as const;
  const { rows } = await ask('entries.page', {
    ...{ workspace, ...page, filter: { model: [model], action: ['write'] } },
  });
  const [most] = [...Map.groupBy(rows, ({ resId }) => resId)].sort((a, b) => b[1].length - a[1].length);
  return { model, resId: most?.[0] ?? '' };
}

function makeRule(model: string, change: Partial<Rule>): Rule {
  return {
    ...{ name: model, model, active: true, subscribedFields: [], postToChatter: true },
    log: Object.fromEntries(
      LoggedAction.options.map((action) => [action, action === 'write']),
    ) as Rule['log'],
    ...change,
  };
}

test('notes are kept with the workspace, are taken back by who wrote them, and are told in the own log', async () => {
  const workspace = await openDays(host);
  const record = { model: 'res.partner', resId: '42' };
  await ask('thread.write', { workspace, record, text: ' First. ' });
  await ask('thread.write', { workspace, record, text: 'Second.' });
  await ask('thread.write', { workspace, record: { ...record, resId: '43' }, text: 'Another record.' });
  await expect(ask('thread.write', { workspace, record, text: ' ' })).rejects.toThrow('bad-request');
  const { notes } = await ask('thread.read', { workspace, record });
  expect(notes).toMatchObject([
    { text: 'Second.', isOwn: true },
    { text: 'First.', isOwn: true },
  ]);
  await ask('thread.remove', { workspace, record, id: notes[0]?.id ?? 0 });
  await expect(ask('thread.remove', { workspace, record, id: notes[0]?.id ?? 0 })).rejects.toThrow(
    'not-found',
  );

  await host.close();
  host = createHost(makeHostOptions(directory, () => {}));
  const again = await openDays(host);
  expect((await ask('thread.read', { workspace: again, record })).notes).toEqual([notes[1]]);
  const told = readFileSync(join(directory, 'data', 'audit', 'audit.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.includes('unbroken.note'))
    .map((line) => JSON.parse(line));
  expect(told).toMatchObject([
    {
      ...{ method: 'create', res_id: ['res.partner', '42', 1], evidence: [days] },
      new_values: { note: 'First.', author: notes[1]?.author },
    },
    { method: 'create', res_id: ['res.partner', '42', 2] },
    { method: 'create', res_id: ['res.partner', '43', 3] },
    { method: 'unlink', res_id: ['res.partner', '42', 2], old_values: { note: 'Second.' } },
    { action: 'unlink', res_id: ['res.partner', '42', '2'], outcome: 'not-found' },
  ]);
});

test('changes are told where the rule posts them, and as the rule has them', async () => {
  const workspace = await openDays(host);
  const record = await findRecord(workspace, 'res.partner');
  const history = await ask('record.history', { workspace, record, offset: 0, limit: 500 });
  const writes = history.entries.filter(({ row }) => row.action === 'write');
  expect(writes.length).toBeGreaterThan(1);
  expect(await ask('thread.read', { workspace, record })).toMatchObject({ posts: false, summaries: [] });

  await ask('rules.save', { rule: makeRule('res.partner', { postToChatter: false }), isNew: true });
  expect(await ask('thread.read', { workspace, record })).toMatchObject({ posts: false, summaries: [] });

  await ask('rules.save', { rule: makeRule('res.partner', {}), isNew: false });
  const { posts, summaries } = await ask('thread.read', { workspace, record });
  expect(posts).toBe(true);
  expect(summaries.map(({ id }) => id)).toEqual(writes.map(({ row }) => row.id).reverse());
  expect(summaries.every(({ action, changes }) => action === 'write' && changes.length > 0)).toBe(true);

  const field = writes[0]?.values[0]?.key ?? '';
  await ask('rules.save', { rule: makeRule('res.partner', { subscribedFields: [field] }), isNew: false });
  const narrow = await ask('thread.read', { workspace, record });
  expect(narrow.summaries.length).toBeGreaterThan(0);
  expect(narrow.summaries.flatMap(({ changes }) => changes).every(({ key }) => key === field)).toBe(true);

  await ask('rules.save', { rule: makeRule('res.partner', { active: false }), isNew: false });
  expect(await ask('thread.read', { workspace, record })).toMatchObject({ posts: false, summaries: [] });
});
