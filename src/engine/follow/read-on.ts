/**
 * Reads what was appended to files that a check has read, so that its entries can be seen before they are checked. Only
 * that is read; what was before is taken as it was for some time, and reports say of how many files that holds.
 */
import { setImmediate } from 'node:timers/promises';
import { readBatches } from '../gather/read-batches.ts';
import { type GrowingFile, openGrowing, type SourceFile } from '../source/open-source.ts';
import type { FileRecord, Store } from '../store/open-store.ts';

/** What is before what was appended is hashed again as often as this, while a log grows without a rest. */
const HASH_AGAIN_MS = 600_000;

interface ReadFile {
  readonly file: SourceFile;
  readonly record: FileRecord;
  /** Undefined until it has grown. */
  readonly growing?: GrowingFile | undefined;
  readonly hashedMs: number;
  /** When it was changed last, of what was read. */
  readonly changedAt?: bigint | undefined;
}

export class ReadOn {
  readonly #store: Store;
  /** By absolute path. */
  #files = new Map<string, ReadFile>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Follows the files of a check that has just read them, each with its id in the workspace. */
  keepUp(files: Iterable<{ readonly file: SourceFile; readonly id: number }>): void {
    const records = new Map(this.#store.listFiles().map((record) => [record.id, record]));
    const before = this.#files;
    this.#files = new Map();
    for (const { file, id } of files) {
      const record = records.get(id);
      const isPlain = file.location.members.length === 0 && !file.compression && !file.encoding;
      if (!record || !isPlain) continue;
      const known = before.get(file.location.file);
      const isKnown = this.holds(file, id, known) && known?.growing?.bytes === record.contentBytes;
      this.#files.set(
        file.location.file,
        isKnown ? { ...known!, file, record } : { file, record, hashedMs: 0 },
      );
    }
  }

  /** Whether what the workspace holds under that id is this file as it was read on. */
  holds({ location }: SourceFile, id: number, read = this.#files.get(location.file)): boolean {
    if (!read?.growing || read.record.id !== id || location.members.length > 0) return false;
    if (performance.now() - read.hashedMs > HASH_AGAIN_MS) return false;
    const now = read.growing.measure();
    // One that was changed and did not grow was changed where it was read.
    return now !== undefined && (now.bytes > read.growing.bytes || now.changedAt === read.changedAt);
  }

  /**
   * Reads on these files, or all, up to the last whole line, or to their `end`. False where there was more to be found
   * than lines at their ends. Throws `cancelled`.
   */
  async read(options: {
    readonly paths?: Iterable<string>;
    readonly end?: 'line' | 'file';
    readonly signal: AbortSignal;
  }): Promise<boolean> {
    const { paths, end = 'line', signal } = options;
    let isAll = true;
    for (const path of paths ?? [...this.#files.keys()]) {
      const read = this.#files.get(path);
      const grown = read && (await this.#readFile(read, { isHint: paths !== undefined, end, signal }));
      if (grown) this.#files.set(path, grown);
      else isAll = false;
      if (read && !grown) this.#files.set(path, { ...read, growing: undefined });
    }
    return isAll;
  }

  /** Undefined where something else than growth was found. `isHint`: it is known to have changed. */
  async #readFile(
    read: ReadFile,
    { isHint, end, signal }: { isHint: boolean; end: 'line' | 'file'; signal: AbortSignal },
  ): Promise<ReadFile | undefined> {
    const { record } = read;
    let { growing, hashedMs, changedAt } = read;
    // Most files do not grow: they are not hashed for this.
    if (!growing) {
      if (!isHint) return read;
      hashedMs = performance.now();
      growing = await openGrowing(read.file, record, this.#store.findResumption(record.id).bytes, signal);
    }
    const now = growing?.measure();
    if (!growing || !now) return undefined;
    const isNew = read.changedAt !== now.changedAt;
    if (isHint && read.growing && isNew && now.bytes === growing.bytes) return undefined;
    changedAt = now.changedAt;
    const endBytes = end === 'line' ? now.lineEnd : now.bytes;
    if (endBytes <= growing.bytes) return { ...read, growing, hashedMs, changedAt };
    const extended = await this.#extend({ ...read, growing }, endBytes, signal);
    return extended && { ...read, growing, hashedMs, changedAt, record: extended };
  }

  async #extend(
    { file, record, growing }: ReadFile & { readonly growing: GrowingFile },
    endBytes: number,
    signal: AbortSignal,
  ): Promise<FileRecord | undefined> {
    const { writer } = this.#store;
    const after = this.#store.findResumption(record.id);
    const rest = writer.beginFile(record.source, record.path);
    try {
      const lines = growing.readLines({ after, endBytes, signal });
      const batches = readBatches(file, {
        keep: true,
        holdsBack: true,
        lines,
        signal,
        pause: () => setImmediate(),
      });
      for (;;) {
        const step = await batches.next();
        if (step.done) {
          const { bytes, sha256, contentBytes, contentSha256 } = step.value;
          const reading = JSON.stringify(step.value);
          const extended = { ...record, bytes, sha256, contentBytes, contentSha256, reading };
          writer.extendFile(extended, rest, after.bytes);
          return extended;
        }
        if (step.value.batch) writer.addBatch(rest, step.value.batch);
      }
    } catch (error) {
      writer.removeFile(rest);
      if (growing.measure() !== undefined) throw error;
      return undefined;
    } finally {
      writer.commit();
    }
  }
}
