/** A workspace of an older version is opened, keeps all that it held, and is as good as a new one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Engine, openEngine } from '../../../src/engine/engine.ts';
import { migrations } from '../../../src/engine/store/migrations.ts';
import { writeLargeLog } from '../../simulator/write-large-log.ts';

const signal = new AbortController().signal;
/** What version 1 kept, by table. */
const KEPT = {
  source: 'id, path',
  file: 'id, source, path, state, bytes, sha256, content_bytes, content_sha256, reading',
  tuple: 'id, node, model, action, user_id, user_login',
  res_text: 'id, text',
  segment:
    'id, file, first_line, lines, offset_bytes, length_bytes, rows, min_ts, max_ts, ts, seq, tuple, res, line, offset, length, flags, malformed',
  block: 'id, file, offset_bytes, raw_bytes, codec, data',
  report: 'id, json',
};

let directory = '';
let evidence = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-migrations-'));
  evidence = join(directory, 'audit');
  writeLargeLog(evidence, { entries: 3000, dialect: 'documented', seed: 2, days: 3 });
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const open = (file: string): Engine => openEngine({ workspace: file, evidence: [evidence] });

/** The same workspace as version 1 would have left it. */
function writeVersion1(now: string, file: string): void {
  const db = new Database(file);
  db.exec(migrations[0]!);
  db.exec(`ATTACH '${now.replaceAll("'", "''")}' AS now`);
  for (const [table, columns] of Object.entries(KEPT)) {
    db.exec(`INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM now.${table}`);
  }
  db.pragma('application_id = 0x556e6272');
  db.pragma('user_version = 1');
  db.close();
}

test('version 1 is migrated with its files, entries and report', async () => {
  const [now, old] = [join(directory, 'now.unbroken'), join(directory, 'old.unbroken')];
  const fresh = open(now);
  const report = await fresh.importPaths([evidence], { signal });
  const page = { order: 'newest-first', offset: 700, limit: 200 } as const;
  const expected = fresh.entries.page({ text: 'approved' }, page);
  await fresh.close();
  writeVersion1(now, old);

  const migrated = open(old);
  expect(migrated.report()).toEqual(report);
  expect(migrated.sources()).toEqual([evidence]);
  expect(migrated.check()).toEqual([]);
  expect(migrated.entries.page({ text: 'approved' }, page)).toEqual(expected);
  let lines = 0;
  const again = await migrated.importPaths([evidence], {
    signal,
    onProgress: (told) => (lines = told.lines),
  });
  expect(lines).toBe(0);
  expect({ ...again, made: report.made }).toEqual(report);
  await migrated.search.makeFilters();
  expect(migrated.entries.count({ text: 'approved' })).toBe(expected.total);
  await migrated.close();
  // A second opening finds nothing to do.
  const db = new Database(old, { readonly: true });
  expect(db.pragma('user_version', { simple: true })).toBe(migrations.length);
  db.close();
});

const mark = { id: 1, node: 'web-1', ts_micros: 1.5, seq: 7, sha256: 'ab', tags: '["odd"]', note: 'n' };
const recordNote = { id: 1, model: 'res.partner', res_id: '42', author: 'ana', written_at: '2026-01-02' };
const review = {
  finding: 'gap-1',
  about: 'web-1 7',
  state: 'reviewed',
  note: 'seen',
  changed_at: '2026-01-01',
};

/** A migration by the version it makes: what the version before held, and what is there after it. */
const steps: [version: number, what: string, before: Tables, after: Tables][] = [
  [
    2,
    'filters for text',
    { source: [{ id: 1, path: '/logs' }] },
    { source: [{ id: 1, path: '/logs' }], text_filter: [] },
  ],
  [
    3,
    "a report's basis",
    { report: [{ id: 1, json: '{}' }] },
    { report: [{ id: 1, json: '{}', basis: '' }] },
  ],
  [
    4,
    'marks, reviews and filters',
    { report: [{ id: 1, json: '{}', basis: 'b' }] },
    { report: [{ id: 1, json: '{}', basis: 'b' }], mark: [], review: [], saved_filter: [] },
  ],
  [
    5,
    'filters with numbers',
    {
      text_filter: [{ segment: 1, bits: Buffer.from('x') }],
      mark: [{ ...mark, changed_at: '2026-01-01' }],
      saved_filter: [{ name: 'f', filter: '{}' }],
    },
    {
      text_filter: [],
      mark: [{ ...mark, changed_at: '2026-01-01' }],
      saved_filter: [{ name: 'f', filter: '{}' }],
    },
  ],
  [6, 'the choice of a document', { review: [review] }, { review: [review], document: [] }],
  [
    7,
    'how it was checked, by codes',
    { report: [{ id: 1, json: '{"made":{"method":["Each file was hashed.","b"],"n":1.0}}', basis: 'b' }] },
    {
      report: [
        {
          id: 1,
          json: '{"made":{"method":[{"code":"as-told","values":{},"text":"Each file was hashed."},{"code":"as-told","values":{},"text":"b"}],"n":1.0}}',
          basis: 'b',
        },
      ],
    },
  ],
  [8, 'notes about records', { review: [review] }, { review: [review], record_note: [] }],
  [
    ...([9, 'one word for notes'] as const),
    { record_note: [{ ...recordNote, text: 'Ask Ana' }] },
    { record_note: [{ ...recordNote, note: 'Ask Ana' }] },
  ],
];
type Tables = Readonly<Record<string, readonly Readonly<Record<string, string | number | Buffer>>[]>>;

test.each(steps)('version %i: %s', (version, _what, before, after) => {
  const file = join(directory, 'before.unbroken');
  const db = new Database(file);
  db.pragma('foreign_keys = OFF');
  for (const sql of migrations.slice(0, version - 1)) db.exec(sql);
  for (const [table, rows] of Object.entries(before)) {
    for (const row of rows) {
      const keys = Object.keys(row);
      db.prepare(`INSERT INTO ${table} (${keys}) VALUES (${keys.map((key) => `@${key}`)})`).run(row);
    }
  }
  db.exec(migrations[version - 1] ?? '');
  const read = (table: string) => db.prepare(`SELECT * FROM ${table}`).all();
  expect(Object.fromEntries(Object.keys(after).map((table) => [table, read(table)]))).toEqual(after);
  db.close();
});

test('each version has its step', () => {
  expect([1, ...steps.map(([version]) => version)]).toEqual(migrations.map((_, i) => i + 1));
});

test('a workspace of a newer version is refused, and left as it is', async () => {
  const file = join(directory, 'newer.unbroken');
  await open(file).close();
  const db = new Database(file);
  db.pragma(`user_version = ${migrations.length + 1}`);
  db.close();
  expect(() => open(file)).toThrow(
    expect.objectContaining({ failure: expect.objectContaining({ code: 'workspace-newer' }) }),
  );
});
