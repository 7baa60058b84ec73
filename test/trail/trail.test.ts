import { expect, test } from 'vitest';
import { LifecycleAction } from '../../src/contract/rule.ts';
import type { ThreadSummary } from '../../src/trail/thread-summary.ts';
import { openTrail, type TrailOptions } from '../../src/trail/trail.ts';
import { FakeBackend } from './fake-backend.ts';

function open(options: Partial<TrailOptions> = {}) {
  const file = new FakeBackend();
  const trail = openTrail({ rules: [], backends: [file], node: 'n', clock: () => 0, ...options });
  return { trail, file };
}

test('flags decide by method, and the answer says why nothing was recorded', async () => {
  const { trail, file } = open({
    rules: [
      { model: 'res.partner', log: { write: false } },
      { model: 'res.users', active: false },
    ],
  });
  expect(await trail.recordCreate('res.partner', 1, { name: 'A' })).toEqual({ recorded: true, seqs: [1] });
  expect(await trail.recordWrite('res.partner', 1, { name: 'A' }, { name: 'B' })).toEqual({
    recorded: false,
    reason: 'switched-off',
  });
  expect(await trail.recordCreate('res.users', 1, {})).toEqual({ recorded: false, reason: 'inactive' });
  expect(await trail.recordUnlink('other', 1, {})).toEqual({ recorded: false, reason: 'no-rule' });
  expect(await trail.recordUnlink('res.partner', 1, { name: 'B' })).toEqual({ recorded: true, seqs: [2] });
  expect(file.entries.map(({ method, old_values, new_values }) => [method, old_values, new_values])).toEqual([
    ['create', undefined, { name: 'A' }],
    ['unlink', { name: 'B' }, undefined],
  ]);
});

test('subscribed fields alone are recorded, and a write of others is no entry', async () => {
  const { trail, file } = open({ rules: [{ model: 'm', subscribedFields: ['name'] }] });
  await trail.recordCreate('m', 1, { name: 'A', age: 3 });
  expect(await trail.recordWrite('m', 1, { name: 'A', age: 3 }, { name: 'A', age: 4 })).toEqual({
    recorded: false,
    reason: 'unchanged',
  });
  await trail.recordWrite('m', 1, { name: 'A', age: 4 }, { name: 'B', age: 5 });
  expect(file.entries.map(({ old_values, new_values }) => [old_values, new_values])).toEqual([
    [undefined, { name: 'A' }],
    [{ name: 'A' }, { name: 'B' }],
  ]);
});

test('two binary values that differ are a change', async () => {
  const { trail } = open({ rules: [{ model: 'm' }] });
  const [before, after] = [Buffer.from('a'), Buffer.from('b')];
  expect(await trail.recordWrite('m', 1, { f: before }, { f: after })).toMatchObject({ recorded: true });
  expect(await trail.recordWrite('m', 1, { f: after }, { f: Buffer.from('b') })).toMatchObject({
    recorded: false,
  });
});

test('mandatory models are recorded completely, whatever a rule says', async () => {
  const { trail, file } = open({
    rules: [{ model: 'm', active: false, log: { create: false }, subscribedFields: ['none'] }],
    mandatoryModels: ['m', 'without.rule'],
  });
  await trail.recordCreate('m', 1, { name: 'A' });
  await trail.rule('m')?.logLifecycleAction({ action: 'approve', records: [1] });
  await trail.rule('without.rule')?.logLifecycleAction({ action: 'approve', records: [2] });
  await trail.removeRule('m');
  await trail.recordUnlink('m', 1, { name: 'A' });
  expect(file.entries.filter(({ type }) => type === undefined)).toMatchObject([
    { method: 'create', new_values: { name: 'A' } },
    { action: 'approve', res_id: 1 },
    { action: 'approve', res_id: 2 },
    { method: 'unlink', old_values: { name: 'A' } },
  ]);
});

test.each(LifecycleAction.options)('%s obeys its own flag', async (action) => {
  const { trail, file } = open({
    rules: [
      { model: 'on', log: { [action]: true } },
      {
        model: 'off',
        log: Object.fromEntries(LifecycleAction.options.map((name) => [name, name !== action])),
      },
    ],
  });
  expect(await trail.rule('on')?.logLifecycleAction({ action, records: [1, { id: 2 }] })).toEqual({
    recorded: true,
    seqs: [1, 2],
  });
  expect(await trail.rule('off')?.logLifecycleAction({ action, records: [1] })).toEqual({
    recorded: false,
    reason: 'switched-off',
  });
  expect(file.entries.map((entry) => [entry['action'], entry['res_id']])).toEqual([
    [action, 1],
    [action, 2],
  ]);
});

test('any other action is recorded, with its extra data as keys', async () => {
  const { trail, file } = open({ rules: [{ model: 'm' }] });
  await trail
    .rule('m')
    ?.logLifecycleAction({ action: 'deduplicate', records: [1], extraData: { program_id: 7 } });
  expect(file.lines[0]).toContain('"action": "deduplicate", "user_id": null, "program_id": 7}');
  expect(trail.rule('unknown')).toBeUndefined();
});

test('rules change while it runs; two about one model are refused', async () => {
  const { trail } = open();
  expect(await trail.recordCreate('m', 1, {})).toMatchObject({ recorded: false });
  await trail.setRule({ model: 'm' });
  expect(await trail.recordCreate('m', 1, {})).toMatchObject({ recorded: true });
  expect(() => trail.loadRules([{ model: 'm' }, { model: 'm' }])).toThrow('same model');
  expect(trail.rules()).toMatchObject([{ model: 'm', active: true }]);
  trail.loadRules([]);
  expect(await trail.recordCreate('m', 1, {})).toEqual({ recorded: false, reason: 'no-rule' });
});

test('the user goes wherever their call goes', async () => {
  const { trail, file } = open({ rules: [{ model: 'm' }] });
  const work = async (id: number) => {
    await new Promise(setImmediate);
    await trail.recordCreate('m', id, {});
  };
  await Promise.all([
    trail.as({ id: 1, login: 'ana' }, () => work(1)),
    trail.as({ id: 2, login: 'ben' }, () => work(2)),
    work(3),
  ]);
  expect(file.entries.map(({ res_id, user_id, user_login }) => [res_id, user_id, user_login])).toEqual([
    [1, 1, 'ana'],
    [2, 2, 'ben'],
    [3, null, undefined],
  ]);
});

test('masked fields are left out of entries and summaries', async () => {
  const summaries: ThreadSummary[] = [];
  const { trail, file } = open({
    rules: [{ model: 'm', postToChatter: true }, { model: 'quiet' }],
    maskedFields: { '*': ['password'], m: ['iban'] },
    onThread: (summary) => summaries.push(summary),
  });
  await trail.recordWrite('m', 1, { iban: 'X1', n: 1 }, { iban: 'X2', n: 2 });
  await trail.recordCreate('quiet', 1, { password: 'hunter2', iban: 'X3' });
  expect(file.lines.join()).not.toMatch(/X1|X2|hunter2/);
  expect(file.entries).toMatchObject([
    { old_values: { iban: '<masked>', n: 1 }, new_values: { iban: '<masked>', n: 2 } },
    { new_values: { password: '<masked>', iban: 'X3' } },
  ]);
  expect(summaries).toEqual([
    {
      ...{ model: 'm', id: 1, seq: 1, ts: '1970-01-01T00:00:00+00:00', user: undefined, what: 'write' },
      changes: [
        { field: 'iban', from: '<masked>', to: '<masked>' },
        { field: 'n', from: 1, to: 2 },
      ],
    },
  ]);
});

test('after its end nothing is recorded, and the answer says so', async () => {
  const { trail, file } = open({ rules: [{ model: 'm', log: { approve: true } }] });
  await trail.close();
  expect(await trail.recordCreate('m', 1, {})).toEqual({ recorded: false, reason: 'closed' });
  expect(await trail.rule('m')?.logLifecycleAction({ action: 'approve', records: [1] })).toEqual({
    recorded: false,
    reason: 'closed',
  });
  expect(file.lines).toEqual([]);
});
