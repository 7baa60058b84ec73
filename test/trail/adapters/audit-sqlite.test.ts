import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type WatchedWrites, watchSqlite } from '../../../src/trail/adapters/audit-sqlite.ts';
import type { DataChange } from '../../../src/trail/data-change.ts';
import { actAs } from '../../../src/trail/user-context.ts';

let directory = '';
let db: Database.Database;
let watched: WatchedWrites;
let recorded: DataChange[] = [];
let faults: unknown[] = [];
let isRecording = true;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-audit-sqlite-'));
  recorded = [];
  faults = [];
  isRecording = true;
  db = new Database(join(directory, 'program.sqlite'));
  db.exec(
    'create table note (id integer primary key, about text, line int, text text, unique (about, line))',
  );
  db.exec('create table other (id integer primary key)');
  watched = watchSqlite(db, {
    tables: { note: { model: 'program.note', key: ['about', 'line'] } },
    record: (changes) => {
      if (!isRecording) throw new Error('there is no log');
      recorded.push(...changes);
    },
    onFault: (error) => faults.push(error),
  });
});

afterEach(() => {
  db.close();
  rmSync(directory, { recursive: true, force: true });
});

function write(...statements: string[]): void {
  watched.prepare();
  db.exec('begin');
  try {
    for (const sql of statements) db.exec(sql);
    watched.commit(() => db.exec('commit'));
  } catch (error) {
    if (db.inTransaction) db.exec('rollback');
    throw error;
  }
}

test('what is committed is recorded by its key, with what changed, in the name of who wrote', () => {
  actAs({ id: 7, login: 'uma' }, () =>
    write("insert into note (about, line, text) values ('a', 1, 'x'), ('a', 2, 'y')"),
  );
  write("update note set text = 'z' where line = 2", 'insert into other values (1)');
  write('delete from note');
  const user = { id: 7, login: 'uma' };
  expect(recorded).toEqual([
    { method: 'create', model: 'program.note', id: ['a', 1], user, new: { id: 1, text: 'x' } },
    { method: 'create', model: 'program.note', id: ['a', 2], user, new: { id: 2, text: 'y' } },
    { method: 'write', model: 'program.note', id: ['a', 2], old: { text: 'y' }, new: { text: 'z' } },
    { method: 'unlink', model: 'program.note', id: ['a', 1], old: { id: 1, text: 'x' } },
    { method: 'unlink', model: 'program.note', id: ['a', 2], old: { id: 2, text: 'z' } },
  ]);
  expect(faults).toEqual([]);
});

test('what is rolled back is not recorded, and what follows is', () => {
  const twice = "insert into note (about, line) values ('a', 1)";
  expect(() => write(twice, twice)).toThrow('UNIQUE');
  watched.prepare();
  db.exec('begin');
  db.exec(twice);
  expect(() =>
    watched.commit(() => {
      throw new Error('the disk is full');
    }),
  ).toThrow('the disk is full');
  db.exec('rollback');
  expect(recorded).toEqual([]);
  write(twice);
  expect(recorded).toMatchObject([{ method: 'create', id: ['a', 1] }]);
});

test('a log that fails is told, and the write stands', () => {
  isRecording = false;
  write("insert into note (about, line) values ('a', 1)");
  expect(db.prepare('select count(*) from note').pluck().get()).toBe(1);
  expect(faults).toMatchObject([{ message: 'there is no log' }]);
});

test('the file of the database is as it was', () => {
  write("insert into note (about, line) values ('a', 1)");
  const names = db.prepare('select name from main.sqlite_schema order by name').pluck().all();
  expect(names).toEqual(['note', 'other', 'sqlite_autoindex_note_1']);
});
