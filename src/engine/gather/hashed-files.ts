/**
 * Files that were hashed since the workspace was opened, and how they looked then: while a log is followed, those that
 * look as they did are not hashed again at every change. A report says so of them.
 */
import { statSync } from 'node:fs';
import type { SourceFile } from '../source/open-source.ts';

/** Times are coarse (FAT has every second one): a change right after the hashing could bear the same. */
const COARSE_MS = 3000;

/** Place, size and times; undefined where it cannot be told by them whether a file changes. */
export type Look = string | undefined;

export class HashedFiles {
  /** By the workspace's file. */
  readonly #looks = new Map<number, string>();

  remember(id: number, look: Look): void {
    if (look === undefined) this.#looks.delete(id);
    else this.#looks.set(id, look);
  }

  looksAsHashed(id: number, look: Look): boolean {
    return look !== undefined && this.#looks.get(id) === look;
  }
}

/** Looks at a file; to be called before it is hashed. */
export function lookAt({ location }: SourceFile): Look {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs } = statSync(location.file, { bigint: true });
    if (Date.now() - Number(mtimeMs) < COARSE_MS) return undefined;
    return [JSON.stringify(location), dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return undefined;
  }
}
