/** Several people at one served instance: what each opened is theirs, and what is received stays as it is for all. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Calls } from '../../src/contract/api.ts';
import { days } from './host-options.ts';
import { type Instance, serveInstance, type Visitor, visit } from './served-instance.ts';

let instance: Instance;
let mona: Visitor;
let uma: Visitor;
beforeAll(async () => {
  instance = await serveInstance({ people: { mona: 'manager', uma: 'user' } });
  [mona, uma] = [await visit(instance.origin, 'mona'), await visit(instance.origin, 'uma')];
});
afterAll(() => instance.close());

async function ask<N extends keyof Calls>(visitor: Visitor, name: N, input: Calls[N]['input']) {
  const reply = await visitor.call(name, input);
  if (!reply.ok) throw new Error(`${name}: ${reply.failure.code}`);
  return reply.value;
}

const open = async (visitor: Visitor): Promise<string> => {
  const { workspace } = await ask(visitor, 'workspace.open', { paths: [days] });
  await expect
    .poll(() => visitor.call('report.get', { workspace }), { timeout: 30_000 })
    .toMatchObject({ ok: true });
  return workspace;
};

test('what is received is one workspace, which each page closes for itself only', async () => {
  const workspace = await open(mona);
  expect(await open(uma)).toBe(workspace);
  await ask(uma, 'workspace.close', { workspace });
  // Again and again: it takes nothing from others.
  await ask(uma, 'workspace.close', { workspace });
  expect(await uma.call('report.get', { workspace })).toMatchObject({ failure: { code: 'not-found' } });
  expect(await mona.call('report.get', { workspace })).toMatchObject({ ok: true });
  await ask(mona, 'workspace.close', { workspace });
  expect(await open(uma)).toBe(workspace);
});

test('a workspace is nobody’s who did not open it, whatever they know of its name', async () => {
  const { ownLog } = await ask(mona, 'app.info', {});
  const { workspace } = await ask(mona, 'workspace.open', { paths: [ownLog ?? ''] });
  const page = { workspace, filter: {}, order: 'oldest-first', offset: 0, limit: 1 } as const;
  expect(await uma.call('entries.page', page)).toMatchObject({ failure: { code: 'not-found' } });
  expect((await ask(uma, 'app.info', {})).ownLog).toBeNull();
});

const foreign: [what: string, who: () => Visitor, input: Calls['workspace.open']['input']][] = [
  ['another directory, by a user', () => uma, { paths: ['/etc'] }],
  ['another directory, by a manager', () => mona, { paths: ['/etc'] }],
  ['the own log, by a user', () => uma, { paths: ['OWN-LOG'] }],
  ['a file to compare with', () => uma, { paths: [days], against: '/etc/passwd' }],
  ['a file to compare the sample with', () => mona, { sample: true, against: '/etc/passwd' }],
];
test.each(foreign)('%s is not opened', async (_what, who, input) => {
  const { ownLog } = await ask(mona, 'app.info', {});
  const paths = input.paths?.map((path) => (path === 'OWN-LOG' ? (ownLog ?? '') : path));
  expect(await who().call('workspace.open', { ...input, ...(paths && { paths }) })).toMatchObject({
    failure: { code: 'not-available-here' },
  });
});

test('an Audit User changes notes, reviews and exports, and nothing else', async () => {
  const workspace = await open(uma);
  const { made, findings } = await ask(uma, 'report.get', { workspace });
  for (const visitor of [uma, mona]) {
    await open(visitor);
    expect(await visitor.call('workspace.follow', { workspace, on: false })).toMatchObject({
      failure: { code: 'not-available-here' },
    });
    expect(await visitor.call('workspace.cancel', { workspace })).toMatchObject({
      failure: { code: 'not-available-here' },
    });
  }
  expect(await mona.call('workspace.delete', { paths: [days] })).toMatchObject({
    failure: { code: 'not-available-here' },
  });
  // Another period would be another report for all.
  await ask(uma, 'workspace.open', { paths: [days], from: '2030-01-01' });
  expect((await ask(uma, 'report.get', { workspace })).made).toEqual(made);

  const page = { workspace, filter: {}, order: 'oldest-first', offset: 0, limit: 1 } as const;
  const [row] = (await ask(uma, 'entries.page', page)).rows;
  await ask(uma, 'marks.set', { workspace, id: row?.id ?? '', tags: ['odd'], note: 'Ask Ana' });
  expect(await ask(mona, 'marks.list', { workspace })).toMatchObject({
    marks: [{ mark: { note: 'Ask Ana' } }],
  });
  const [finding] = findings;
  await ask(uma, 'reviews.set', { workspace, finding: finding?.id ?? '', state: 'reviewed', note: '' });
  const { download } = await ask(uma, 'entries.export', {
    ...{ workspace, filter: {}, order: 'oldest-first', form: 'csv', mask: true, name: 'all' },
  });
  // Not by whoever else is signed in.
  expect((await mona.send(download ?? '')).status).toBe(404);
  expect((await uma.send(download ?? '')).status).toBe(200);
});

test('how the screens look is each account’s own', async () => {
  await ask(uma, 'preferences.change', { scheme: 'dark' });
  expect((await ask(mona, 'preferences.get', {})).settings.scheme).toBe('auto');
  const again = await visit(instance.origin, 'uma');
  expect((await ask(again, 'preferences.get', {})).settings.scheme).toBe('dark');
});

test('signing out closes what was opened', async () => {
  const leaver = await visit(instance.origin, 'uma');
  const workspace = await open(leaver);
  await leaver.send('/api/session', { method: 'DELETE' });
  expect(await mona.call('report.get', { workspace: await open(mona) })).toMatchObject({ ok: true });
  expect((await leaver.send('/api/call/report.get', { json: { workspace } })).status).toBe(401);
  expect(instance.faults).toEqual([]);
});

test('how a document is composed is each person’s own', async () => {
  const workspace = await open(mona);
  await open(uma);
  const { choice } = await ask(uma, 'document.stock', { workspace });
  await ask(mona, 'document.keep', { workspace, choice: { ...choice, caseName: 'Mona’s case' } });
  expect((await ask(uma, 'document.stock', { workspace })).choice).toEqual(choice);
  expect(
    (await ask(await visit(instance.origin, 'mona'), 'workspace.open', { paths: [days] })).workspace,
  ).toBe(workspace);
  expect((await ask(mona, 'document.stock', { workspace })).choice.caseName).toBe('Mona’s case');
});
