/**
 * Automatic logging for a connection of better-sqlite3 whose program says where its transactions begin and end: what was
 * written to these tables is recorded once it is committed, an entry a record.
 */
import type { Database } from 'better-sqlite3';
import type { DataChange } from '../data-change.ts';
import { type AuditedTable, ChangeNotes, type Steps } from './change-notes.ts';

export interface WatchOptions {
  readonly tables: Readonly<Record<string, AuditedTable>>;
  /** Takes what was committed. */
  readonly record: (changes: readonly DataChange[]) => void;
  /** Told why something is not recorded: what is written is written all the same. */
  readonly onFault: (error: unknown) => void;
}

export interface WatchedWrites {
  /** Before a transaction begins. */
  prepare(): void;
  /** Commits it. What `commit` throws is thrown, and nothing was recorded. */
  commit(commit: () => void): void;
}

export function watchSqlite(
  db: Pick<Database, 'prepare'>,
  { tables, record, onFault }: WatchOptions,
): WatchedWrites {
  const notes = new ChangeNotes(tables);
  const attempt = <T>(act: () => T): T | undefined => {
    try {
      return act();
    } catch (error) {
      onFault(error);
      return undefined;
    }
  };
  return {
    prepare: () => attempt(() => runNow(db, notes.prepare())),
    commit: (commit) => {
      const changes = attempt(() => runNow(db, notes.take()));
      commit();
      if (changes && changes.length > 0) attempt(() => record(changes));
    },
  };
}

function runNow<T>(db: Pick<Database, 'prepare'>, steps: Steps<T>): T {
  let step = steps.next();
  while (!step.done) {
    const { sql, parameters } = step.value;
    const statement = db.prepare<unknown[], Record<string, unknown>>(sql);
    if (statement.reader) step = steps.next(statement.all(...parameters));
    else {
      statement.run(...parameters);
      step = steps.next([]);
    }
  }
  return step.value;
}
