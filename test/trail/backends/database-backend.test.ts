import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Backend, RecordedEntry } from '../../../src/trail/backend.ts';
import { openDatabaseBackend } from '../../../src/trail/backends/database-backend.ts';
import { splitObject } from '../../../src/trail/backends/split-object.ts';
import { makeEntry } from './make-entry.ts';
import { type Postgres, postgresPrograms, startPostgres } from './start-postgres.ts';

/** An entry whose values a parser would change, and whose texts PostgreSQL does not take. */
const awkward: RecordedEntry = {
  ...{ node: 'host-1', ts: '2024-01-15T10:30:45+00:00', seq: 3, model: 'spp.program' },
  line:
    '{"seq": 3, "ts": "2024-01-15T10:30:45+00:00", "node": "host-1", "model": "spp.program", "res_id": [7, "a,b"], ' +
    '"action": "enroll", "user_id": null, "user_login": "nul\\u0000 \\ud800", "old_values": {"n": 9007199254740993, ' +
    '"a": "{\\"x\\": [1"}, "new_values": {"n": 1.0, "nul": "\\u0000\\ud800", "n": 2}, "program_id": 9}',
};

const expectedRows = [
  {
    ...{
      seq: 1,
      model: 'res.partner',
      res_id: '1',
      method: 'write',
      action: null,
      user_id: '2',
      user_login: 'admin',
    },
    ...{ old_values: '{"name": "o"}', new_values: '{"name":"n1"}', entry: makeEntry(1).line },
  },
  {
    ...{ seq: 3, model: 'spp.program', res_id: '[7, "a,b"]', method: null, action: 'enroll', user_id: null },
    user_login: 'nul\ufffd \ufffd',
    old_values: '{"n": 9007199254740993, "a": "{\\"x\\": [1"}',
    new_values: '{"n": 1.0, "nul": "\\u0000\\ud800", "n": 2}',
    entry: awkward.line,
  },
];
const SELECTED = Object.keys(expectedRows[0] ?? {}).join(', ');

let folder = '';
const opened: Backend[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unbroken-database-'));
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((backend) => backend.close(5_000)));
  rmSync(folder, { recursive: true, force: true });
});

function open(options: Parameters<typeof openDatabaseBackend>[0]): Backend {
  const backend = openDatabaseBackend({ statusFolder: folder, ...options });
  opened.push(backend);
  return backend;
}

test('the values of a line are found as they stand there', () => {
  expect(
    Object.fromEntries(splitObject('{"a" : 1.0,"b\\"": {"c": [1, "}"]}, "d":"x,\\\\", "e": [], "f": null}')),
  ).toEqual({ a: '1.0', 'b"': '{"c": [1, "}"]}', d: '"x,\\\\"', e: '[]', f: 'null' });
  expect(splitObject('{}').size).toBe(0);
});

describe('SQLite', () => {
  const read = (db: Database.Database) =>
    db.prepare(`SELECT ${SELECTED} FROM spp_audit_log ORDER BY id`).all();

  test('has a row an entry, in a file of its own', async () => {
    const file = join(folder, 'audit.sqlite');
    const backend = open({ sqlite: { file } });
    await Promise.all([backend.write(makeEntry(1)), backend.write(awkward)]);
    await backend.confirm(awkward, 5_000);
    await backend.close(5_000);
    const db = new Database(file);
    expect(read(db)).toEqual(expectedRows);
    // Opened again it is the same table; what is there already stays as it is.
    const again = open({ sqlite: { file } });
    await again.write(makeEntry(1));
    await again.write(makeEntry(2));
    expect(db.prepare('SELECT seq FROM spp_audit_log ORDER BY id').pluck().all()).toEqual([1, 3, 2]);
    db.close();
  });

  test('through a given connection, but not into a transaction that may be rolled back', async () => {
    const db = new Database(':memory:');
    const backend = open({ sqlite: { connection: db } });
    db.exec('BEGIN');
    const written = backend.write(makeEntry(1));
    await new Promise((done) => setImmediate(done));
    db.exec('ROLLBACK');
    await written;
    expect(db.prepare('SELECT seq FROM spp_audit_log').pluck().all()).toEqual([1]);
    await backend.close(1_000);
    expect(db.open).toBe(true);
  });

  test('with a table of that name of another program is left alone', async () => {
    const db = new Database(':memory:');
    db.exec('CREATE TABLE spp_audit_log (id INTEGER)');
    const backend = open({ sqlite: { connection: db } });
    await expect(backend.write(makeEntry(1))).rejects.toThrow('another program');
    expect(backend.state()).toMatchObject({ lost: 1, outage: { failures: 1 } });
    db.exec('DROP TABLE spp_audit_log');
    await backend.write(makeEntry(2));
    expect(backend.state()).toEqual({ name: 'database', written: 1, lost: 1, waiting: 0 });
  });
});

describe.skipIf(!postgresPrograms)('PostgreSQL (skipped where Debian’s postgresql is not installed)', () => {
  let server: Postgres;
  let client: pg.Client;
  let connectionString = '';
  beforeAll(async () => {
    server = await startPostgres(postgresPrograms ?? '');
    connectionString = server.connectionString;
    client = await connect();
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
  });
  beforeEach(() => client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public'));

  /** It listens some moments after it was started. */
  async function connect(): Promise<pg.Client> {
    for (;;) {
      const attempt = new pg.Client({ connectionString });
      try {
        await attempt.connect();
        return attempt;
      } catch {
        await new Promise((done) => setTimeout(done, 20));
      }
    }
  }

  const read = async () => {
    const text = SELECTED.replace('old_values, new_values', 'old_values::text, new_values::text');
    const { rows } = await client.query(
      `SELECT ${text.replace('seq', 'seq::integer')} FROM spp_audit_log ORDER BY id`,
    );
    return rows as object[];
  };

  test('has a row an entry, with exact times and values', async () => {
    const backend = open({ postgres: { connectionString } });
    await Promise.all([backend.write(makeEntry(1)), backend.write(awkward)]);
    expect(await read()).toEqual(expectedRows);
    const { rows } = await client.query(
      `SELECT to_char(ts AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') AS ts FROM spp_audit_log ORDER BY id`,
    );
    expect(rows).toEqual([{ ts: '2024-01-16 00:00:00.000001' }, { ts: '2024-01-15 10:30:45.000000' }]);
  });

  test('gets its table once, whoever comes first', async () => {
    const backends = [1, 2, 3, 4].map(() => open({ postgres: { connectionString } }));
    await Promise.all(backends.map((backend, i) => backend.write(makeEntry(i + 1))));
    expect(await read()).toHaveLength(4);
    const { rows } = await client.query('SELECT version FROM spp_audit_log_version');
    expect(rows).toEqual([{ version: 1 }]);
  });

  test('through a given pool, many at once', async () => {
    const pool = new pg.Pool({ connectionString });
    const backend = open({ postgres: { connection: pool } });
    await Promise.all(Array.from({ length: 500 }, (_, i) => backend.write(makeEntry(i + 1))));
    expect(await read()).toHaveLength(500);
    await backend.close(5_000);
    await pool.end();
  });

  test('one entry that it refuses does not take others with it', async () => {
    const backend = open({ postgres: { connectionString } });
    const bad = { ...makeEntry(2), ts: '2024-99-99T00:00:00+00:00' };
    const results = await Promise.allSettled(
      [makeEntry(1), bad, makeEntry(3)].map((entry) => backend.write(entry)),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(backend.state()).toMatchObject({ written: 2, lost: 1, waiting: 0 });
  });

  test('with OpenSPP’s own table is left alone', async () => {
    await client.query('CREATE TABLE spp_audit_log (id serial)');
    const backend = open({ postgres: { connectionString } });
    await expect(backend.write(makeEntry(1))).rejects.toThrow('another program');
  });

  test('a connection that is cut is made anew', async () => {
    const backend = open({ postgres: { connectionString } });
    await backend.write(makeEntry(1));
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()',
    );
    await expect
      .poll(() =>
        backend.write(makeEntry(2)).then(
          () => 'written',
          () => 'lost',
        ),
      )
      .toBe('written');
  });
});

test('a PostgreSQL that is not there is said, without the password', async () => {
  const connectionString = 'postgresql://odoo:s3cret@127.0.0.1:1/audit';
  const backend = open({ postgres: { connectionString } });
  await expect(backend.write(makeEntry(1))).rejects.toThrow('ECONNREFUSED');
  await backend.close(1_000);
  expect(readFileSync(join(folder, 'database.status.json'), 'utf8')).not.toContain('s3cret');
});
