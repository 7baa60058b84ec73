/**
 * The first half of a check: discover, set copies aside, read what is left, count it. With a workspace, files whose
 * content it holds already are counted from there, and what is read is kept.
 */
import type { Progress } from '../../contract/api.ts';
import { throwIfCancelled } from '../base/failure.ts';
import {
  type Archive,
  type Copy,
  discoverSources,
  type FileReading,
  findCopies,
  type Skipped,
  type SourceFile,
  type Unreadable,
} from '../source/open-source.ts';
import { Census } from './census.ts';
import { type BatchCount, countBatch } from './count-batch.ts';
import type { Importer } from './import-files.ts';
import { ProgressTeller } from './progress-teller.ts';
import { readFiles } from './read-files.ts';

/** State of sorted entries in memory before it spills, at 16 bytes an entry. */
const BUDGET_BYTES = 8 * 1024 * 1024;

export interface GatherOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly spillDirectory: string;
  /** Bytes of sorted entries kept in memory; for tests of spilling. */
  readonly budgetBytes?: number | undefined;
  /** Whether a file's last line may still be written. */
  readonly holdsBack?: ((file: SourceFile) => boolean) | undefined;
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

/** What is there, before it is read. */
export interface Found extends Omit<Gathered, 'census'> {
  /** Copies, and what the workspace holds as it is; by index, ascending. */
  readonly files: ReadonlyMap<number, GatheredFile>;
  /** What is to be read, or read on. */
  readonly unknown: readonly SourceFile[];
  readonly progress: ProgressTeller;
}

/** Discovers, sets copies aside, and recognises what the workspace holds by hashing it again. */
export async function find(
  paths: readonly string[],
  { signal, onProgress }: Pick<GatherOptions, 'signal' | 'onProgress'>,
  importer: Importer | undefined,
): Promise<Found> {
  const progress = new ProgressTeller(onProgress);
  const {
    files: all,
    skipped,
    unreadable,
    archives,
  } = await discoverSources(paths, {
    signal,
    hashArchive: importer && ((archive, hash) => importer.hashArchive(archive, hash)),
  });
  const copies = await findCopiesWithin(paths, all, signal);
  const originals = all.filter(({ index }) => !copies.has(index));
  const known = importer
    ? await importer.matchFiles(originals, signal, progress)
    : new Map<number, FileReading>();
  const files = new Map<number, GatheredFile>();
  for (const file of all) {
    const copy = copies.get(file.index);
    const reading = copy?.reading ?? known.get(file.index);
    if (reading) files.set(file.index, { file, reading, ...(copy && { copyOf: copy.of }) });
  }
  const unknown = originals.filter(({ index }) => !known.has(index));
  return { files, unknown, skipped, unreadable, archives, progress };
}

/** Reads what is to be read, and counts all. The census is the caller's to close. */
export async function gather(
  found: Found,
  options: Omit<GatherOptions, 'onProgress'>,
  importer: Importer | undefined,
): Promise<Gathered> {
  const { signal, holdsBack } = options;
  const census = new Census({
    budgetBytes: options.budgetBytes ?? BUDGET_BYTES,
    spillDirectory: options.spillDirectory,
  });
  const replay = ({ index, root }: SourceFile): void => {
    for (const batch of importer!.replay(index)) census.add(countBatch(batch), root);
  };
  try {
    for (const file of found.unknown) if (importer?.grown.has(file.index)) replay(file);
    const onCount = (count: BatchCount, root: number): void => census.add(count, root);
    const read = await readUnknown(found, { signal, holdsBack, onCount }, importer);
    for (const { file, copyOf } of found.files.values()) {
      if (copyOf !== undefined) continue;
      throwIfCancelled(signal);
      replay(file);
    }
    found.progress.tell('analysing');
    return { ...read, census };
  } catch (error) {
    census.close();
    throw error;
  }
}

/** Reads what is to be read, and keeps it. */
export async function readUnknown(
  { files: found, unknown, progress, ...rest }: Found,
  {
    signal,
    holdsBack,
    onCount,
  }: Pick<GatherOptions, 'signal' | 'holdsBack'> & {
    readonly onCount?: (count: BatchCount, root: number) => void;
  },
  importer: Importer | undefined,
): Promise<Omit<Gathered, 'census'>> {
  const files = new Map(found);
  const byIndex = new Map(unknown.map((file) => [file.index, file]));
  progress.start('reading', unknown, found);
  await readFiles(unknown, {
    keep: importer !== undefined,
    after: importer?.grown,
    holdsBack,
    signal,
    onBytes: (file, bytes) => {
      importer?.goOn();
      progress.addBytes(file, bytes);
    },
    onBatch: ({ count, batch }) => {
      progress.addCount(count);
      const file = byIndex.get(count.file)!;
      if (batch) importer?.addBatch(file, batch);
      onCount?.(count, file.root);
    },
    onEnd: (file, reading) => {
      files.set(file.index, { file, reading });
      importer?.finishFile(file, reading);
      progress.endFile(file.index);
    },
  });
  importer?.endReading();
  return { ...rest, files: new Map([...files].sort(([a], [b]) => a - b)) };
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
