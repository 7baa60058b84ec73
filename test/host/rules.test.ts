/** Unbroken's own rules through the contract: kept with their history, witnessed first, imported, exported, compared. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LoggedAction, type Rule } from '../../src/contract/rule.ts';
import { compareWithLog } from '../../src/host/auditing/rule-answers.ts';
import { readRules, writeRules } from '../../src/host/auditing/rule-files.ts';
import { createHost, type Host } from '../../src/host/dispatch.ts';
import { askOf, openDays } from './ask-host.ts';
import { makeHostOptions } from './host-options.ts';

let directory = '';
let host: Host;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-own-rules-'));
  host = createHost(makeHostOptions(directory, () => {}));
});
afterEach(async () => {
  await host.close();
  rmSync(directory, { recursive: true, force: true });
});

function makeRule(model: string, on: readonly LoggedAction[], change: Partial<Rule> = {}): Rule {
  return {
    name: `Rule of ${model}`,
    model,
    active: true,
    log: Object.fromEntries(
      LoggedAction.options.map((action) => [action, on.includes(action)]),
    ) as Rule['log'],
    subscribedFields: [],
    postToChatter: false,
    ...change,
  };
}

const ask = askOf(() => host);

/** Entries about rules in the log of Unbroken itself. */
function readOwnLog(): Record<string, unknown>[] {
  const folder = join(directory, 'data', 'audit');
  return readdirSync(folder)
    .filter((name) => name.startsWith('audit'))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => line.includes('rule_'))
    .map((line) => JSON.parse(line));
}

test('a rule that is switched off is in the file before it takes effect, and in its history', async () => {
  const on = makeRule('res.partner', ['create', 'write']);
  expect(await ask('rules.save', { rule: on, isNew: true })).toMatchObject({
    rules: [on],
    witnesses: ['file'],
  });
  const off = { ...on, active: false };
  await ask('rules.save', { rule: off, isNew: false });
  await ask('rules.remove', { model: 'res.partner' });

  expect(readOwnLog().map(({ action, phase }) => [action, phase])).toEqual([
    ['rule_created', 'intent'],
    ['rule_created', 'outcome'],
    ['rule_modified', 'intent'],
    ['rule_modified', 'outcome'],
    ['rule_deleted', 'intent'],
    ['rule_deleted', 'outcome'],
  ]);
  expect(readOwnLog()[2]).toMatchObject({ old_values: { active: true }, new_values: { active: false } });
  const { versions } = await ask('rules.history', {});
  expect(versions.map(({ before, after }) => [before?.active, after?.active])).toEqual([
    [false, undefined],
    [true, false],
    [undefined, true],
  ]);
});

test('a change that no backend can witness is refused, and changes nothing', async () => {
  const on = makeRule('res.partner', ['write']);
  await ask('rules.save', { rule: on, isNew: true });
  await host.close();
  // Its own log cannot be opened any more: a directory lies where its file would.
  rmSync(join(directory, 'data', 'audit'), { recursive: true });
  writeFileSync(join(directory, 'data', 'audit'), 'in the way');
  host = createHost(makeHostOptions(directory, () => {}));
  await expect(ask('rules.save', { rule: { ...on, active: false }, isNew: false })).rejects.toThrow(
    'change-unwitnessed',
  );
  expect((await ask('rules.list', {})).rules).toEqual([on]);
});

test('a model has one rule', async () => {
  const rule = makeRule('res.partner', ['write']);
  await ask('rules.save', { rule, isNew: true });
  await expect(ask('rules.save', { rule, isNew: true })).rejects.toThrow('rule-exists');
});

test('rules that cannot be read are not written over', async () => {
  mkdirSync(join(directory, 'data'), { recursive: true });
  writeFileSync(join(directory, 'data', 'rules.json'), '{"rules": "none"}');
  await expect(ask('rules.list', {})).rejects.toThrow('rules-unreadable');
  await expect(ask('rules.save', { rule: makeRule('m', []), isNew: true })).rejects.toThrow(
    'rules-unreadable',
  );
  expect(readFileSync(join(directory, 'data', 'rules.json'), 'utf8')).toBe('{"rules": "none"}');
});

test('a preview tells what of the latest entries a rule would have recorded', async () => {
  const workspace = await openDays(host);
  const whole = await ask('rules.preview', { workspace, rule: makeRule('res.partner', ['create', 'write']) });
  expect(whole.looked).toBe(1000);
  expect(whole.ofModel).toBeGreaterThan(0);
  const counted = whole.actions.reduce((sum, { recorded, left }) => sum + recorded + left, 0);
  expect(counted).toBe(whole.ofModel);
  expect(whole.actions.filter(({ left }) => left > 0).every(({ reason }) => reason === 'switched-off')).toBe(
    true,
  );

  const { fields, models } = await ask('rules.proposals', { workspace, model: 'res.partner' });
  expect(models.map(({ value }) => value)).toContain('res.partner');
  const [field] = fields;
  const narrow = makeRule('res.partner', ['create', 'write'], { subscribedFields: [field?.value ?? ''] });
  const part = await ask('rules.preview', { workspace, rule: narrow });
  expect(part.recorded).toBeLessThanOrEqual(whole.recorded);
  const off = await ask('rules.preview', { workspace, rule: { ...narrow, active: false } });
  expect(off.recorded).toBe(0);
});

test('the difference is between our rules and the last that the log reports', async () => {
  const workspace = await openDays(host);
  await ask('rules.save', { rule: makeRule('spp.cycle', ['create', 'write', 'unlink']), isNew: true });
  await ask('rules.save', { rule: makeRule('not.there', ['create']), isNew: true });
  const { models } = await ask('rules.difference', { workspace });
  expect(models.find(({ model }) => model === 'spp.cycle')?.actions).toEqual([
    { action: 'write', ours: true, theirs: false },
  ]);
  expect(models.find(({ model }) => model === 'not.there')).toMatchObject({ actions: [] });
  expect(models.find(({ model }) => model === 'spp.program')).toMatchObject({ ours: null });
});

test('after a change that could not be read, the log reports no rule', () => {
  const at = (tsMicros: number, model: string) => ({
    ...{ change: 'created', model, ruleId: '1', ruleName: 'r', user: 'u', node: 'n', seq: 1, ts: '' },
    ...{ tsMicros, path: 'p', line: 1, source: 0, before: null, after: { log: { write: true } } },
  });
  const changes = [at(10, 'a'), at(10, 'b'), at(30, 'c')];
  const compare = (unreadAt: object[]) =>
    compareWithLog(
      { report: () => ({ ruleChanges: { changes, unread: 1, unreadAt } }) as never },
      [],
    ).flatMap(({ model, theirs }) => (theirs === undefined ? [] : model));
  expect(compare([])).toEqual(['a', 'b', 'c']);
  expect(compare([{ tsMicros: 20, model: 'a' }])).toEqual(['b', 'c']);
  expect(compare([{ tsMicros: 20 }])).toEqual(['c']);
});

test('what is exported is imported the same, in both forms', async () => {
  const rules = [
    makeRule('a.b', ['create', 'enroll'], { subscribedFields: ['name', 'phone'], postToChatter: true }),
    makeRule('c.d', [], { active: false, name: '=1+1, "quoted"' }),
  ];
  for (const form of ['json', 'csv'] as const) {
    expect(readRules(writeRules(rules, form), form)).toEqual({ rules, refused: [], ignored: [], filled: [] });
  }
  expect(writeRules(rules, 'csv').split('\r\n')[0]).toBe(
    'name,model_id,is_log_create,is_log_write,is_log_unlink,is_log_enroll,field_to_log_ids,is_post_to_thread,active',
  );
});

test('an import says first what it would do, and what is no rule', async () => {
  const text =
    'model_id,is_log_write,active\nres.partner,False,\nres.partner,True,\n,True,\nspp.cycle,perhaps,\n';
  const plan = await ask('rules.import', { form: 'csv', text, apply: false });
  expect(plan).toMatchObject({
    changes: [{ before: null, after: { model: 'res.partner', log: { write: false } } }],
    refused: [
      { line: 3, code: 'model-twice', text: 'res.partner' },
      { line: 4, code: 'bad-name' },
      { line: 5, code: 'bad-flag', field: 'is_log_write', text: 'perhaps' },
    ],
  });
  expect((await ask('rules.list', {})).rules).toEqual([]);
  await ask('rules.import', { form: 'csv', text, apply: true });
  expect((await ask('rules.list', {})).rules).toMatchObject([
    { name: 'res.partner', log: { create: true, write: false, unlink: true, enroll: false } },
  ]);
  expect(readOwnLog().map(({ action, phase }) => [action, phase])).toEqual([
    ['rule_created', 'intent'],
    ['rule_created', 'outcome'],
  ]);
  const changed = text.replace('False', 'True');
  expect(await ask('rules.import', { form: 'csv', text, apply: false })).toMatchObject({
    changes: [],
    same: ['res.partner'],
  });
  expect(await ask('rules.import', { form: 'csv', text: changed, apply: false })).toMatchObject({
    changes: [{ before: { log: { write: false } }, after: { log: { write: true } } }],
    same: [],
  });
});

test('what a person exports is fetched once, and told in the own log', async () => {
  await ask('rules.save', { rule: makeRule('res.partner', ['write']), isNew: true });
  const workspace = await openDays(host);
  const { file, download } = await ask('rules.export', { workspace, form: 'csv' });
  expect(file).toBe(null);
  const fetched = host.takeDownload(download?.split('/').at(-1) ?? '');
  expect(fetched).toMatchObject({ name: 'audit-rules.csv', type: 'text/csv; charset=utf-8' });
  expect(String(fetched?.content)).toContain('Rule of res.partner,res.partner,False,True,False');
  const log = readFileSync(join(directory, 'data', 'audit', 'audit.jsonl'), 'utf8');
  expect(log).toContain('"new_values": {"rules": "csv"}');
});

const HEAD = 'name,model_id,is_log_write\n';
const whole = makeRule('a.b', ['write']);
const list = (...rules: unknown[]): string => JSON.stringify(rules);
test.each([
  ['csv', '', [{ line: 1, code: 'no-model-column' }]],
  ['csv', 'model;active\na.b;1\n', [{ line: 1, code: 'no-model-column' }]],
  ['csv', `${HEAD}A,a.b\nB,b.c,1\n`, [{ line: 2, code: 'columns' }]],
  ['csv', `${HEAD}A,a.b,1\nx"y,b.c,1\n`, [{ line: 3, code: 'quotes' }]],
  ['csv', `${HEAD}A,"a.b,1\n`, [{ line: 2, code: 'quotes' }]],
  ['csv', `${HEAD}A,a b,1\n`, [{ line: 2, code: 'bad-model', field: 'model_id', text: 'a b' }]],
  ['csv', `${HEAD}"A\nB",a b,1\nC,c.d,2\n`, [{ line: 3 }, { line: 4, code: 'bad-flag', text: '2' }]],
  ['json', '', [{ line: 1, code: 'not-json' }]],
  ['json', '// [\n[]', [{ line: 1, code: 'not-json' }]],
  ['json', '[\n{"name": }]', [{ line: 2, code: 'not-json' }]],
  ['json', '{"rules": []}', [{ code: 'not-a-list' }]],
  ['json', list(7, whole), [{ line: 1, code: 'not-a-rule', text: '7' }]],
  ['json', list({ ...whole, extra: 1 }), [{ line: 1, code: 'unknown-field', field: 'extra' }]],
  ['json', list({ ...whole, log: { ...whole.log, fly: true } }), [{ line: 1, field: 'log.fly' }]],
  ['json', list({ ...whole, name: undefined }), [{ code: 'missing-field', field: 'name' }]],
  ['json', list({ ...whole, active: 'yes' }), [{ code: 'bad-flag', field: 'active', text: 'yes' }]],
  ['json', list({ ...whole, subscribedFields: 'a' }), [{ code: 'bad-fields', text: 'a' }]],
  ['json', JSON.stringify([{ ...whole, active: 'yes' }], null, 1), [{ line: 5, field: 'active' }]],
  ['json', list(whole, whole), [{ line: 1, code: 'model-twice', text: 'a.b' }]],
] as const)('%s %j is refused with its place', (form, text, refused) => {
  expect(readRules(text, form).refused).toMatchObject(refused);
});

test('what a rule leaves out is as documented, and is told', () => {
  const text = '[{"name": "A", "model": "a.b", "log": {"write": false}}, {"name": "C", "model": "c.d"}]';
  const { rules, refused, filled } = readRules(text, 'json');
  const asDocumented = makeRule('c.d', ['create', 'write', 'unlink'], { name: 'C' });
  const first = { ...asDocumented, name: 'A', model: 'a.b', log: { ...asDocumented.log, write: false } };
  expect({ rules, refused }).toEqual({ rules: [first, asDocumented], refused: [] });
  expect(filled.slice(0, 4)).toEqual(['active', 'log.create', 'log.unlink', 'log.enroll']);
  expect(filled).toContain('log.write');
  expect(readRules('model_id,is_log_write,active\na.b,0,\n', 'csv')).toMatchObject({
    rules: [{ active: true, log: { create: true, write: false, enroll: false } }],
    filled: ['active', 'is_post_to_thread', 'is_log_create', 'is_log_unlink'],
  });
});

test('columns that say nothing of a rule are told', () => {
  const { rules, ignored } = readRules('\uFEFFmodel_id,is_log_wirte\na.b,0\n', 'csv');
  expect(rules).toMatchObject([{ model: 'a.b', log: { write: true } }]);
  expect(ignored).toEqual(['is_log_wirte']);
});
