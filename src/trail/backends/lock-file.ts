/**
 * A lock among processes that the system takes back when its holder dies: SQLite's lock on an empty database. Node
 * offers no lock of its own, and a lock that only its holder can remove stays when that one is killed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { openSqlite } from './open-sqlite.ts';

const ATTEMPT_EVERY_MS = 5;

export interface HeldLock {
  release(): void;
}

/** Takes the lock if it is free; undefined where another holds it. Throws where the file cannot be had. */
export function tryLock(file: string, nativeBinding?: string): HeldLock | undefined {
  const db = openSqlite(file, 0, nativeBinding);
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
  return { release: () => void db.close() };
}

/** Waits for the lock, for `waitMs` at most; undefined where it was not to be had. */
export async function waitForLock(
  file: string,
  waitMs: number,
  nativeBinding?: string,
): Promise<HeldLock | undefined> {
  const started = performance.now();
  for (;;) {
    const lock = tryLock(file, nativeBinding);
    if (lock || performance.now() - started > waitMs) return lock;
    await pause(ATTEMPT_EVERY_MS);
  }
}
