/** How what is read gets into the workspace, and how a file that it holds already is recognised: by its content. */

import { assert } from '../base/assert.ts';
import { readRemoved } from '../base/removed-files.ts';
import {
  type FileReading,
  hashContentPrefix,
  type LineStart,
  type SourceFile,
  type StoredHash,
} from '../source/open-source.ts';
import type { FileRecord, Store } from '../store/open-store.ts';
import type { PackedBatch } from '../store/pack-batch.ts';
import type { CountedBatch } from './count-batch.ts';
import { type HashedFiles, type Look, lookAt } from './hashed-files.ts';

/** A file that the workspace holds and that is no longer there as it was. */
export interface LostFile {
  readonly record: FileRecord;
  /** Found at its path now, or nothing. */
  readonly now: SourceFile | undefined;
}

/** Whether a file is a held one to which the workspace has been keeping what was appended. */
type WasReadOn = (file: SourceFile, id: number) => boolean;

/** Is told how far the hashing again is. */
interface Recheck {
  start(phase: 'rechecking', files: readonly SourceFile[]): void;
  addBytes(file: number, bytes: number): void;
  endFile(file: number): void;
}

export class Importer {
  readonly #store: Store;
  readonly #sources: readonly number[];
  /** Workspace file by the index of this check's file. */
  readonly #fileIds = new Map<number, number>();
  /** By the index of this check's file that goes on where it ended: the workspace's file. */
  readonly #continued = new Map<number, FileRecord>();
  readonly #grown = new Map<number, LineStart>();
  #lost: LostFile[] = [];
  readonly #hashed: HashedFiles;
  readonly #trusts: boolean;
  readonly #wasReadOn: WasReadOn;
  readonly #holdsBack: (file: SourceFile) => boolean;
  /** By the index of this check's file: how it looked before it was read. */
  readonly #looks = new Map<number, Look>();
  #taken = 0;
  /** Hashes of what the retention of opened spools removed. */
  readonly #removed: ReadonlySet<string>;
  readonly #forgets: boolean;

  /**
   * `paths`: what is opened, absolute. `trusts`: what looks as it did when it was hashed is not hashed again;
   * `wasReadOn`: nor is that of which only what was appended has been read. `holdsBack`: whether a file's last line
   * may still be written. `forgets`: what a spool's retention removed is removed here as well.
   */
  constructor(
    store: Store,
    paths: readonly string[],
    options: {
      readonly hashed: HashedFiles;
      readonly trusts: boolean;
      readonly wasReadOn?: WasReadOn | undefined;
      readonly holdsBack?: ((file: SourceFile) => boolean) | undefined;
      readonly forgets?: boolean | undefined;
    },
  ) {
    const { hashed, trusts, wasReadOn, forgets = false } = options;
    this.#removed = new Set(paths.flatMap(readRemoved).map(({ sha256 }) => sha256));
    this.#forgets = forgets;
    this.#store = store;
    this.#hashed = hashed;
    this.#trusts = trusts;
    this.#wasReadOn = wasReadOn ?? (() => false);
    this.#holdsBack = options.holdsBack ?? (() => false);
    store.writer.removeUnfinished();
    this.#sources = paths.map((path) => store.writer.addSource(path));
    store.writer.commit();
  }

  /** Files of the opened paths that are not there as they were. */
  get lost(): readonly LostFile[] {
    return this.#lost;
  }

  /** How many files, archives among them, were not hashed again, since they look as they did. */
  get taken(): number {
    return this.#taken;
  }

  /** Where files that grew are to be read on; what is before is in the workspace (`replay`). */
  get grown(): ReadonlyMap<number, LineStart> {
    return this.#grown;
  }

  /** An archive's hash: the known one where it looks as it did and that is trusted, else what `hash` makes. */
  async hashArchive(
    archive: Pick<SourceFile, 'location'>,
    hash: () => Promise<StoredHash>,
  ): Promise<StoredHash> {
    const known = this.#trusts ? this.#hashed.recallArchive(archive) : undefined;
    if (known) this.#taken++;
    return known ?? this.#hashed.hashArchive(archive, hash);
  }

  /** Recognises files whose content the workspace holds, moves them where they are now, and tells their readings. */
  async matchFiles(
    files: readonly SourceFile[],
    signal: AbortSignal,
    progress: Recheck,
  ): Promise<Map<number, FileReading>> {
    const held = this.#store.listFiles().filter(({ source }) => this.#sources.includes(source));
    const unmatched = new Set(held);
    const known = new Map<number, FileReading>();
    for (const file of files) this.#looks.set(file.index, lookAt(file));
    const taken = this.#trusts ? this.#takeUnchanged(files, unmatched) : new Map<number, FileRecord>();
    this.#taken += taken.size;
    for (const [index, record] of taken) {
      this.#fileIds.set(index, record.id);
      known.set(index, JSON.parse(record.reading) as FileReading);
    }
    const candidates = files.filter(
      ({ index, storedBytes }) => !taken.has(index) && held.some(({ bytes }) => bytes === storedBytes),
    );
    progress.start('rechecking', candidates);
    for (const file of candidates) {
      const record = await this.#findEqual(file, unmatched, { signal, progress });
      progress.endFile(file.index);
      this.#store.writer.commitOld();
      if (!record) continue;
      unmatched.delete(record);
      if (this.#isDue(file, record)) {
        this.#goOnFrom(file, record);
        continue;
      }
      this.#fileIds.set(file.index, record.id);
      this.#hashed.remember(record.id, this.#looks.get(file.index));
      this.#store.writer.updateFile(record.id, {
        source: this.#sourceOf(file),
        path: file.path,
        state: 'current',
      });
      known.set(file.index, JSON.parse(record.reading) as FileReading);
    }
    for (const file of files) {
      if (!known.has(file.index) && !this.#continued.has(file.index))
        await this.#findContinued(file, unmatched, signal);
    }
    this.#loseRest(unmatched, files);
    this.#store.writer.commit();
    return known;
  }

  addBatch(file: SourceFile, batch: PackedBatch): void {
    this.#store.writer.addBatch(this.#beginFile(file), batch);
  }

  finishFile(file: SourceFile, reading: FileReading): void {
    const { writer } = this.#store;
    const id = this.#beginFile(file);
    const continued = this.#continued.get(file.index);
    const record: FileRecord = {
      id: continued?.id ?? id,
      source: this.#sourceOf(file),
      path: file.path,
      state: 'current',
      bytes: reading.bytes,
      sha256: reading.sha256,
      contentBytes: reading.contentBytes,
      contentSha256: reading.contentSha256,
      reading: JSON.stringify(reading),
    };
    this.#hashed.remember(record.id, this.#looks.get(file.index));
    if (!continued) writer.finishFile(record);
    // One that has shrunk since it was recognised is left unfinished: the next import looks at it afresh.
    else if (reading.contentBytes >= continued.contentBytes) {
      writer.extendFile(record, id, this.#grown.get(file.index)!.bytes);
      // A line that was not at its end is gone from what was shown.
      if (this.#store.showsUnfinished) this.#store.showUnfinished();
    }
  }

  /** To be called now and then while reading. */
  goOn(): void {
    this.#store.writer.commitOld();
  }

  /** To be called when all is read: what follows does not write. */
  endReading(): void {
    this.#store.writer.commit();
  }

  /** What the workspace holds of a file: all of one that was recognised, what is before its new part of one that grew. */
  *replay(index: number): Iterable<CountedBatch> {
    const id = this.idOf(index);
    assert(id !== undefined, 'only a file that was recognised is replayed');
    const end = this.#grown.get(index)?.bytes;
    for (const batch of this.#store.replayFile(id, end)) yield { file: index, ...batch };
  }

  #beginFile(file: SourceFile): number {
    let id = this.#fileIds.get(file.index);
    if (id === undefined) {
      id = this.#store.writer.beginFile(this.#sourceOf(file), file.path);
      this.#fileIds.set(file.index, id);
    }
    return id;
  }

  #sourceOf(file: SourceFile): number {
    return this.#sources[file.root]!;
  }

  /** The workspace's file that holds this check's file, once all is read. */
  idOf(index: number): number | undefined {
    return this.#continued.get(index)?.id ?? this.#fileIds.get(index);
  }

  /** Held files that are at their place and look as they did when they were hashed, or were read on since. */
  #takeUnchanged(files: readonly SourceFile[], unmatched: Set<FileRecord>): Map<number, FileRecord> {
    const taken = new Map<number, FileRecord>();
    for (const file of files) {
      for (const record of unmatched) {
        const isSame = record.path === file.path && record.source === this.#sourceOf(file);
        if (!isSame || this.#isDue(file, record)) continue;
        const looksSame = this.#hashed.looksAsHashed(record.id, this.#looks.get(file.index));
        if (!looksSame && !this.#wasReadOn(file, record.id)) continue;
        unmatched.delete(record);
        taken.set(file.index, record);
        break;
      }
    }
    return taken;
  }

  async #findEqual(
    file: SourceFile,
    held: ReadonlySet<FileRecord>,
    { signal, progress }: { readonly signal: AbortSignal; readonly progress: Recheck },
  ): Promise<FileRecord | undefined> {
    const candidates = [...held].filter(({ bytes }) => bytes === file.storedBytes);
    if (candidates.length === 0) return undefined;
    // One byte more than the content that is held: a longer file is not equal.
    const longest = Math.max(...candidates.map(({ contentBytes }) => contentBytes));
    const now = await hashContentPrefix(file, longest + 1, {
      signal,
      onBytes: (bytes) => progress.addBytes(file.index, bytes),
    });
    return candidates.find(
      ({ contentBytes, contentSha256 }) => contentBytes === now.bytes && contentSha256 === now.sha256,
    );
  }

  /** The file may be a held one that grew, at its path or (after a rotation) elsewhere; the longest, if several. */
  async #findContinued(file: SourceFile, held: Set<FileRecord>, signal: AbortSignal): Promise<void> {
    const isDerived = file.compression !== undefined || file.encoding !== undefined;
    for (const record of [...held].sort((a, b) => b.contentBytes - a.contentBytes)) {
      if (record.contentBytes === 0 || (!isDerived && record.contentBytes >= file.storedBytes)) continue;
      const prefix = await hashContentPrefix(file, record.contentBytes, { signal });
      if (prefix.bytes !== record.contentBytes || prefix.sha256 !== record.contentSha256) continue;
      held.delete(record);
      // A shorter state of the same file adds nothing to the longer one.
      if (this.#continued.has(file.index)) this.#store.writer.removeFile(record.id);
      else this.#goOnFrom(file, record);
    }
  }

  #goOnFrom(file: SourceFile, record: FileRecord): void {
    this.#continued.set(file.index, record);
    const place = { source: this.#sourceOf(file), path: file.path };
    this.#store.writer.updateFile(record.id, { ...place, state: 'current' });
    this.#grown.set(file.index, this.#store.findResumption(record.id));
  }

  /** Whether what was held back of its last line is to be read now: nobody is writing to it any more. */
  #isDue(file: SourceFile, { reading }: FileRecord): boolean {
    return (JSON.parse(reading) as FileReading).heldBack === true && !this.#holdsBack(file);
  }

  #loseRest(unmatched: ReadonlySet<FileRecord>, files: readonly SourceFile[]): void {
    this.#lost = [...unmatched].flatMap((record) => {
      const now = files.find((file) => this.#sourceOf(file) === record.source && file.path === record.path);
      const { id, source, path } = record;
      const isExpired = !now && this.#removed.has(record.sha256);
      // Whatever a file holds now began with nothing.
      if ((now && record.contentBytes === 0) || (isExpired && this.#forgets)) {
        this.#store.writer.removeFile(id);
        return [];
      }
      this.#store.writer.updateFile(id, { source, path, state: now ? 'replaced' : 'absent' });
      return isExpired ? [] : [{ record, now }];
    });
  }
}
