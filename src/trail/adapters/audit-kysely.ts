/**
 * Automatic logging for Kysely on SQLite: `new Kysely({ dialect: auditedSqlite(dialect, { trail, tables }) })`, once, and
 * every create, write and unlink on these tables is recorded, an entry a record, after its transaction is committed.
 */
import { CompiledQuery, type DatabaseConnection, type Dialect, type Driver, SelectQueryNode } from 'kysely';
import type { DataChange } from '../data-change.ts';
import type { Trail } from '../trail.ts';
import { type AuditedTable, ChangeNotes, type Steps } from './change-notes.ts';

export interface AuditedTables {
  readonly trail: Trail;
  /** The model of each table that is watched. A record's id is the table's primary key, unless it is told otherwise. */
  readonly tables: Readonly<Record<string, AuditedTable>>;
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
  readonly #trail: Trail;
  readonly #notes: ChangeNotes;
  /** What is to be recorded once the commit that takes it has succeeded. */
  #taken: DataChange[] = [];
  #inTransaction = false;
  #isSchemaKnown = false;

  constructor(inner: DatabaseConnection, { trail, tables }: AuditedTables) {
    this.inner = inner;
    this.#trail = trail;
    this.#notes = new ChangeNotes(tables);
  }

  executeQuery: DatabaseConnection['executeQuery'] = async (query, options) => {
    if (SelectQueryNode.is(query.query)) return this.inner.executeQuery(query, options);
    // Within a transaction only its own statements change a table.
    await this.#run(this.#notes.prepare(this.#inTransaction && this.#isSchemaKnown));
    this.#isSchemaKnown = true;
    if (/^\s*(commit|end)\b/i.test(query.sql)) await this.#take();
    // SQLite does not drop a column that a trigger names.
    if (/^\s*(alter|drop)\b/i.test(query.sql)) await this.#run(this.#notes.removeTriggers());
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

  forget(): void {
    this.#isSchemaKnown = false;
    this.#notes.forget();
  }

  async #take(): Promise<void> {
    this.#taken.push(...(await this.#run(this.#notes.take())));
  }

  async #record(): Promise<void> {
    const changes = this.#taken;
    this.#taken = [];
    if (changes.length > 0) await this.#trail.record(changes);
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

  async #run<T>(steps: Steps<T>): Promise<T> {
    let step = steps.next();
    while (!step.done) {
      const { sql, parameters } = step.value;
      const { rows } = await this.inner.executeQuery<Record<string, unknown>>(
        CompiledQuery.raw(sql, [...parameters]),
      );
      step = steps.next(rows);
    }
    return step.value;
  }
}
