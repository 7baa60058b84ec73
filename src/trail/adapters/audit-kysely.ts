/**
 * Automatic logging for Kysely on SQLite: `new Kysely({ dialect: auditedSqlite(dialect, { trail, tables }) })`, once, and
 * every create, write and unlink on these tables is recorded, an entry a record, after its transaction is committed.
 */
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, SelectQueryNode } from 'kysely';
import type { DataChange } from '../data-change.ts';
import type { Trail } from '../trail.ts';
import { findActor } from '../user-context.ts';
import * as notes from './sqlite-triggers.ts';

export interface AuditedTables {
  readonly trail: Trail;
  /** The model of each table that is watched. A record's id is the table's primary key. */
  readonly tables: Readonly<Record<string, string>>;
}

/** The dialect, watched: queries and their results are as before. */
export function auditedSqlite(dialect: Dialect, audited: AuditedTables): Dialect {
  return {
    createDriver: () => watchDriver(dialect.createDriver(), audited),
    createQueryCompiler: () => dialect.createQueryCompiler(),
    createAdapter: () => dialect.createAdapter(),
    createIntrospector: (db) => dialect.createIntrospector(db),
  };
}

function watchDriver(driver: Driver, audited: AuditedTables): Driver {
  const watched = new WeakMap<DatabaseConnection, WatchedConnection>();
  const inner = (connection: DatabaseConnection): DatabaseConnection =>
    connection instanceof WatchedConnection ? connection.inner : connection;
  return {
    init: (options) => driver.init(options),
    acquireConnection: async (options) => {
      const connection = await driver.acquireConnection(options);
      const known = watched.get(connection) ?? new WatchedConnection(connection, audited);
      watched.set(connection, known);
      return known;
    },
    beginTransaction: async (connection, settings) => {
      await driver.beginTransaction(inner(connection), settings);
      if (connection instanceof WatchedConnection) connection.begin();
    },
    commitTransaction: async (connection) => {
      const commit = () => driver.commitTransaction(inner(connection));
      await (connection instanceof WatchedConnection ? connection.commit(commit) : commit());
    },
    rollbackTransaction: async (connection) => {
      await driver.rollbackTransaction(inner(connection));
      if (connection instanceof WatchedConnection) connection.end();
    },
    savepoint: async (connection, name, compile) => driver.savepoint?.(inner(connection), name, compile),
    rollbackToSavepoint: async (connection, name, compile) => {
      await driver.rollbackToSavepoint?.(inner(connection), name, compile);
      if (connection instanceof WatchedConnection) connection.forget();
    },
    releaseSavepoint: async (connection, name, compile) =>
      driver.releaseSavepoint?.(inner(connection), name, compile),
    releaseConnection: (connection, options) => driver.releaseConnection(inner(connection), options),
    destroy: (options) => driver.destroy(options),
  };
}

/** Queries of the builder that write rows and nothing else. */
const WRITES: ReadonlySet<string> = new Set(['InsertQueryNode', 'UpdateQueryNode', 'DeleteQueryNode']);

class WatchedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection;
  readonly #audited: AuditedTables;
  /** Every shape that a table has had: notes from before a change of it are read as they were made. */
  readonly #tables: notes.WatchedTable[] = [];
  /** What is to be recorded once the commit that takes it has succeeded. */
  #taken: DataChange[] = [];
  /** The schema that the triggers were made for; undefined where that, or the actor noted, is not certain. */
  #schema: number | undefined;
  #actor: string | null | undefined;
  #inTransaction = false;
  #isSchemaKnown = false;
  #madeRecursive = false;

  constructor(inner: DatabaseConnection, audited: AuditedTables) {
    this.inner = inner;
    this.#audited = audited;
  }

  executeQuery: DatabaseConnection['executeQuery'] = async (query, options) => {
    if (SelectQueryNode.is(query.query)) return this.inner.executeQuery(query, options);
    await this.#prepare();
    if (/^\s*(commit|end)\b/i.test(query.sql)) await this.#take();
    // SQLite does not drop a column that a trigger names.
    if (/^\s*(alter|drop)\b/i.test(query.sql)) await this.#removeTriggers();
    try {
      const result = await this.inner.executeQuery<never>(query, options);
      this.#followPlainSql(query);
      if (!this.#inTransaction) {
        await this.#take();
        await this.#record();
      }
      return result;
    } catch (error) {
      // It may have ended the transaction: SQLite does that for some errors.
      this.forget();
      throw error;
    }
  };

  streamQuery: DatabaseConnection['streamQuery'] = (query, chunkSize, options) =>
    this.inner.streamQuery(query, chunkSize, options);

  begin(): void {
    this.#inTransaction = true;
    this.#isSchemaKnown = false;
  }

  /** What is noted is taken within the transaction, so that a commit that fails takes nothing. */
  async commit(commit: () => Promise<void>): Promise<void> {
    await this.#take();
    await commit();
    this.#inTransaction = false;
    await this.#record();
  }

  end(): void {
    this.#inTransaction = false;
    this.#taken = [];
    this.forget();
  }

  /** After a rollback, which may have taken triggers and the noted actor with it. */
  forget(): void {
    this.#isSchemaKnown = false;
    this.#schema = undefined;
    this.#actor = undefined;
  }

  async #record(): Promise<void> {
    const changes = this.#taken;
    this.#taken = [];
    if (changes.length > 0) await this.#audited.trail.record(changes);
  }

  /** Transactions of plain SQL, which the driver is not asked for, and whatever may change a table. */
  #followPlainSql({ query, sql }: CompiledQuery): void {
    if (WRITES.has(query.kind)) return;
    this.#isSchemaKnown = false;
    if (/^\s*begin\b/i.test(sql)) this.begin();
    else if (/^\s*(commit|end)\b/i.test(sql)) this.#inTransaction = false;
    else if (/^\s*rollback\b(?!.*\bto\b)/is.test(sql)) this.end();
    else if (/^\s*rollback\b/i.test(sql)) this.forget();
  }

  async #prepare(): Promise<void> {
    // Within a transaction only its own statements change a table.
    if (!this.#inTransaction || !this.#isSchemaKnown) {
      const [version] = await this.#run<{ schema_version: number }>('pragma main.schema_version');
      if (this.#schema !== Number(version?.schema_version)) {
        await this.#makeTriggers();
        this.#schema = Number(version?.schema_version);
      }
      this.#isSchemaKnown = this.#inTransaction;
    }
    const actor = findActor();
    const noted = actor ? JSON.stringify(actor) : null;
    if (this.#actor !== noted) await this.#run(notes.setActor, [noted]);
    this.#actor = noted;
  }

  async #makeTriggers(): Promise<void> {
    await this.#removeTriggers();
    const present = await this.#readTables();
    const numbers = present.map((table) => this.#number(table));
    const width = Math.max(1, ...this.#tables.map(({ columns }) => columns.length));
    const [made] = await this.#run<{ width: number }>(notes.countNoteColumns);
    const statements = [
      ...notes.makeNotes(width, Math.max(0, Number(made?.width ?? 0))),
      ...present.flatMap((table, n) => notes.makeTriggers(table, numbers[n] ?? 0)),
    ];
    for (const statement of statements) await this.#run(statement);
    await this.#watchReplaced();
  }

  #number(table: notes.WatchedTable): number {
    const known = this.#tables.findIndex((one) => JSON.stringify(one) === JSON.stringify(table));
    return known >= 0 ? known : this.#tables.push(table) - 1;
  }

  async #removeTriggers(): Promise<void> {
    for (const table of Object.keys(this.#audited.tables)) {
      for (const statement of notes.dropTriggers(table)) await this.#run(statement);
    }
    this.forget();
  }

  async #readTables(): Promise<notes.WatchedTable[]> {
    const tables: notes.WatchedTable[] = [];
    for (const [table, model] of Object.entries(this.#audited.tables)) {
      const columns = await this.#run<{ name: string; pk: number; type: string }>(
        "select name, pk, type from pragma_table_xinfo(?, 'main') where hidden = 0 order by cid",
        [table],
      );
      if (columns.length === 0) continue;
      const key = columns.filter(({ pk }) => pk > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
      const names = columns.map(({ name }) => name);
      const blobs = columns.filter(({ type }) => type === '' || /blob/i.test(type)).map(({ name }) => name);
      tables.push(
        key.length > 0
          ? { table, model, key: key.map(({ name }) => name), columns: names, blobs }
          : { table, model, key: ['rowid'], columns: [...names, 'rowid'], blobs },
      );
    }
    return tables;
  }

  /** Rows that `INSERT OR REPLACE` deletes are noted only with this on; triggers of the program's own it could change. */
  async #watchReplaced(): Promise<void> {
    const [own] = await this.#run<{ count: number }>(
      "select count(*) as count from main.sqlite_schema where type = 'trigger'",
    );
    const isSafe = Number(own?.count) === 0;
    if (isSafe === this.#madeRecursive) return;
    await this.#run(`pragma recursive_triggers = ${isSafe ? 'on' : 'off'}`);
    this.#madeRecursive = isSafe;
  }

  async #take(): Promise<void> {
    if (this.#tables.length === 0) return;
    const rows = await this.#run<Record<string, unknown>>(notes.readNotes);
    if (rows.length === 0) return;
    for (const row of rows) {
      await this.#readIntegers(row);
      const change = notes.readNote(row, this.#tables);
      if (change) this.#taken.push(change);
    }
    await this.#run(notes.removeNotes);
  }

  async #readIntegers(row: Record<string, unknown>): Promise<void> {
    for (const [column, value] of Object.entries(row)) {
      if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) continue;
      const [exact] = await this.#run<{ text: string }>(notes.readExactly(column), [row['n']]);
      // A real number of this size has a point or an exponent.
      if (/^-?\d+$/.test(exact?.text ?? '')) row[column] = BigInt(exact?.text ?? 0);
    }
  }

  async #run<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.inner.executeQuery<Row>(CompiledQuery.raw(sql, parameters));
    return rows;
  }
}
