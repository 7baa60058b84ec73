/** The history of a record: values over time as written, what does not fit, and gaps that could have touched it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { RecordHistory } from '../../../src/contract/record.ts';
import { isSameValue } from '../../../src/engine/ask/record-history.ts';
import { type Engine, openEngine } from '../../../src/engine/engine.ts';
import { createRandom } from '../../simulator/random.ts';

let directory = '';
let engine: Engine | undefined;
afterEach(async () => {
  await engine?.close();
  rmSync(directory, { recursive: true, force: true });
});

interface Line {
  readonly seq: number;
  readonly minute: number;
  readonly action?: string;
  readonly id?: string;
  readonly model?: string;
  readonly node?: string;
  /** JSON text. */
  readonly old?: string;
  readonly new?: string;
}

async function openLog(...sources: Line[][]): Promise<Engine> {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-record-'));
  const paths = sources.map((lines, index) => {
    const path = join(directory, `copy-${index}`);
    mkdirSync(path);
    const text = lines.map(({ seq, minute, action = 'write', id = '7', model = 'res.partner', ...line }) => {
      const ts = new Date(Date.UTC(2025, 2, 1, 0, minute)).toISOString().replace('.000Z', '+00:00');
      const values = `"old_values": ${line.old ?? '{}'}, "new_values": ${line.new ?? '{}'}`;
      return `{"seq": ${seq}, "ts": "${ts}", "node": "${line.node ?? 'a'}", "model": "${model}", "res_id": ${id}, "method": "${action}", "user_id": 2, "user_login": "ana", ${values}}\n`;
    });
    writeFileSync(join(path, 'audit-2025-03-01.jsonl'), text.join(''));
    return path;
  });
  engine = openEngine({ workspace: join(directory, 'w.unbroken'), evidence: paths });
  await engine.importPaths(paths, { signal: new AbortController().signal });
  return engine;
}

const ask = (
  from: Engine,
  resId = '7',
  part: { offset?: number; limit?: number; source?: number } = {},
): RecordHistory => from.history({ record: { model: 'res.partner', resId }, offset: 0, limit: 500, ...part });

const listContradictions = ({ entries }: RecordHistory) =>
  entries.flatMap(({ row, values }) =>
    values.flatMap(({ key, old, contradiction }) =>
      contradiction ? [{ seq: row.seq, key, old, ...contradiction }] : [],
    ),
  );

test('values are told as written, and what fits is no contradiction', async () => {
  const log = await openLog([
    { seq: 1, minute: 1, action: 'create', new: '{"n": 5, "name": "\\u00c9", "big": 9223372036854775808}' },
    { seq: 2, minute: 2, old: '{"n": 5.0, "name": "É"}', new: '{"n": NaN, "tags": [1, 2]}' },
    { seq: 3, minute: 3, id: '8', old: '{"n": 1}', new: '{"n": 2}' },
    { seq: 4, minute: 4, model: 'res.users', old: '{"n": 1}', new: '{"n": 2}' },
    { seq: 5, minute: 5, old: '{"n": NaN, "tags": [1,2], "big": 9223372036854775808}' },
  ]);
  const history = ask(log);
  expect(history.total).toBe(3);
  expect(listContradictions(history)).toEqual([]);
  expect(history.entries.map(({ values }) => values)).toEqual([
    [
      { key: 'n', new: '5' },
      { key: 'name', new: '"\\u00c9"' },
      { key: 'big', new: '9223372036854775808' },
    ],
    [
      { key: 'n', old: '5.0', new: 'NaN' },
      { key: 'name', old: '"É"' },
      { key: 'tags', new: '[1, 2]' },
    ],
    [
      { key: 'n', old: 'NaN' },
      { key: 'tags', old: '[1,2]' },
      { key: 'big', old: '9223372036854775808' },
    ],
  ]);
  expect(history.actions).toEqual([
    { value: 'write', count: 2 },
    { value: 'create', count: 1 },
  ]);
});

test('an old value that nobody left is a contradiction, with the gap between that could explain it', async () => {
  const log = await openLog([
    { seq: 1, minute: 1, action: 'create', new: '{"state": "draft"}' },
    { seq: 2, minute: 2, id: '8', new: '{"state": "x"}' },
    // 3 is missing.
    { seq: 4, minute: 4, old: '{"state": "approved"}', new: '{"state": "paid"}' },
    { seq: 5, minute: 5, old: '{"state": "paid"}', new: '{"state": "done"}' },
  ]);
  const history = ask(log);
  const id = history.first?.id;
  expect(listContradictions(history)).toMatchObject([
    { seq: 4, key: 'state', old: '"approved"', left: '"draft"', id, asIfUndone: false, gaps: 1 },
  ]);
  expect(history.gaps).toMatchObject({ total: 1, missing: 1, unread: 0 });
  expect(history.gaps.shown).toMatchObject([{ node: 'a', missing: 1, sameNode: true, near: 1 }]);
});

test('a change that seems never to have happened is told as such', async () => {
  const log = await openLog([
    { seq: 1, minute: 1, action: 'create', new: '{"email": false}' },
    { seq: 2, minute: 2, old: '{"email": false}', new: '{"email": "retry"}' },
    { seq: 3, minute: 3, old: '{"email": false}', new: '{"email": "final"}' },
  ]);
  expect(listContradictions(ask(log))).toMatchObject([
    { seq: 3, left: '"retry"', asIfUndone: true, gaps: 0 },
  ]);
});

test('gaps before its creation and after its deletion could not have touched it', async () => {
  const others = (from: number): Line[] =>
    [0, 1].map((i) => ({ seq: from + i * 2, minute: from + i * 2, id: '8' }));
  const log = await openLog([
    { seq: 1, minute: 1, id: '8' },
    ...others(3),
    { seq: 6, minute: 6, action: 'create' },
    ...others(7),
    { seq: 10, minute: 10, action: 'unlink' },
    ...others(11),
  ]);
  // Missing are 2, 4, 8 and 12.
  expect(ask(log).gaps.shown.map(({ fromMicros }) => new Date(fromMicros / 1000).getUTCMinutes())).toEqual([
    7,
  ]);
  expect(ask(log, '8').gaps.total).toBe(4);
});

test('one line twice is one event, and copies are told one at a time', async () => {
  const lines: Line[] = [
    { seq: 1, minute: 1, action: 'create', new: '{"n": 1}' },
    { seq: 2, minute: 2, old: '{"n": 1}', new: '{"n": 2}' },
  ];
  const log = await openLog([lines[0]!, lines[1]!, lines[1]!], lines);
  const fullest = ask(log, '7', { source: 0 });
  expect(fullest).toMatchObject({ source: 0, total: 3, rows: 3 });
  expect(fullest.entries.map(({ duplicates }) => duplicates)).toEqual([0, 1]);
  expect(listContradictions(fullest)).toEqual([]);
  expect(ask(log, '7', { source: 1 })).toMatchObject({ source: 1, total: 2 });
});

test('a record without entries, and one with hostile values, are answered', async () => {
  const keys = Array.from({ length: 200 }, (_, i) => `"k${i}": ${i}`).join();
  const long = `"${'x'.repeat(100_000)}"`;
  const log = await openLog([
    { seq: 1, minute: 1, new: `{"__proto__": ${long}, ${keys}}` },
    { seq: 2, minute: 2, old: `{${keys}, "__proto__": "other"}` },
  ]);
  expect(ask(log, '99')).toMatchObject({ total: 0, entries: [], actions: [] });
  const { entries } = ask(log);
  expect(entries.map(({ values, moreKeys }) => values.length + moreKeys)).toEqual([201, 201]);
  expect(JSON.stringify(entries).length).toBeLessThan(20_000);
  // The one that contradicts is told, though it stands last.
  expect(entries[1]?.values[0]).toMatchObject({ key: '__proto__', old: '"other"' });
});

test('any part of a long history contradicts where a plain reading of all of it does', async () => {
  const random = createRandom(11);
  const keys = ['a', 'b', 'c'];
  const plain = new Map<string, number>();
  const expected: string[] = [];
  const lines = Array.from({ length: 400 }, (_, i): Line => {
    const changed = keys.filter(() => random.chance(0.6));
    const old = changed
      .filter(() => random.chance(0.8))
      .map((key) => {
        const value = plain.has(key) && random.chance(0.85) ? plain.get(key)! : random.int(4);
        if (plain.has(key) && plain.get(key) !== value) expected.push(`${i + 1} ${key}`);
        plain.set(key, value);
        return `"${key}": ${value}`;
      });
    const fresh = changed
      .filter(() => random.chance(0.9))
      .map((key) => {
        plain.set(key, random.int(4));
        return `"${key}": ${plain.get(key)}`;
      });
    return { seq: i + 1, minute: i + 1, old: `{${old.join()}}`, new: `{${fresh.join()}}` };
  });
  const log = await openLog(lines);
  const found = (history: RecordHistory) =>
    listContradictions(history)
      .map(({ seq, key }) => `${seq} ${key}`)
      .sort();
  expect(expected.length).toBeGreaterThan(30);
  expect(found(ask(log))).toEqual(expected.toSorted());
  for (const offset of [0, 40, 133, 390]) {
    const part = ask(log, '7', { offset, limit: 50 });
    expect(part).toMatchObject({ total: 400, offset, rows: Math.min(50, 400 - offset) });
    const seqs = new Set(part.entries.map(({ row }) => row.seq));
    expect(found(part)).toEqual(expected.filter((told) => seqs.has(Number(told.split(' ')[0]))).sort());
  }
});

test.each([
  ['1', '1.0', true],
  ['-0.0', '0', true],
  ['10', '1', false],
  ['9223372036854775807', '9223372036854775808', false],
  ['NaN', 'NaN', true],
  ['false', '0', false],
  ['"a"', '"\\u0061"', true],
  ['"1"', '1', false],
  ['{"a": 1, "b": 2}', '{"b":2,"a":1}', true],
  ['[1, 2]', '[2, 1]', false],
  ['"torn', '"torn', true],
  ['"torn', '"other', false],
])('%s and %s are the same value: %s', (one, other, same) => {
  expect(isSameValue(one, other)).toBe(same);
  expect(isSameValue(other, one)).toBe(same);
});
