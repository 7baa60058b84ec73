/** What discovery found, collected under places and told under paths once all places are known. */

import type {
  Archive,
  Compression,
  Discovery,
  Encoding,
  Location,
  Skipped,
  SkipReason,
  SourceFile,
  Unreadable,
} from '../open-source.ts';
import type { SourceError } from '../source-error.ts';
import { baseName, comparePaths, isSchemeName, readDay } from './file-names.ts';

/** One of the given paths. */
export interface Root {
  readonly index: number;
  /** The absolute path's parts. */
  readonly parts: readonly string[];
  readonly isDirectory: boolean;
}

/** Where something lies below a root: `relative` begins with the root's own name where that is a file. */
export interface Place {
  readonly root: Root;
  readonly relative: string;
}

interface Format {
  readonly compression?: Compression;
  readonly encoding?: Encoding;
}

type At<T> = Omit<T, 'path'> & { readonly place: Place };
type FoundFile = At<Omit<SourceFile, 'index' | 'root' | 'day' | 'schemeName'>>;
type FoundSkip = Omit<At<Skipped>, 'reason'> & {
  readonly tellReason: (name: (place: Place) => string) => SkipReason;
};

export class Collector {
  readonly #files: FoundFile[] = [];
  readonly #skipped: FoundSkip[] = [];
  readonly #unreadable: At<Unreadable>[] = [];
  readonly #archives: At<Archive>[] = [];
  readonly #taken = new Set<string>();

  addFile(place: Place, location: Location, storedBytes: number, format: Format): void {
    const { compression, encoding } = format;
    this.#files.push({
      place,
      location,
      storedBytes,
      ...(compression && { compression }),
      ...(encoding && { encoding }),
    });
  }

  skip(place: Place, bytes: number, reason: SkipReason): void {
    this.#skipped.push({ place, bytes, tellReason: () => reason });
  }

  skipSame(place: Place, bytes: number, of: Place): void {
    this.#skipped.push({ place, bytes, tellReason: (name) => ({ code: 'same-file', of: name(of) }) });
  }

  addUnreadable(place: Place, error: SourceError): void {
    this.#unreadable.push({ place, code: error.code, detail: error.message });
  }

  addArchive(place: Place, archive: Omit<Archive, 'path'>): void {
    this.#archives.push({ place, ...archive });
  }

  /** The place of an archive's member; a name that occurs twice in it is told apart by a number. */
  placeMember(archive: Place, name: string): Place {
    const wanted = `${archive.relative}/${name}`;
    let relative = wanted;
    const key = (): string => JSON.stringify([archive.root.index, relative]);
    for (let number = 2; this.#taken.has(key()); number++) relative = `${wanted}#${number}`;
    this.#taken.add(key());
    return { root: archive.root, relative };
  }

  /** Everything under its path, sorted by it. */
  finish(roots: readonly Root[]): Discovery {
    const name = this.#createNaming(roots);
    const told = <T extends { readonly place: Place }>({ place, ...rest }: T) => ({
      path: name(place),
      ...rest,
    });
    const byPath = (a: { readonly path: string }, b: { readonly path: string }): number =>
      comparePaths(a.path, b.path);
    const files = this.#files
      .map(({ place, ...file }) => {
        const path = name(place);
        // A spool's day is that of the receipt, of which a day without a file says nothing.
        const day = file.compression === 'spool' ? undefined : readDay(baseName(path));
        const schemeName = isSchemeName(baseName(path));
        return { path, root: place.root.index, ...file, ...(day !== undefined && { day }), schemeName };
      })
      .sort(byPath)
      .map((file, index) => ({ index, ...file }));
    const skipped = this.#skipped
      .map(({ place, bytes, tellReason }) => ({ path: name(place), bytes, reason: tellReason(name) }))
      .sort(byPath);
    return {
      files,
      skipped,
      unreadable: this.#unreadable.map(told).sort(byPath),
      archives: this.#archives.map(told).sort(byPath),
    };
  }

  /** Relative paths as they are where they tell everything apart; else with as much of the roots' paths as it takes. */
  #createNaming(roots: readonly Root[]): (place: Place) => string {
    const places = [this.#files, this.#skipped, this.#unreadable, this.#archives].flatMap((list) =>
      list.map(({ place }) => place),
    );
    const owners = new Map<string, Root>();
    const collides = places.some(({ root, relative }) => {
      const owner = owners.get(relative) ?? root;
      owners.set(relative, owner);
      return owner !== root;
    });
    if (!collides) return ({ root, relative }) => relative || (root.parts.at(-1) ?? '.');
    const longest = Math.max(...roots.map((root) => root.parts.length));
    let parts = 1;
    const label = (root: Root): string => root.parts.slice(-parts).join('/');
    while (parts < longest && new Set(roots.map(label)).size < roots.length) parts++;
    return ({ root, relative }) => {
      const prefix = (root.isDirectory ? root.parts.slice(-parts) : root.parts.slice(-parts, -1)).join('/');
      return [prefix, relative].filter((part) => part !== '').join('/');
    };
  }
}
