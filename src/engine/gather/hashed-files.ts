/**
 * Files that were hashed since the workspace was opened, and how they looked then: while a log is followed, those that
 * look as they did are not hashed again at every change. A report says so of them.
 */
import { statSync } from 'node:fs';
import type { SourceFile, StoredHash } from '../source/open-source.ts';

/** Times are coarse (FAT has every second one): a change right after the hashing could bear the same. */
const COARSE_MS = 3000;

interface KnownArchive {
  readonly look: string;
  readonly stored: StoredHash;
}

/** Place, size and times; undefined where it cannot be told by them whether a file changes. */
export type Look = string | undefined;

export class HashedFiles {
  /** By the workspace's file. */
  readonly #looks = new Map<number, string>();
  /** By their place: an archive is no file of the workspace, its members are. */
  readonly #archives = new Map<string, KnownArchive>();

  remember(id: number, look: Look): void {
    if (look === undefined) this.#looks.delete(id);
    else this.#looks.set(id, look);
  }

  /** An archive's hash where it looks as it did then. */
  recallArchive(archive: Pick<SourceFile, 'location'>): StoredHash | undefined {
    const known = this.#archives.get(JSON.stringify(archive.location));
    return known && known.look === lookAt(archive) ? known.stored : undefined;
  }

  /** Hashes an archive and remembers it. */
  async hashArchive(
    archive: Pick<SourceFile, 'location'>,
    hash: () => Promise<StoredHash>,
  ): Promise<StoredHash> {
    const look = lookAt(archive);
    const stored = await hash();
    const place = JSON.stringify(archive.location);
    if (look === undefined) this.#archives.delete(place);
    else this.#archives.set(place, { look, stored });
    return stored;
  }

  looksAsHashed(id: number, look: Look): boolean {
    return look !== undefined && this.#looks.get(id) === look;
  }
}

/** Looks at a file; to be called before it is hashed. */
export function lookAt({ location }: Pick<SourceFile, 'location'>): Look {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs, mtimeMs } = statSync(location.file, { bigint: true });
    if (Date.now() - Number(mtimeMs) < COARSE_MS) return undefined;
    return [JSON.stringify(location), dev, ino, size, mtimeNs, ctimeNs].join(' ');
  } catch {
    return undefined;
  }
}
