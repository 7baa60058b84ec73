/** The workspace's database file: opened, marked as ours, migrated; and SQLite's errors by our codes. */
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { createFailure } from '../base/failure.ts';
import { migrations } from './migrations.ts';

/** Marks the file as ours in SQLite's header: the bytes of "Unbr". */
const APPLICATION_ID = 0x556e6272;
const BUSY_MS = 5_000;
/** A block of content takes a page or two instead of eight: a third less work, for a tenth more room. */
const PAGE_BYTES = 16 * 1024;
/** Pages in memory: content is written once and its columns have a cache of their own, so few are asked for again. */
const CACHE_KIB = 4000;

export type { Database, Statement } from 'better-sqlite3';

/**
 * Opens or creates the file; `read` takes it as it is. `nativeBinding`: better-sqlite3's addon, where the runtime needs another than the
 * packaged one. Failures: `workspace-is-not-ours`, `workspace-newer`, `workspace-busy`, `workspace-corrupt`,
 * `output-not-writable`.
 */
export function openDatabase(
  file: string,
  nativeBinding?: string,
  access: 'read' | 'write' = 'write',
): Database.Database {
  // better-sqlite3 would take it for a mistake of the program.
  if (!existsSync(dirname(file)))
    throw createFailure('output-not-writable', 'there is no such directory for the workspace', {
      subject: file,
    });
  let db: Database.Database | undefined;
  const binding = nativeBinding === undefined ? {} : { nativeBinding };
  try {
    db = new Database(file, { timeout: BUSY_MS, readonly: access === 'read', ...binding });
    if (access === 'write') prepare(db, file);
    return db;
  } catch (error) {
    db?.close();
    throw nameFailure(error, file);
  }
}

function prepare(db: Database.Database, file: string): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  const application = db.pragma('application_id', { simple: true }) as number;
  const tables = db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() as number;
  if (tables > 0 && application !== APPLICATION_ID) {
    throw createFailure('workspace-is-not-ours', 'the file is a database of another program', {
      subject: file,
    });
  }
  if (version > migrations.length) {
    throw createFailure('workspace-newer', 'the workspace was made by a newer version', { subject: file });
  }
  if (tables === 0) beginNew(db);
  else writeAhead(db);
  db.pragma('foreign_keys = ON');
  db.pragma(`cache_size = -${CACHE_KIB}`);
  if (version === migrations.length) return;
  db.transaction(() => {
    for (const sql of migrations.slice(version)) db.exec(sql);
    db.pragma(`application_id = ${APPLICATION_ID}`);
    db.pragma(`user_version = ${migrations.length}`);
  }).immediate();
}

/**
 * A new workspace is filled under a rollback journal, whose pages are new ones, written once: a log would have them all
 * twice. It waits for the disk at every commit. `writeAhead` follows when there is something to read.
 */
function beginNew(db: Database.Database): void {
  db.pragma(`page_size = ${PAGE_BYTES}`);
  db.pragma('journal_mode = TRUNCATE');
  db.pragma('synchronous = FULL');
}

/** Lets others read while this one writes. Throws `SQLITE_BUSY` where somebody reads a workspace that is not so yet. */
export function writeAhead(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
}

/** SQLite's own words for what went wrong, as a failure code. */
export function nameFailure(error: unknown, file: string): unknown {
  const code = error instanceof Database.SqliteError ? error.code : '';
  const options = { subject: file, cause: error };
  if (code === 'SQLITE_NOTADB') {
    return createFailure('workspace-is-not-ours', 'the file is not a workspace', options);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return createFailure('workspace-busy', 'another program has the workspace open', options);
  }
  if (code.startsWith('SQLITE_CORRUPT')) {
    return createFailure('workspace-corrupt', 'the workspace is damaged', options);
  }
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_IOERR') ||
    code.startsWith('SQLITE_FULL')
  ) {
    return createFailure('output-not-writable', 'the workspace cannot be written', options);
  }
  return error;
}
