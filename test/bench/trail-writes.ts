/**
 * Writes through Kysely into SQLite on disk, audited into a file or not:
 * `trail-writes.ts audited|plain DIRECTORY COUNT PER_TRANSACTION`. A third each creates, writes and unlinks.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { type Generated, Kysely, SqliteDialect } from 'kysely';
import { auditedSqlite } from '../../src/trail/adapters/audit-kysely.ts';
import { openFileBackend } from '../../src/trail/backends/file-backend.ts';
import { openTrail } from '../../src/trail/trail.ts';

interface Tables {
  partner: { id: Generated<number>; name: string; city: string; age: number; state: string };
}

const [how = '', parent = '', count = '', perTransaction = ''] = process.argv.slice(2);
const directory = mkdtempSync(join(parent, 'trail-'));
const database = new Database(join(directory, 'app.db'));
database.pragma('journal_mode = wal');
const plain = new SqliteDialect({ database });
const trail = openTrail({
  rules: [{ model: 'res.partner' }],
  backends: [openFileBackend({ path: join(directory, 'audit.jsonl') })],
});
const dialect =
  how === 'audited' ? auditedSqlite(plain, { trail, tables: { partner: 'res.partner' } }) : plain;
const db = new Kysely<Tables>({ dialect });
await db.schema
  .createTable('partner')
  .addColumn('id', 'integer', (column) => column.primaryKey())
  .addColumn('name', 'text')
  .addColumn('city', 'text')
  .addColumn('age', 'integer')
  .addColumn('state', 'text')
  .execute();

const size = Number(perTransaction);
await trail.as({ id: 2, login: 'admin' }, async () => {
  for (let done = 0; done < Number(count); done += size) {
    await db.transaction().execute(async (trx) => {
      for (let n = done; n < done + size; n += 3) {
        const values = { name: `Partner ${n}`, city: 'Nairobi', age: n % 90, state: 'draft' };
        const { id } = await trx
          .insertInto('partner')
          .values(values)
          .returning('id')
          .executeTakeFirstOrThrow();
        await trx.updateTable('partner').set({ state: 'approved', age: 90 }).where('id', '=', id).execute();
        await trx.deleteFrom('partner').where('id', '=', id).execute();
      }
    });
  }
});
await db.destroy();
await trail.close();
rmSync(directory, { recursive: true });
