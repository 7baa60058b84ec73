/**
 * SQL over tables that are made of what a workspace holds: a database in memory that has nothing but them, so that a
 * query can neither change the workspace nor see what else is in it.
 */
import BetterSqlite from 'better-sqlite3';
import { createFailure } from '../base/failure.ts';
import type { Database, Statement } from './database.ts';

export type SqlValue = string | number | null;

export interface SqlTable {
  readonly columns: readonly string[];
  /** Hidden columns that narrow what is read: `WHERE name = value`, or `table(value, ...)`. */
  readonly parameters?: readonly string[];
  readonly rows: (...parameters: readonly unknown[]) => Iterable<readonly SqlValue[]>;
}

export interface SqlOptions {
  readonly tables: Readonly<Record<string, SqlTable>>;
  readonly functions: Readonly<Record<string, (argument: string) => string | null>>;
}

export interface SqlResult {
  readonly columns: readonly string[];
  /** To be gone through once. A whole number that JavaScript would round is its digits, a blob is hexadecimal digits. */
  readonly rows: Iterable<readonly SqlValue[]>;
}

/** Runs one statement that only reads. Failure: `bad-request`, with SQLite's own words. */
export function querySql(sql: string, { tables, functions }: SqlOptions, nativeBinding?: string): SqlResult {
  const db: Database = new BetterSqlite(':memory:', nativeBinding === undefined ? {} : { nativeBinding });
  for (const [name, { columns, parameters, rows }] of Object.entries(tables)) {
    db.table(name, {
      columns: [...columns],
      parameters: [...(parameters ?? [])],
      *rows(...given: unknown[]) {
        for (const row of rows(...given)) yield [...row];
      },
    });
  }
  for (const [name, call] of Object.entries(functions)) {
    db.function(name, { deterministic: true }, (argument: unknown) => call(String(argument)));
  }
  try {
    const statement = db.prepare<[]>(sql);
    if (!statement.reader || !statement.readonly) {
      throw createFailure('bad-request', 'only a statement that reads is run', { subject: sql });
    }
    const columns = statement.columns().map(({ name }) => name);
    return { columns, rows: iterate(db, statement.raw(), sql) };
  } catch (error) {
    db.close();
    throw tellSqlError(error, sql);
  }
}

function* iterate(db: Database, statement: Statement<[]>, sql: string): Iterable<readonly SqlValue[]> {
  try {
    for (const row of statement.safeIntegers().iterate()) yield (row as unknown[]).map(tellExactly);
  } catch (error) {
    throw tellSqlError(error, sql);
  } finally {
    db.close();
  }
}

function tellExactly(value: unknown): SqlValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return Buffer.isBuffer(value) ? value.toString('hex') : (value as SqlValue);
}

function tellSqlError(error: unknown, sql: string): unknown {
  if (!(error instanceof BetterSqlite.SqliteError) && !(error instanceof RangeError)) return error;
  return createFailure('bad-request', `SQL: ${error.message}`, { subject: sql, cause: error });
}
