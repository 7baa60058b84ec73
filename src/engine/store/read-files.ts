/** What the workspace knows of files and sources. */
import type { Database } from './database.ts';
import type { FileRecord } from './write-files.ts';

/** All files but those an import left unfinished. */
export function listFiles(db: Database): FileRecord[] {
  return db
    .prepare(
      `SELECT id, source, path, state, bytes, sha256, content_bytes AS contentBytes,
         content_sha256 AS contentSha256, reading
       FROM file WHERE state <> 'reading' ORDER BY source, path, id`,
    )
    .all() as FileRecord[];
}

/** Lists the sources in the order in which they were first opened. */
export function listSources(db: Database): { readonly id: number; readonly path: string }[] {
  return db.prepare('SELECT id, path FROM source ORDER BY id').all() as { id: number; path: string }[];
}

/** The last report as JSON text, and a hash of what it was made of. */
export function readReport(db: Database): { readonly json: string; readonly basis: string } | undefined {
  return db.prepare('SELECT json, basis FROM report WHERE id = 1').get() as
    | { json: string; basis: string }
    | undefined;
}
