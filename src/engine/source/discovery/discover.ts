/**
 * From the given paths to what is to be read: folders walked, archives listed, everything else told as skipped or
 * unreadable with the reason.
 *
 * Links: to a file they are followed; to a directory only within the same file system and never to one around what
 * was opened. The same file met twice (link, hard link, path given twice) is read once, under its own name rather
 * than a link's.
 */
import type { BigIntStats } from 'node:fs';
import { lstat, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { createFailure, throwIfCancelled } from '../../base/failure.ts';
import type { DiscoverOptions, Discovery, SkipReason } from '../open-source.ts';
import { SourceError } from '../source-error.ts';
import { Collector, type Place, type Root } from './collect-sources.ts';
import { examineFile } from './examine-file.ts';
import { baseName, comparePaths, isSchemeName } from './file-names.ts';

interface Candidate {
  readonly place: Place;
  readonly file: string;
  readonly stat: BigIntStats;
  readonly isLink: boolean;
  readonly isNamed: boolean;
}

/** A link to a directory, looked at once all real directories are known. */
interface DirectoryLink {
  readonly place: Place;
  readonly directory: string;
  readonly stat: BigIntStats;
}

/** Walks the given paths. Throws `path-not-found` and `cancelled`. */
export async function walkPaths(paths: readonly string[], options: DiscoverOptions): Promise<Discovery> {
  const walk = new Walk(options);
  for (const [index, path] of paths.entries()) await walk.addRoot(index, path);
  return await walk.finish();
}

class Walk {
  readonly #options: DiscoverOptions;
  readonly #into = new Collector();
  readonly #roots: Root[] = [];
  readonly #rootPaths: string[] = [];
  readonly #candidates: Candidate[] = [];
  readonly #links: DirectoryLink[] = [];
  readonly #seenDirectories = new Map<string, Place>();

  constructor(options: DiscoverOptions) {
    this.#options = options;
  }

  async addRoot(index: number, path: string): Promise<void> {
    const absolute = resolve(path);
    const parts = absolute.split(sep).filter((part) => part !== '');
    let found: BigIntStats;
    try {
      found = await stat(absolute, { bigint: true });
    } catch (error) {
      const known = SourceError.from(error);
      if (!(known instanceof SourceError)) throw error;
      if (known.code === 'vanished')
        throw createFailure('path-not-found', `There is nothing at ${path}.`, {
          subject: path,
          cause: error,
        });
      const root: Root = { index, parts, isDirectory: false };
      this.#roots.push(root);
      return this.#into.addUnreadable({ root, relative: parts.at(-1) ?? path }, known);
    }
    const root: Root = { index, parts, isDirectory: found.isDirectory() };
    this.#roots.push(root);
    this.#rootPaths.push(await realpath(absolute).catch(() => absolute));
    const place: Place = { root, relative: root.isDirectory ? '' : (parts.at(-1) ?? path) };
    if (found.isDirectory()) await this.#walkDirectory(place, absolute, found);
    else await this.#addEntry(place, absolute, { isNamed: true });
  }

  async finish(): Promise<Discovery> {
    for (let link = this.#links.shift(); link; link = this.#links.shift()) await this.#followLink(link);
    // Own names before links, a scheme's before others: the first of several names of one file is the one told.
    const rank = (candidate: Candidate): number =>
      (candidate.isLink ? 2 : 0) + (isSchemeName(baseName(candidate.place.relative)) ? 0 : 1);
    this.#candidates.sort((a, b) => rank(a) - rank(b) || comparePaths(a.place.relative, b.place.relative));
    const seen = new Map<string, Place>();
    for (const candidate of this.#candidates) {
      throwIfCancelled(this.#options.signal);
      const { place, file, isNamed } = candidate;
      const storedBytes = Number(candidate.stat.size);
      const key = identify(candidate.stat);
      const first = key === undefined ? undefined : seen.get(key);
      if (first) {
        this.#into.skipSame(place, storedBytes, first);
        continue;
      }
      if (key !== undefined) seen.set(key, place);
      const location = { file, members: [] };
      await examineFile({ place, location, storedBytes, isNamed }, this.#into, this.#options);
    }
    return this.#into.finish(this.#roots);
  }

  async #walkDirectory(place: Place, directory: string, found: BigIntStats): Promise<void> {
    throwIfCancelled(this.#options.signal);
    const key = identify(found);
    if (key !== undefined) {
      const first = this.#seenDirectories.get(key);
      if (first) return this.#into.skipSame(place, 0, first);
      this.#seenDirectories.set(key, place);
    }
    let names: string[];
    try {
      names = await readdir(directory);
    } catch (error) {
      return this.#addError(place, error);
    }
    for (const name of names.sort(comparePaths)) {
      const relative = place.relative === '' ? name : `${place.relative}/${name}`;
      await this.#addEntry({ root: place.root, relative }, join(directory, name), { isNamed: false });
    }
  }

  async #addEntry(place: Place, path: string, { isNamed }: { readonly isNamed: boolean }): Promise<void> {
    let isLink = false;
    try {
      let found = await lstat(path, { bigint: true });
      isLink = found.isSymbolicLink();
      if (isLink) found = await stat(path, { bigint: true });
      if (found.isFile()) this.#candidates.push({ place, file: path, stat: found, isLink, isNamed });
      else if (!found.isDirectory())
        this.#into.skip(place, 0, { code: 'special-file', kind: classifySpecial(found) });
      else if (isLink) this.#links.push({ place, directory: path, stat: found });
      else await this.#walkDirectory(place, path, found);
    } catch (error) {
      if (isLink && !isSchemeName(baseName(place.relative)))
        return this.#into.skip(place, 0, { code: 'broken-link' });
      if (isLink) {
        const target = await readlink(path).catch(() => '');
        return this.#into.addUnreadable(place, new SourceError('broken-link', target, { cause: error }));
      }
      this.#addError(place, error);
    }
  }

  async #followLink(link: DirectoryLink): Promise<void> {
    const target = await realpath(link.directory).catch(() => undefined);
    const rootPath = this.#rootPaths[link.place.root.index];
    const isSafe =
      target !== undefined &&
      rootPath !== undefined &&
      !rootPath.startsWith(target.endsWith(sep) ? target : target + sep) &&
      // It may be gone by now.
      (await stat(rootPath, { bigint: true }).catch(() => undefined))?.dev === link.stat.dev;
    if (isSafe) return await this.#walkDirectory(link.place, link.directory, link.stat);
    this.#into.skip(link.place, 0, { code: 'linked-directory', target: target ?? '' });
  }

  #addError(place: Place, error: unknown): void {
    const known = SourceError.from(error);
    if (!(known instanceof SourceError)) throw error;
    // Its name was decoded with a loss, so that nothing is found by it: it is there.
    const isMisnamed = known.code === 'vanished' && place.relative.includes('\ufffd');
    const told = isMisnamed
      ? new SourceError('read-error', 'its name is not UTF-8', { cause: error })
      : known;
    this.#into.addUnreadable(place, told);
  }
}

/** What makes a file the same file; undefined where the file system has no such number. */
function identify(found: BigIntStats): string | undefined {
  return found.ino === 0n ? undefined : `${found.dev}:${found.ino}`;
}

function classifySpecial(found: BigIntStats): Extract<SkipReason, { code: 'special-file' }>['kind'] {
  if (found.isFIFO()) return 'fifo';
  if (found.isSocket()) return 'socket';
  return found.isBlockDevice() || found.isCharacterDevice() ? 'device' : 'other';
}
