/** The database backend: entries as rows of `spp_audit_log`. */
import type { Backend, RecordedEntry } from '../backend.ts';
import { type AuditTable, makeRow } from './audit-table.ts';
import { Health } from './health.ts';
import { Outcomes, withinDeadline } from './outcomes.ts';
import { PostgresTable, type PostgresTarget } from './postgres-table.ts';
import { SqliteTable, type SqliteTarget } from './sqlite-table.ts';

export type DatabaseTarget = { readonly sqlite: SqliteTarget } | { readonly postgres: PostgresTarget };

export type DatabaseBackendOptions = DatabaseTarget & {
  /** Where the status file goes that tells other processes of failures. */
  readonly statusFolder?: string;
};

interface Pending {
  readonly entry: RecordedEntry;
  readonly settle: (error?: Error) => void;
}

/** Rows of one statement. */
const BATCH_ROWS = 200;

/** Opens the backend; the database is opened, and the table made where it is not there, at the first entry. */
export function openDatabaseBackend(options: DatabaseBackendOptions): Backend {
  return new DatabaseBackend(options);
}

class DatabaseBackend implements Backend {
  readonly name = 'database';
  readonly #table: AuditTable;
  readonly #health: Health;
  readonly #outcomes = new Outcomes();
  readonly #pending: Pending[] = [];
  #draining: Promise<void> | undefined;

  constructor(options: DatabaseBackendOptions) {
    const { statusFolder } = options;
    this.#table = 'sqlite' in options ? new SqliteTable(options.sqlite) : new PostgresTable(options.postgres);
    this.#health = new Health('database', { statusFolder, secrets: listSecrets(options) });
  }

  write(entry: RecordedEntry): Promise<void> {
    const written = new Promise<void>((done, reject) => {
      this.#pending.push({ entry, settle: (error) => (error ? reject(error) : done()) });
    });
    this.#outcomes.expect(entry, written);
    this.#draining ??= Promise.resolve().then(() => this.#drain());
    return written;
  }

  confirm(entry: RecordedEntry, deadlineMs: number): Promise<void> {
    return this.#outcomes.confirm(entry, deadlineMs);
  }

  state() {
    return this.#health.state(this.#pending.length);
  }

  async close(deadlineMs: number): Promise<void> {
    const finished = (this.#draining ?? Promise.resolve()).then(() => this.#table.close());
    await withinDeadline(finished, deadlineMs).catch((error: unknown) => this.#health.fail(error));
    await this.#health.settle();
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.slice(0, BATCH_ROWS);
      const error = await this.#insert(batch);
      // One that the database refuses must not take the others with it; where all fail, one attempt tells.
      const isAlone = batch.length === 1;
      for (const [i, one] of batch.entries()) {
        const own = error && !isAlone && !error.isOutage ? await this.#insert([one]) : error;
        one.settle(own && this.#health.fail(own.cause, 1));
        if (!own && error) this.#health.succeed();
        if (i === batch.length - 1) this.#pending.splice(0, batch.length);
      }
      if (!error) this.#health.succeed(batch.length);
    }
    this.#draining = undefined;
  }

  async #insert(batch: readonly Pending[]): Promise<{ cause: unknown; isOutage: boolean } | undefined> {
    try {
      await this.#table.insert(batch.map(({ entry }) => makeRow(entry)));
      return undefined;
    } catch (cause) {
      return { cause, isOutage: !isDataError(cause) };
    }
  }
}

/** PostgreSQL's class 22 and 23 are about the data; anything else is about the database. */
function isDataError(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^2[23]/.test(code) || code.startsWith('SQLITE_CONSTRAINT') || code === 'SQLITE_TOOBIG';
}

function listSecrets(target: DatabaseTarget): string[] {
  if (!('postgres' in target) || !('connectionString' in target.postgres)) return [];
  const { connectionString } = target.postgres;
  const password = URL.canParse(connectionString) ? new URL(connectionString).password : '';
  return [connectionString, password, decodeURIComponent(password)];
}
