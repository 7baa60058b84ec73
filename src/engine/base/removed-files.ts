/** What a receiver's retention removed from a spool, by its own word. */
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RemovedFile, SPOOL_MARK_FILE, SPOOL_REMOVED_FILE, SPOOL_SENDERS } from '../../contract/spool.ts';

/** The spool of a sender's folder; undefined where the path is something else. */
export function findSpool(path: string): string | undefined {
  const spool = dirname(dirname(path));
  const isSender = basename(dirname(path)) === SPOOL_SENDERS && existsSync(join(spool, SPOOL_MARK_FILE));
  return isSender ? spool : undefined;
}

/** Files that were in a sender's folder, in the order in which they were removed; a line that is none is left out. */
export function readRemoved(path: string): RemovedFile[] {
  const spool = findSpool(path);
  if (spool === undefined || !existsSync(join(spool, SPOOL_REMOVED_FILE))) return [];
  const folder = `${SPOOL_SENDERS}/${basename(path)}/`;
  return readFileSync(join(spool, SPOOL_REMOVED_FILE), 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        const removed = RemovedFile.parse(JSON.parse(line));
        return removed.file.startsWith(folder) ? [removed] : [];
      } catch {
        return [];
      }
    });
}
