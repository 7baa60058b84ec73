/** Opens SQLite files where that can be done: the addon in better-sqlite3's package ends an older Node without a word. */
import Database from 'better-sqlite3';

/** What that addon asks for: Node 22. */
const NODE_API = 10;

/** `nativeBinding`: an addon for this runtime, in place of the packaged one. Throws where neither fits. */
export function openSqlite(
  file: string,
  timeout: number,
  nativeBinding: string | undefined,
): Database.Database {
  if (nativeBinding !== undefined) return new Database(file, { timeout, nativeBinding });
  if (Number(process.versions['napi']) < NODE_API)
    throw new Error(`better-sqlite3 needs Node 22 or newer; this is ${process.version}`);
  return new Database(file, { timeout });
}
