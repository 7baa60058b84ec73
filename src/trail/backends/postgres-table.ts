/** The table in PostgreSQL, through `pg`: an optional package, loaded when the first entry comes. */
import type { Pool } from 'pg';
import { type AuditRow, type AuditTable, columns, listMigrations, NOT_OURS } from './audit-table.ts';

/** A pool or a client of `pg`, as far as it is used. */
export interface PostgresConnection {
  query(text: string, values?: unknown[]): Promise<unknown>;
}

export type PostgresTarget =
  | { readonly connectionString: string; readonly timeoutMs?: number | undefined }
  | { readonly connection: PostgresConnection };

const TIMEOUT_MS = 5_000;
/** Any number that no other program locks: the letters of "Unbr". */
const MIGRATION_LOCK = 0x556e6272;

const migrations = listMigrations({
  id: 'BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY',
  integer: 'BIGINT',
  time: 'TIMESTAMPTZ',
  // Not JSONB: that one would sort keys, drop those that come twice, and refuse `\\u0000`.
  json: 'JSON',
});

/** One block, hence one transaction also through a pool, and under a lock: programs may start at the same time. */
const MIGRATE = `DO $block$
DECLARE
  done integer;
BEGIN
  PERFORM pg_advisory_xact_lock(${MIGRATION_LOCK});
  CREATE TABLE IF NOT EXISTS spp_audit_log_version (version integer NOT NULL);
  SELECT version INTO done FROM spp_audit_log_version;
  IF done IS NULL AND to_regclass('spp_audit_log') IS NOT NULL THEN
    RAISE EXCEPTION '${NOT_OURS}';
  END IF;
  ${migrations.map((sql, i) => `IF coalesce(done, 0) <= ${i} THEN\n${sql}\nEND IF;`).join('\n')}
  DELETE FROM spp_audit_log_version;
  INSERT INTO spp_audit_log_version VALUES (greatest(coalesce(done, 0), ${migrations.length}));
END $block$`;

const CASTS: Partial<Record<keyof AuditRow, string>> = {
  seq: 'bigint',
  ts: 'timestamptz',
  old_values: 'json',
  new_values: 'json',
};
/** A column as one array each: one statement, whatever the number of rows. */
const INSERT = `INSERT INTO spp_audit_log (${columns.join(', ')})
SELECT ${columns.map((name) => `${name}::${CASTS[name] ?? 'text'}`).join(', ')}
FROM unnest(${columns.map((_, i) => `$${i + 1}::text[]`).join(', ')}) AS row (${columns.join(', ')})
ON CONFLICT DO NOTHING`;

export class PostgresTable implements AuditTable {
  readonly #target: PostgresTarget;
  #pool: Pool | undefined;
  #isMigrated = false;

  constructor(target: PostgresTarget) {
    this.#target = target;
  }

  async insert(rows: readonly AuditRow[]): Promise<void> {
    const connection = await this.#connect();
    if (!this.#isMigrated) await connection.query(MIGRATE);
    this.#isMigrated = true;
    const values = columns.map((name) => rows.map((row) => row[name]));
    await connection.query(INSERT, values);
  }

  async close(): Promise<void> {
    await this.#pool?.end();
  }

  async #connect(): Promise<PostgresConnection> {
    if ('connection' in this.#target) return this.#target.connection;
    const { connectionString, timeoutMs = TIMEOUT_MS } = this.#target;
    if (!this.#pool) {
      const { default: pg } = await import('pg');
      this.#pool = new pg.Pool({
        connectionString,
        max: 1,
        connectionTimeoutMillis: timeoutMs,
        query_timeout: timeoutMs,
        allowExitOnIdle: true,
      });
      // An idle connection that breaks is replaced at the next entry.
      this.#pool.on('error', () => {});
    }
    return this.#pool;
  }
}
