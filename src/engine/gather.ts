/**
 * The first half of a check: discover, set copies aside, read what is left, count it. With a workspace, files whose
 * content it holds already are counted from there, and what is read is kept.
 */
import type { Progress } from '../contract/api.ts';
import { throwIfCancelled } from './base/failure.ts';
import { Census } from './census.ts';
import { countBatch } from './count-batch.ts';
import type { Importer } from './import-files.ts';
import { readFiles } from './read-files.ts';
import {
  type Archive,
  type Copy,
  discoverSources,
  type FileReading,
  findCopies,
  type Skipped,
  type SourceFile,
  type Unreadable,
} from './source/open-source.ts';

/** State of sorted entries in memory before it spills, at 16 bytes an entry. */
const BUDGET_BYTES = 192 * 1024 * 1024;

export interface GatherOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly spillDirectory: string;
  /** Bytes of sorted entries kept in memory; for tests of spilling. */
  readonly budgetBytes?: number | undefined;
}

export interface GatheredFile {
  readonly file: SourceFile;
  readonly reading: FileReading;
  readonly copyOf?: number | undefined;
}

export interface Gathered {
  /** By index. */
  readonly files: ReadonlyMap<number, GatheredFile>;
  readonly skipped: readonly Skipped[];
  readonly unreadable: readonly Unreadable[];
  readonly archives: readonly Archive[];
  readonly census: Census;
}

/** Reads all there is. The census is the caller's to close. */
export async function gather(
  paths: readonly string[],
  options: GatherOptions,
  importer: Importer | undefined,
): Promise<Gathered> {
  const { signal } = options;
  const progress = new ProgressTeller(options.onProgress);
  const discovery = await discoverSources(paths, { signal });
  const copies = await findCopiesWithin(paths, discovery.files, signal);
  const files = new Map<number, GatheredFile>();
  for (const [index, { of, reading }] of copies) {
    files.set(index, { file: discovery.files[index]!, reading, copyOf: of });
  }
  const originals = discovery.files.filter(({ index }) => !copies.has(index));
  const census = new Census({
    budgetBytes: options.budgetBytes ?? BUDGET_BYTES,
    spillDirectory: options.spillDirectory,
  });
  try {
    const known = importer ? await importer.matchFiles(originals, signal) : new Map<number, FileReading>();
    const unknown = originals.filter(({ index }) => !known.has(index));
    progress.start(unknown);
    for (const index of importer?.grown.keys() ?? []) {
      for (const batch of importer!.replay(index))
        census.add(countBatch(batch), discovery.files[index]!.root);
    }
    await readFiles(unknown, {
      keep: importer !== undefined,
      after: importer?.grown,
      signal,
      onBytes: (file, bytes) => progress.addBytes(file, bytes),
      onBatch: ({ count, batch }) => {
        progress.addLines(count.lines);
        const file = discovery.files[count.file]!;
        if (batch) importer?.addBatch(file, batch);
        census.add(count, file.root);
      },
      onEnd: (file, reading) => {
        files.set(file.index, { file, reading });
        importer?.finishFile(file, reading);
        progress.endFile();
      },
    });
    for (const [index, reading] of known) {
      throwIfCancelled(signal);
      const file = discovery.files[index]!;
      files.set(index, { file, reading });
      for (const batch of importer!.replay(index)) census.add(countBatch(batch), file.root);
    }
    progress.tell('analysing');
  } catch (error) {
    census.close();
    throw error;
  }
  const { skipped, unreadable, archives } = discovery;
  return { files: new Map([...files].sort(([a], [b]) => a - b)), skipped, unreadable, archives, census };
}

/**
 * Copies are set aside within one directory or archive, where they are backups. Equal files of two directories are what
 * makes those copies of the log, and both must be counted to be compared. Files given one by one belong together.
 */
async function findCopiesWithin(
  paths: readonly string[],
  files: readonly SourceFile[],
  signal: AbortSignal,
): Promise<Map<number, Copy>> {
  const isGivenAlone = ({ location, root }: SourceFile): boolean =>
    location.members.length === 0 && location.file === paths[root];
  const copies = new Map<number, Copy>();
  for (const group of Map.groupBy(files, (file) => (isGivenAlone(file) ? -1 : file.root)).values()) {
    for (const [index, copy] of await findCopies(group, { signal })) copies.set(index, copy);
  }
  return copies;
}

/** Adds up what several threads tell. */
class ProgressTeller {
  readonly #tell: ((progress: Progress) => void) | undefined;
  readonly #startedMs = performance.now();
  readonly #bytesOf = new Map<number, number>();
  #progress = { files: 0, filesTotal: 0, bytes: 0, bytesTotal: 0, lines: 0 };

  constructor(tell: ((progress: Progress) => void) | undefined) {
    this.#tell = tell;
    this.tell('discovering');
  }

  start(files: readonly SourceFile[]): void {
    this.#progress.filesTotal = files.length;
    this.#progress.bytesTotal = files.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
    this.tell('reading');
  }

  addBytes(file: number, bytes: number): void {
    this.#progress.bytes += bytes - (this.#bytesOf.get(file) ?? 0);
    this.#bytesOf.set(file, bytes);
    this.tell('reading');
  }

  addLines(lines: number): void {
    this.#progress.lines += lines;
  }

  endFile(): void {
    this.#progress.files++;
    this.tell('reading');
  }

  tell(phase: Progress['phase']): void {
    this.#tell?.({ phase, ...this.#progress, elapsedMs: performance.now() - this.#startedMs });
  }
}
