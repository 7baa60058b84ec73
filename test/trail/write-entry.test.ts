import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseTs } from '../../src/engine/base/timestamp.ts';
import { openTrail } from '../../src/trail/trail.ts';
import { writeEntry } from '../../src/trail/write-entry.ts';
import { writeJson } from '../../src/trail/write-json.ts';
import { FakeBackend } from './fake-backend.ts';

/** Both lines of the README of OpenSPP's module, byte for byte. */
const README = [
  '{"seq": 1, "ts": "2024-01-15T10:30:45.123456+00:00", "node": "odoo-web-1", "model": "res.partner", "res_id": 42, "method": "write", "user_id": 2, "user_login": "admin", "old_values": {"name": "Old Name"}, "new_values": {"name": "New Name"}}',
  '{"seq": 2, "ts": "2024-01-15T10:31:12.789012+00:00", "node": "odoo-web-1", "model": "spp.program.membership", "res_id": 15, "action": "enroll", "user_id": 5, "user_login": "social_worker"}',
];

test('the lines of the README come out as they stand there', async () => {
  const times = ['2024-01-15T10:30:45.123456+00:00', '2024-01-15T10:31:12.789012+00:00'].map(parseTs);
  const file = new FakeBackend();
  const trail = openTrail({
    rules: [{ model: 'res.partner' }, { model: 'spp.program.membership', log: { enroll: true } }],
    backends: [file],
    node: 'odoo-web-1',
    clock: () => times.shift() ?? 0,
  });
  await trail.as({ id: 2, login: 'admin' }, () =>
    trail.recordWrite('res.partner', 42, { name: 'Old Name', age: 3 }, { name: 'New Name', age: 3 }),
  );
  await trail.as({ id: 5, login: 'social_worker' }, async () =>
    trail.rule('spp.program.membership')?.logLifecycleAction({ action: 'enroll', records: [{ id: 15 }] }),
  );
  expect(file.lines).toEqual(README);
});

test('lines of the documented sample, parsed and written again, are the same bytes', () => {
  const sample = new URL('../fixtures/documented/audit/audit.jsonl', import.meta.url);
  const lines = readFileSync(sample, 'utf8').split('\n').filter(isWhole);
  expect(lines.length).toBeGreaterThan(100);
  for (const line of lines) {
    const {
      seq,
      ts,
      node,
      model,
      res_id,
      method,
      action,
      user_id,
      user_login,
      old_values,
      new_values,
      ...extra
    } = JSON.parse(line);
    const what = method === undefined ? { action } : { method };
    const user = { id: user_id, login: user_login };
    const content = { model, resId: res_id, what, user, oldValues: old_values, newValues: new_values, extra };
    expect(writeEntry({ seq, ts, node }, content)).toBe(line);
  }
});

function isWhole(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

test('no fraction where the microsecond is 0, and times that never run backwards', async () => {
  const times = [1_705_314_645_000_000, 1_705_314_644_999_999, 1_705_314_645_000_001];
  const file = new FakeBackend();
  const rules = [{ model: 'a.b' }];
  const trail = openTrail({ rules, backends: [file], node: 'n', clock: () => times.shift() ?? 0 });
  for (const id of [1, 2, 3]) await trail.recordCreate('a.b', id, {});
  expect(file.entries.map(({ ts }) => ts)).toEqual([
    '2024-01-15T10:30:45+00:00',
    '2024-01-15T10:30:45+00:00',
    '2024-01-15T10:30:45.000001+00:00',
  ]);
});

test('extra data cannot take the place of the keys of the dialect', () => {
  const content = { model: 'm', resId: 1, what: { action: 'x' }, user: undefined };
  const line = writeEntry({ seq: 1, ts: 't', node: 'n' }, { ...content, extra: { seq: 9, program_id: 7 } });
  expect(line).toBe(
    '{"seq": 1, "ts": "t", "node": "n", "model": "m", "res_id": 1, "action": "x", "user_id": null, "extra_seq": 9, "program_id": 7}',
  );
});

class Hostile {
  toJSON(): never {
    throw new Error('no');
  }
}
const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;

test.each([
  [new Date('2024-01-15T10:30:45Z'), '"2024-01-15T10:30:45"'],
  [new Date('2024-01-15T10:30:45.120Z'), '"2024-01-15T10:30:45.120000"'],
  [new Date(Number.NaN), 'null'],
  [9_007_199_254_740_993n, '9007199254740993'],
  [Number.NaN, '"NaN"'],
  [Number.POSITIVE_INFINITY, '"Infinity"'],
  [new Uint8Array(3), '"<binary data>"'],
  [new Set([1, 'é']), '[1, "é"]'],
  [new Map([[1, null]]), '{"1": null}'],
  [{ a: undefined, b: [undefined] }, '{"b": [null]}'],
  ['line\nbreak \u2028 "quoted"', '"line\\nbreak \u2028 \\"quoted\\""'],
  [() => 1, '"<unserializable>"'],
  [{ a: new Hostile(), b: 1 }, '{"a": "<unserializable>", "b": 1}'],
])('writes %s', (value, written) => {
  expect(writeJson(value)).toBe(written);
});

test('any value becomes one line of JSON, and what JSON knows comes back', () => {
  expect(() => JSON.parse(writeJson(cycle))).not.toThrow();
  fc.assert(
    fc.property(fc.anything({ withDate: true, withMap: true, withSet: true, withBigInt: true }), (value) => {
      const written = writeJson(value);
      expect(written).not.toContain('\n');
      JSON.parse(written);
    }),
  );
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(writeJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
