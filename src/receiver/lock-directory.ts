/** One receiver a directory: two would write into the same lines, and each would miss what the other received. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createFailure } from '../engine/base/failure.ts';

/** One that is being ended has this long to be done. */
const WAIT_MS = 5000;

/** SQLite's lock on an empty database: the system takes it back when its holder dies. Failure: `bad-request`. */
export function lockDirectory(data: string, nativeBinding?: string): { release(): void } {
  mkdirSync(join(data, 'receiver'), { recursive: true, mode: 0o700 });
  const binding = nativeBinding === undefined ? {} : { nativeBinding };
  const db = new Database(join(data, 'receiver', 'lock'), { timeout: WAIT_MS, ...binding });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error;
    throw createFailure('bad-request', 'another receiver is at work in this directory', { subject: data });
  }
  return { release: () => void db.close() };
}
