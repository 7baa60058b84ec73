import { resolve } from 'node:path';

/**
 * Paths among the words that the app was started with. The app's own folder comes first where Electron was told to run
 * it. An empty word, as a shell gives for a variable that is not set, is none: it would be the current directory.
 */
export function readStartPaths(argv: readonly string[], isTold: boolean): string[] {
  const given = argv.slice(1).filter((word) => word !== '' && !word.startsWith('-'));
  return given.slice(isTold ? 1 : 0).map((path) => resolve(path));
}
