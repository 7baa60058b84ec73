/** The table in SQLite: in a file of its own, or through a connection of the audited program's. */
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { type AuditRow, type AuditTable, columns, listMigrations, NOT_OURS } from './audit-table.ts';
import { openSqlite } from './open-sqlite.ts';

export type SqliteTarget =
  | { readonly file: string; readonly nativeBinding?: string | undefined }
  | { readonly connection: Database.Database };

/** Other writers of the same file; better-sqlite3 waits for them without letting go of the process. */
const BUSY_MS = 100;
const ATTEMPTS = 20;
const PAUSE_MS = 25;

const migrations = listMigrations({
  id: 'INTEGER PRIMARY KEY',
  integer: 'INTEGER',
  time: 'TEXT',
  json: 'TEXT',
});

export class SqliteTable implements AuditTable {
  readonly #target: SqliteTarget;
  #db: Database.Database | undefined;
  #insert: Database.Statement | undefined;

  constructor(target: SqliteTarget) {
    this.#target = target;
  }

  /** Not while the program has a transaction open on its connection: it might be rolled back, and the entries with it. */
  async insert(rows: readonly AuditRow[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        if (this.#tryInsert(rows)) return;
      } catch (error) {
        const isBusy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
        if (!isBusy || attempt === ATTEMPTS) throw error;
      }
      if (attempt === ATTEMPTS) throw new Error('the connection has had a transaction open for too long');
      await pause(PAUSE_MS);
    }
  }

  async close(): Promise<void> {
    if ('file' in this.#target) this.#db?.close();
    this.#db = undefined;
  }

  #tryInsert(rows: readonly AuditRow[]): boolean {
    const db = this.#db ?? openDatabase(this.#target);
    if (db.inTransaction) return false;
    if (!this.#db) migrate(db);
    this.#db = db;
    this.#insert ??= db.prepare(
      `INSERT INTO spp_audit_log (${columns.join(', ')}) VALUES (${columns.map((name) => `@${name}`).join(', ')})
      ON CONFLICT DO NOTHING`,
    );
    const insert = this.#insert;
    db.transaction(() => {
      for (const row of rows) insert.run(row);
    }).immediate();
    return true;
  }
}

function openDatabase(target: SqliteTarget): Database.Database {
  if ('connection' in target) return target.connection;
  const db = openSqlite(target.file, BUSY_MS, target.nativeBinding);
  db.pragma('journal_mode = WAL');
  return db;
}

/** The version has a table of its own: `user_version` is the program's. */
function migrate(db: Database.Database): void {
  db.transaction(() => {
    db.exec('CREATE TABLE IF NOT EXISTS spp_audit_log_version (version INTEGER NOT NULL)');
    const version = db.prepare('SELECT version FROM spp_audit_log_version').pluck().get() as
      | number
      | undefined;
    const isThere =
      db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'spp_audit_log'`).get() !== undefined;
    if (version === undefined && isThere) throw new Error(NOT_OURS);
    for (const sql of migrations.slice(version ?? 0)) db.exec(sql);
    if (version === migrations.length) return;
    db.exec('DELETE FROM spp_audit_log_version');
    db.prepare('INSERT INTO spp_audit_log_version VALUES (?)').run(migrations.length);
  }).immediate();
}
