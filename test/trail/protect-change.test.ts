import { expect, test } from 'vitest';
import { openTrail, type TrailOptions } from '../../src/trail/trail.ts';
import { FakeBackend } from './fake-backend.ts';

function open(options: Partial<TrailOptions> = {}) {
  const [file, syslog, database] = [
    new FakeBackend('file'),
    new FakeBackend('syslog'),
    new FakeBackend('database'),
  ];
  const trail = openTrail({
    rules: [{ model: 'res.partner' }],
    backends: [file, syslog, database],
    confirmMs: 20,
    waitMs: 20,
    onFailure: () => {},
    ...options,
  });
  return { trail, file, syslog, database };
}

test('a rule that is switched off stands in file and syslog before it takes effect', async () => {
  const { trail, file, syslog, database } = open();
  let before: unknown[] = [];
  const result = await trail.as({ id: 1, login: 'mallory' }, () =>
    trail.setRule({ model: 'res.partner', active: false }, () => {
      before = [file, syslog].map(({ entries }) => entries.map((entry) => entry['phase']));
      expect(trail.rule('res.partner')?.rule?.active).toBe(true);
    }),
  );
  expect(before).toEqual([['intent'], ['intent']]);
  expect(result).toMatchObject({
    applied: true,
    protection: 'protected',
    witnesses: ['file', 'syslog'],
    missing: [],
  });
  expect(trail.rule('res.partner')?.rule?.active).toBe(false);
  expect(file.entries).toMatchObject([
    {
      ...{ seq: 1, model: 'res.partner', action: 'rule_modified', user_login: 'mallory', phase: 'intent' },
      ...{ type: 'audit_config_change', rule_name: 'res.partner' },
      old_values: {
        active: true,
        log: { create: true, enroll: false },
        subscribedFields: [],
        postToChatter: false,
      },
      new_values: { active: false },
    },
    { seq: 2, action: 'rule_modified', phase: 'outcome', intent_seq: 1, witnesses: ['file', 'syslog'] },
  ]);
  expect(Object.keys(file.entries[0] ?? {}).slice(0, 10)).toEqual([
    ...[
      'seq',
      'ts',
      'node',
      'model',
      'res_id',
      'action',
      'user_id',
      'user_login',
      'old_values',
      'new_values',
    ],
  ]);
  expect(database.lines).toEqual(file.lines);
});

test.each(['fails', 'hangs', 'throws'] as const)(
  'one witness of two is enough where the other %s',
  async (mode) => {
    const { trail, file, syslog } = open();
    syslog.mode = mode;
    const result = await trail.removeRule('res.partner');
    expect(result).toMatchObject({
      applied: true,
      protection: 'protected',
      witnesses: ['file'],
      missing: ['syslog'],
    });
    expect(file.entries).toMatchObject([
      { action: 'rule_deleted' },
      { phase: 'outcome', witnesses: ['file'] },
    ]);
    expect(trail.rules()).toEqual([]);
  },
);

test('without a witness it is refused, and the database alone is none', async () => {
  const { trail, file, syslog, database } = open();
  file.mode = 'fails';
  syslog.mode = 'hangs';
  expect(await trail.removeRule('res.partner')).toEqual({
    applied: false,
    reason: 'no-witness',
    missing: ['file', 'syslog'],
  });
  expect(trail.rules()).toHaveLength(1);
  expect(database.entries.map(({ phase }) => phase)).toEqual(['intent', 'refused']);
});

test('a permit of environment or file lets repairs through', async () => {
  const { trail, file, syslog } = open({ permitUnwitnessedChanges: true });
  file.mode = 'fails';
  syslog.mode = 'fails';
  expect(await trail.removeRule('res.partner')).toMatchObject({ applied: true, protection: 'permitted' });
  expect(trail.rules()).toEqual([]);
});

test('where only the database is enabled, the answer says that changes are not protected', async () => {
  const database = new FakeBackend('database');
  const { trail } = open({ backends: [database] });
  expect(await trail.removeRule('res.partner')).toMatchObject({ applied: true, protection: 'unprotected' });
  expect(database.entries.map(({ seq, phase }) => [seq, phase])).toEqual([
    [1, 'intent'],
    [2, 'outcome'],
  ]);
});

test('a change that fails is told as failed, and fails as it did', async () => {
  const { trail, file } = open();
  const change = {
    kind: 'token',
    id: 7,
    name: 'siem',
    old: undefined,
    new: { secret: 'abc', scope: 'in' },
  } as const;
  const failing = trail.recordChange({ ...change, secretFields: ['secret'] }, () => {
    throw new RangeError('no');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(file.entries).toMatchObject([
    { model: 'unbroken.token', action: 'token_created', phase: 'intent', token_name: 'siem' },
    { phase: 'failed', intent_seq: 1, new_values: { secret: '<masked>', scope: 'in' } },
  ]);
});

test('changes of rules that come at once are told one after the other', async () => {
  const { trail, file } = open();
  await Promise.all([
    trail.setRule({ model: 'res.partner', name: 'second' }),
    trail.setRule({ model: 'res.partner', name: 'third' }),
  ]);
  const intents = file.entries.filter(({ phase }) => phase === 'intent');
  expect(intents.map(({ old_values }) => (old_values as { name: string }).name)).toEqual([
    'res.partner',
    'second',
  ]);
});
