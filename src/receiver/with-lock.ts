/** A lock among processes that the system takes back when its holder dies: SQLite's lock on an empty database. */
import Database from 'better-sqlite3';
import { createFailure } from '../engine/base/failure.ts';

/** Whoever holds it is soon done. */
const WAIT_MS = 5000;

/** Takes the lock, waiting for it; undefined where another keeps it. The file's directory must be there. */
export function holdLock(file: string, nativeBinding?: string): { release(): void } | undefined {
  const binding = nativeBinding === undefined ? {} : { nativeBinding };
  const db = new Database(file, { timeout: WAIT_MS, ...binding });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    return undefined;
  }
  return { release: () => void db.close() };
}

/** Does what only one process at a time may do, such as reading a file and writing it anew. Failure: `bad-request`. */
export function withLock<T>(file: string, work: () => T, nativeBinding?: string): T {
  const lock = holdLock(file, nativeBinding);
  if (!lock) throw createFailure('bad-request', 'another process is changing this', { subject: file });
  try {
    return work();
  } finally {
    lock.release();
  }
}
