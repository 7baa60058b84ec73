/**
 * The queue of the HTTP backend: an SQLite file that all processes with the same folder share, so that what one leaves
 * behind another delivers. An entry that was put survives the kill of its process; with `fsync: 'always'` a power cut too.
 */
import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import type { Loss, RecordedEntry } from '../backend.ts';
import type { FsyncPolicy } from './file-backend.ts';
import { openSqlite } from './open-sqlite.ts';

export interface QueueOptions {
  readonly file: string;
  readonly maxEntries: number;
  readonly maxBytes: number;
  readonly fsync: FsyncPolicy;
  readonly nativeBinding?: string | undefined;
}

export interface QueuedEntry {
  readonly id: number;
  readonly body: string;
  /** How often the receiver has refused this very entry. */
  readonly refusals: number;
}

/** An entry to put; `body` as it will be sent. */
export interface NewEntry extends Pick<RecordedEntry, 'node' | 'seq' | 'ts'> {
  readonly body: string;
}

interface LossRow {
  readonly node: string;
  readonly count: number;
  readonly firstSeq: number;
  readonly firstTs: string;
  readonly lastSeq: number;
  readonly lastTs: string;
}

/** Others write for well under a millisecond each. */
const BUSY_MS = 100;

const migrations = [
  `
  -- due: milliseconds since 1970; later for an entry that the receiver refused.
  CREATE TABLE entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    body TEXT NOT NULL,
    due INTEGER NOT NULL DEFAULT 0,
    refusals INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX entry_by_due ON entry (due, id);

  CREATE TABLE fill (entries INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
  INSERT INTO fill VALUES (0, 0);
  CREATE TRIGGER entry_put AFTER INSERT ON entry BEGIN
    UPDATE fill SET entries = entries + 1, bytes = bytes + length(new.body);
  END;
  CREATE TRIGGER entry_taken AFTER DELETE ON entry BEGIN
    UPDATE fill SET entries = entries - 1, bytes = bytes - length(old.body);
  END;

  -- What found no room and was not told yet.
  CREATE TABLE loss (
    node TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    first_seq INTEGER NOT NULL, first_ts TEXT NOT NULL,
    last_seq INTEGER NOT NULL, last_ts TEXT NOT NULL
  ) STRICT;
  `,
];

export class HttpQueue {
  readonly #db: Database.Database;
  readonly #options: QueueOptions;

  constructor(options: QueueOptions) {
    this.#options = options;
    this.#db = open(options);
  }

  /** Puts the entries in one transaction; gives the id of each, or undefined where there was no room. */
  put(entries: readonly NewEntry[]): (number | undefined)[] {
    return this.#transact(() => {
      let { entries: count, bytes } = this.fill();
      return entries.map((entry) => {
        const { maxEntries, maxBytes } = this.#options;
        if (count + 1 > maxEntries || bytes + entry.body.length > maxBytes) {
          this.#countLoss(entry);
          return undefined;
        }
        count++;
        bytes += entry.body.length;
        return Number(this.#prepare('INSERT INTO entry (body) VALUES (?)').run(entry.body).lastInsertRowid);
      });
    });
  }

  /** The next that are due, oldest first. */
  listDue(nowMs: number, limit: number): QueuedEntry[] {
    return this.#prepare('SELECT id, body, refusals FROM entry WHERE due <= ? ORDER BY due, id LIMIT ?').all(
      nowMs,
      limit,
    ) as QueuedEntry[];
  }

  find(id: number): QueuedEntry | undefined {
    return this.#prepare('SELECT id, body, refusals FROM entry WHERE id = ?').get(id) as
      | QueuedEntry
      | undefined;
  }

  remove(ids: readonly number[]): void {
    if (ids.length === 0) return;
    this.#transact(() => {
      for (const id of ids) this.#prepare('DELETE FROM entry WHERE id = ?').run(id);
    });
  }

  /** Puts an entry that was refused behind the others. */
  postpone(id: number, dueMs: number): void {
    this.#prepare('UPDATE entry SET due = ?, refusals = refusals + 1 WHERE id = ?').run(dueMs, id);
  }

  fill(): { entries: number; bytes: number } {
    return this.#prepare('SELECT entries, bytes FROM fill').get() as { entries: number; bytes: number };
  }

  /** Losses not told yet, once there is room for what tells of them. */
  listLosses(): Loss[] {
    const { entries, bytes } = this.fill();
    if (entries >= this.#options.maxEntries * ROOM || bytes >= this.#options.maxBytes * ROOM) return [];
    const rows = this.#prepare(`
      SELECT node, count, first_seq AS firstSeq, first_ts AS firstTs, last_seq AS lastSeq, last_ts AS lastTs FROM loss
    `).all() as LossRow[];
    return rows.map(({ node, count, firstSeq, firstTs, lastSeq, lastTs }) => ({
      backend: 'http',
      count,
      node,
      first: { seq: firstSeq, ts: firstTs },
      last: { seq: lastSeq, ts: lastTs },
    }));
  }

  /** What came on top since it was listed is kept. */
  forgetLoss({ node, count }: Loss): void {
    this.#transact(() => {
      this.#prepare('UPDATE loss SET count = count - ? WHERE node = ?').run(count, node);
      this.#prepare('DELETE FROM loss WHERE count <= 0').run();
    });
  }

  close(): void {
    this.#db.close();
  }

  #countLoss({ node, seq, ts }: NewEntry): void {
    this.#prepare(`
      INSERT INTO loss VALUES (@node, 1, @seq, @ts, @seq, @ts)
      ON CONFLICT DO UPDATE SET count = count + 1, last_seq = @seq, last_ts = @ts
    `).run({ node, seq, ts });
  }

  readonly #statements = new Map<string, Database.Statement>();

  #prepare(sql: string): Database.Statement {
    const statement = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }

  #transact<T>(act: () => T): T {
    return this.#db.transaction(act).immediate();
  }
}

/** A queue that was full has room again where it is not fuller than this. */
const ROOM = 0.9;

/** A damaged file is set aside: nobody should have to remove it by hand before entries are delivered again. */
function open(options: QueueOptions): Database.Database {
  try {
    return openSound(options);
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : '';
    if (!code.startsWith('SQLITE_CORRUPT') && code !== 'SQLITE_NOTADB') throw error;
    renameSync(options.file, `${options.file}.damaged-${Date.now()}`);
    return openSound(options);
  }
}

function openSound({ file, fsync, nativeBinding }: QueueOptions): Database.Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o750 });
  const db = openSqlite(file, BUSY_MS, nativeBinding);
  try {
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${fsync === 'always' ? 'FULL' : 'NORMAL'}`);
    db.transaction(() => {
      const version = db.pragma('user_version', { simple: true }) as number;
      for (const sql of migrations.slice(version)) db.exec(sql);
      db.pragma(`user_version = ${migrations.length}`);
    }).immediate();
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}
