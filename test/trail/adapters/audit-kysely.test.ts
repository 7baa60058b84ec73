import Database from 'better-sqlite3';
import { type Generated, Kysely, SqliteDialect, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditedSqlite } from '../../../src/trail/adapters/audit-kysely.ts';
import { openTrail, type Trail } from '../../../src/trail/trail.ts';
import { FakeBackend } from '../fake-backend.ts';

interface Tables {
  partner: { id: Generated<number>; name: string | null; age: number | null; photo: Uint8Array | null };
  member: { id: Generated<number>; partner_id: number; state: string };
  link: { left: number; right: string; weight: number };
  unwatched: { id: Generated<number>; name: string };
}

let file: FakeBackend;
let trail: Trail;
let db: Kysely<Tables>;

beforeEach(async () => {
  file = new FakeBackend();
  trail = openTrail({
    rules: ['res.partner', 'spp.program.membership', 'link'].map((model) => ({ model })),
    backends: [file],
  });
  const database = new Database(':memory:');
  database.pragma('foreign_keys = on');
  const tables = { partner: 'res.partner', member: 'spp.program.membership', link: 'link', later: 'link' };
  db = new Kysely({ dialect: auditedSqlite(new SqliteDialect({ database }), { trail, tables }) });
  await sql`create table partner (id integer primary key, name text, age int, photo blob)`.execute(db);
  await sql`create table member (id integer primary key, state text,
    partner_id int references partner on delete cascade)`.execute(db);
  await sql`create table link ("left" int, "right" text, weight real, primary key ("left", "right")) without rowid`.execute(
    db,
  );
  await sql`create table unwatched (id integer primary key, name text)`.execute(db);
});

afterEach(() => db.destroy());

/** One line an entry: method, id, old, new. */
const told = () =>
  file.entries.map(({ method, res_id, old_values, new_values }) => [method, res_id, old_values, new_values]);

test('create, write and unlink, with the fields that changed', async () => {
  const created = await db.insertInto('partner').values({ name: 'Ana', age: 3 }).executeTakeFirst();
  const updated = await db
    .updateTable('partner')
    .set({ name: 'Ana', age: 4 })
    .where('id', '=', 1)
    .executeTakeFirst();
  await db.updateTable('partner').set({ age: 4 }).execute();
  const deleted = await db.deleteFrom('partner').executeTakeFirst();
  // What the program sees is as without the trail.
  expect([created.insertId, updated.numUpdatedRows, deleted.numDeletedRows]).toEqual([1n, 1n, 1n]);
  expect(told()).toEqual([
    ['create', 1, undefined, { name: 'Ana', age: 3, photo: null }],
    ['write', 1, { age: 3 }, { age: 4 }],
    ['unlink', 1, { name: 'Ana', age: 4, photo: null }, undefined],
  ]);
});

test('bulk writes are an entry a record, in order', async () => {
  await db
    .insertInto('partner')
    .values([{ name: 'A' }, { name: 'B' }, { name: 'C' }])
    .execute();
  const rows = await db
    .updateTable('partner')
    .set({ age: 1 })
    .where('name', '>', 'A')
    .returning('id')
    .execute();
  expect(rows).toEqual([{ id: 2 }, { id: 3 }]);
  expect(told().map(([method, id]) => `${method} ${id}`)).toEqual([
    ...['create 1', 'create 2', 'create 3', 'write 2', 'write 3'],
  ]);
});

test('a transaction is recorded after its commit, and not at all when it is rolled back', async () => {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('partner').values({ name: 'A' }).execute();
    await trx.updateTable('partner').set({ name: 'B' }).execute();
    expect(told()).toEqual([]);
  });
  expect(told().map(([method]) => method)).toEqual(['create', 'write']);
  const failing = db.transaction().execute(async (trx) => {
    await trx.deleteFrom('partner').execute();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await db.insertInto('partner').values({ name: 'C' }).execute();
  expect(told().map(([method]) => method)).toEqual(['create', 'write', 'create']);
});

test('what is rolled back to a savepoint is not recorded, what came before and after is', async () => {
  const trx = await db.startTransaction().execute();
  const as = (id: number, name: string) =>
    trail.as({ id }, () => trx.insertInto('partner').values({ name }).execute());
  await as(1, 'before');
  const nested = await trx.savepoint('inner').execute();
  await as(2, 'undone');
  await nested.rollbackToSavepoint('inner').execute();
  await as(2, 'after');
  await nested.releaseSavepoint('inner').execute();
  await trx.commit().execute();
  expect(
    file.entries.map(({ user_id, new_values }) => [user_id, (new_values as { name: string }).name]),
  ).toEqual([
    [1, 'before'],
    [2, 'after'],
  ]);
});

test('transactions of plain SQL count as well', async () => {
  await db.connection().execute(async (one) => {
    await sql`begin immediate`.execute(one);
    await one.insertInto('partner').values({ name: 'A' }).execute();
    await sql`rollback`.execute(one);
    await sql`begin`.execute(one);
    await one.insertInto('partner').values({ name: 'B' }).execute();
    expect(told()).toEqual([]);
    await sql`commit`.execute(one);
  });
  expect(told()).toMatchObject([['create', 1, undefined, { name: 'B' }]]);
});

test('cascades, upserts, replaced rows and plain SQL are seen', async () => {
  await db.insertInto('partner').values({ id: 1, name: 'A' }).execute();
  await db.insertInto('member').values({ partner_id: 1, state: 'draft' }).execute();
  const upsert = db.insertInto('partner').values({ id: 1, name: 'B' });
  await upsert.onConflict((conflict) => conflict.column('id').doUpdateSet({ name: 'B' })).execute();
  await sql`update member set state = 'approved'`.execute(db);
  await sql`insert or replace into unwatched values (1, 'x'), (1, 'y')`.execute(db);
  await db
    .insertInto('link')
    .values({ left: 1, right: 'a', weight: 0.1 + 0.2 })
    .execute();
  await sql`insert or replace into link values (1, 'a', 1)`.execute(db);
  await db.deleteFrom('partner').execute();
  expect(file.entries.map(({ model, method, res_id }) => [model, method, res_id])).toEqual([
    ['res.partner', 'create', 1],
    ['spp.program.membership', 'create', 1],
    ['res.partner', 'write', 1],
    ['spp.program.membership', 'write', 1],
    ['link', 'create', [1, 'a']],
    ['link', 'unlink', [1, 'a']],
    ['link', 'create', [1, 'a']],
    ['spp.program.membership', 'unlink', 1],
    ['res.partner', 'unlink', 1],
  ]);
  expect(file.entries[4]).toMatchObject({ new_values: { weight: 0.30000000000000004 } });
});

test('each statement is in the name of who made it', async () => {
  await db.transaction().execute(async (trx) => {
    await trail.as({ id: 1, login: 'ana' }, () => trx.insertInto('partner').values({ name: 'A' }).execute());
    await trail.as({ id: 2, login: 'ben' }, () => trx.updateTable('partner').set({ name: 'B' }).execute());
    await trx.deleteFrom('partner').execute();
  });
  expect(file.entries.map(({ user_id, user_login }) => [user_id, user_login])).toEqual([
    [1, 'ana'],
    [2, 'ben'],
    [null, undefined],
  ]);
});

test('integers are exact, and of binary values only their change is told', async () => {
  await sql`insert into partner values (9007199254740993, 'A', -9223372036854775808, x'0102')`.execute(db);
  await sql`update partner set photo = x'03', name = 'B'`.execute(db);
  await sql`update partner set photo = x'03', name = 'C'`.execute(db);
  expect(
    file.lines.map((line) => line.slice(line.indexOf('"res_id"')).replace(/, "user_id": null/, '')),
  ).toEqual([
    '"res_id": 9007199254740993, "method": "create", "new_values": {"name": "A", "age": -9223372036854775808, "photo": "<binary data>"}}',
    '"res_id": 9007199254740993, "method": "write", "old_values": {"name": "A", "photo": "<binary data>"}, "new_values": {"name": "B", "photo": "<binary data> (changed)"}}',
    '"res_id": 9007199254740993, "method": "write", "old_values": {"name": "B"}, "new_values": {"name": "C"}}',
  ]);
});

test('tables that come, change and go are followed', async () => {
  await sql`create table later (a int)`.execute(db);
  await sql`insert into later values (5)`.execute(db);
  await db.transaction().execute(async (trx) => {
    await sql`insert into later values (6)`.execute(trx);
    await trx.schema.alterTable('later').addColumn('b', 'text').execute();
    await sql`update later set b = 'x' where a = 6`.execute(trx);
    await trx.schema.alterTable('later').dropColumn('a').execute();
    await sql`delete from later where b = 'x'`.execute(trx);
  });
  await db.schema.dropTable('later').execute();
  await db.insertInto('partner').values({ name: 'A' }).execute();
  expect(told()).toEqual([
    ['create', 1, undefined, { a: 5 }],
    ['create', 2, undefined, { a: 6 }],
    ['write', 2, { b: null }, { b: 'x' }],
    ['unlink', 2, { b: 'x' }, undefined],
    ['create', 1, undefined, { name: 'A', age: null, photo: null }],
  ]);
});

test('a statement that fails fails as it did, and leaves nothing', async () => {
  await db.insertInto('partner').values({ id: 1, name: 'A' }).execute();
  const twice = db
    .insertInto('partner')
    .values([{ name: 'B' }, { id: 1, name: 'C' }])
    .execute();
  await expect(twice).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  await db.insertInto('partner').values({ name: 'D' }).execute();
  expect(file.entries.map(({ seq, new_values }) => [seq, (new_values as { name: string }).name])).toEqual([
    [1, 'A'],
    [2, 'D'],
  ]);
});

test('nothing of the trail stays in the database', async () => {
  await db.insertInto('partner').values({ name: 'A' }).execute();
  const { rows } = await sql<{ name: string }>`select name from sqlite_schema`.execute(db);
  expect(rows.map(({ name }) => name).filter((name) => name.includes('unbroken'))).toEqual([]);
  expect(await sql`select last_insert_rowid() as id`.execute(db)).toMatchObject({ rows: [{ id: 1 }] });
});
