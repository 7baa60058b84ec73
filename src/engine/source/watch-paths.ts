/** Notices that something below the opened paths changed: what and how is for the next check to find out. */
import { resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** How often files are looked at where the system does not tell of changes. */
const POLL_MS = 1000;

export interface WatchOptions {
  /**
   * Told of every change: with its absolute path where a file that was there is another now, and without where files
   * came or went, and once when watching has begun (what changed before that was not noticed).
   */
  readonly onChange: (path?: string) => void;
  /** Looks at the files again and again: of a network drive the system tells nothing. */
  readonly polls: boolean;
  /** Folders in which nothing is noticed. */
  readonly ignores?: readonly string[];
}

/** Watches until the function that it returns is called. Nothing is opened for writing. */
export function startWatching(
  paths: readonly string[],
  { onChange, polls, ignores = [] }: WatchOptions,
): () => Promise<void> {
  let watcher: FSWatcher;
  const ignored = new Set(ignores.map((path) => resolve(path)));
  const begin = (usePolling: boolean): FSWatcher =>
    watch([...paths], {
      ignored: (path) => ignored.has(resolve(path)),
      ignoreInitial: true,
      usePolling,
      interval: POLL_MS,
      binaryInterval: POLL_MS,
    })
      .on('all', (event, path) => (event === 'change' ? onChange(resolve(path)) : onChange()))
      .on('ready', () => onChange())
      .on('error', () => {
        // The system's watches are used up, or there are none here.
        if (usePolling || watcher.closed) return;
        void watcher.close();
        watcher = begin(true);
      });
  watcher = begin(polls);
  return () => watcher.close();
}
