/**
 * What a connection's triggers noted, step by step: each step is a query, which the adapter runs in its library's way,
 * at once or later.
 */
import type { DataChange } from '../data-change.ts';
import { findActor } from '../user-context.ts';
import * as triggers from './sqlite-triggers.ts';

/** A model, or a model and the columns by which its records are known, where that is not the table's primary key. */
export type AuditedTable = string | { readonly model: string; readonly key: readonly string[] };

export interface Query {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Gives queries, takes the rows of each. */
export type Steps<T> = Generator<Query, T, Record<string, unknown>[]>;

export class ChangeNotes {
  readonly #audited: Readonly<Record<string, AuditedTable>>;
  /** Every shape that a table has had: notes from before a change of it are read as they were made. */
  readonly #tables: triggers.WatchedTable[] = [];
  /** The schema that the triggers were made for; undefined where that, or the actor noted, is not certain. */
  #schema: number | undefined;
  #actor: string | null | undefined;
  #madeRecursive = false;

  /** By the name of each table that is watched. */
  constructor(audited: Readonly<Record<string, AuditedTable>>) {
    this.#audited = audited;
  }

  /** Before a statement that may write. `isSchemaKnown`: nothing can have changed a table since the last time. */
  *prepare(isSchemaKnown = false): Steps<void> {
    if (!isSchemaKnown) {
      const [version] = yield* run('pragma main.schema_version');
      const schema = Number(version?.['schema_version']);
      if (this.#schema !== schema) {
        yield* this.#makeTriggers();
        this.#schema = schema;
      }
    }
    const actor = findActor();
    const noted = actor ? JSON.stringify(actor) : null;
    if (this.#actor !== noted) yield* run(triggers.setActor, noted);
    this.#actor = noted;
  }

  /** Gives what was noted, and removes it: within a transaction, so that a commit that fails takes nothing. */
  *take(): Steps<DataChange[]> {
    if (this.#tables.length === 0) return [];
    const rows = yield* run(triggers.readNotes);
    if (rows.length === 0) return [];
    const changes: DataChange[] = [];
    for (const row of rows) {
      yield* readIntegers(row);
      const change = triggers.readNote(row, this.#tables);
      if (change) changes.push(change);
    }
    yield* run(triggers.removeNotes);
    return changes;
  }

  *removeTriggers(): Steps<void> {
    for (const table of Object.keys(this.#audited)) {
      for (const statement of triggers.dropTriggers(table)) yield* run(statement);
    }
    this.forget();
  }

  /** After a rollback, which may have taken triggers and the noted actor with it. */
  forget(): void {
    this.#schema = undefined;
    this.#actor = undefined;
  }

  *#makeTriggers(): Steps<void> {
    yield* this.removeTriggers();
    const present = yield* this.#readTables();
    const numbers = present.map((table) => this.#number(table));
    const width = Math.max(1, ...this.#tables.map(({ columns }) => columns.length));
    const [made] = yield* run(triggers.countNoteColumns);
    const statements = [
      ...triggers.makeNotes(width, Math.max(0, Number(made?.['width'] ?? 0))),
      ...present.flatMap((table, n) => triggers.makeTriggers(table, numbers[n] ?? 0)),
    ];
    for (const statement of statements) yield* run(statement);
    yield* this.#watchReplaced();
  }

  #number(table: triggers.WatchedTable): number {
    const known = this.#tables.findIndex((one) => JSON.stringify(one) === JSON.stringify(table));
    return known >= 0 ? known : this.#tables.push(table) - 1;
  }

  *#readTables(): Steps<triggers.WatchedTable[]> {
    const tables: triggers.WatchedTable[] = [];
    for (const [table, audited] of Object.entries(this.#audited)) {
      const rows = yield* run(
        "select name, pk, type from pragma_table_xinfo(?, 'main') where hidden = 0 order by cid",
        table,
      );
      if (rows.length === 0) continue;
      const columns = rows as { name: string; pk: number; type: string }[];
      const primary = columns.filter(({ pk }) => pk > 0).sort((a, b) => Number(a.pk) - Number(b.pk));
      const names = columns.map(({ name }) => name);
      const blobs = columns.filter(({ type }) => type === '' || /blob/i.test(type)).map(({ name }) => name);
      const { model, key } =
        typeof audited === 'string' ? { model: audited, key: primary.map(({ name }) => name) } : audited;
      tables.push(
        key.length > 0
          ? { table, model, key, columns: names, blobs }
          : { table, model, key: ['rowid'], columns: [...names, 'rowid'], blobs },
      );
    }
    return tables;
  }

  /** Rows that `INSERT OR REPLACE` deletes are noted only with this on; triggers of the program's own it could change. */
  *#watchReplaced(): Steps<void> {
    const [own] = yield* run("select count(*) as count from main.sqlite_schema where type = 'trigger'");
    const isSafe = Number(own?.['count']) === 0;
    if (isSafe === this.#madeRecursive) return;
    yield* run(`pragma recursive_triggers = ${isSafe ? 'on' : 'off'}`);
    this.#madeRecursive = isSafe;
  }
}

function* readIntegers(row: Record<string, unknown>): Steps<void> {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) continue;
    const [exact] = yield* run(triggers.readExactly(column), row['n']);
    const text = String(exact?.['text']);
    // A real number of this size has a point or an exponent.
    if (/^-?\d+$/.test(text)) row[column] = BigInt(text);
  }
}

function* run(sql: string, ...parameters: unknown[]): Steps<Record<string, unknown>[]> {
  return yield { sql, parameters };
}
