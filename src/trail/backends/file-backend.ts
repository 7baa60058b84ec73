/** The file backend: entries as lines of JSON, a file a UTC day. */
import type { Backend, RecordedEntry } from '../backend.ts';
import { DailyFile } from './daily-file.ts';
import { Health } from './health.ts';
import { Outcomes, withinDeadline } from './outcomes.ts';

/** When the disk is waited for: before each `write` resolves, once a second, or not until a file is closed. */
export type FsyncPolicy = 'always' | 'second' | 'never';

export interface FileBackendOptions {
  /** The file of the current day. */
  readonly path: string;
  /** `second` where left out. */
  readonly fsync?: FsyncPolicy;
  /** Where the status file goes that tells other processes of failures. */
  readonly statusFolder?: string;
  /** better-sqlite3's addon, where the runtime needs another than the packaged one: the lock stands on it. */
  readonly nativeBinding?: string;
}

interface Pending {
  readonly entry: RecordedEntry;
  readonly settle: (error?: Error) => void;
}

const SYNC_EVERY_MS = 1_000;
/** Lines between two looks at what others did to the file. */
const BATCH_LINES = 64;
const DAY_LENGTH = 'YYYY-MM-DD'.length;

/** Opens the backend; the file itself is opened at the first entry. */
export function openFileBackend(options: FileBackendOptions): Backend {
  return new FileBackend(options);
}

class FileBackend implements Backend {
  readonly name = 'file';
  readonly #file: DailyFile;
  readonly #health: Health;
  readonly #outcomes = new Outcomes();
  readonly #fsync: FsyncPolicy;
  readonly #pending: Pending[] = [];
  #draining: Promise<void> | undefined;
  #syncTimer: NodeJS.Timeout | undefined;

  constructor({ path, fsync = 'second', statusFolder, nativeBinding }: FileBackendOptions) {
    this.#file = new DailyFile(path, nativeBinding);
    this.#health = new Health('file', { statusFolder });
    this.#fsync = fsync;
  }

  write(entry: RecordedEntry): Promise<void> {
    const written = new Promise<void>((done, reject) => {
      this.#pending.push({ entry, settle: (error) => (error ? reject(error) : done()) });
    });
    this.#outcomes.expect(entry, written);
    this.#draining ??= this.#drain();
    return written;
  }

  async confirm(entry: RecordedEntry, deadlineMs: number): Promise<void> {
    const confirmed = this.#outcomes.confirm(entry, deadlineMs).then(() => this.#file.sync());
    await withinDeadline(confirmed, deadlineMs);
  }

  state() {
    return this.#health.state(this.#pending.length);
  }

  async close(deadlineMs: number): Promise<void> {
    clearTimeout(this.#syncTimer);
    await withinDeadline(this.#finish(), deadlineMs).catch((error: unknown) => this.#health.fail(error));
  }

  async #finish(): Promise<void> {
    await this.#draining;
    if (this.#fsync !== 'never') await this.#file.sync();
    await this.#file.close();
    await this.#health.settle();
  }

  /** Writes what waits, in order. */
  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      const batch = this.#pending.slice(0, BATCH_LINES);
      const errors = await this.#writeBatch(batch);
      this.#pending.splice(0, batch.length);
      for (const [i, { settle }] of batch.entries()) settle(errors[i]);
    }
    this.#draining = undefined;
    if (this.#fsync === 'second') this.#syncLater();
  }

  /** Writes all lines of a day at once; gives an error for each entry that is lost. */
  async #writeBatch(batch: readonly Pending[]): Promise<(Error | undefined)[]> {
    const errors: (Error | undefined)[] = [];
    await this.#file.look().catch(() => {});
    while (errors.length < batch.length) {
      const rest = batch.slice(errors.length).map(({ entry }) => entry);
      const day = rest[0]?.ts.slice(0, DAY_LENGTH) ?? '';
      const other = rest.findIndex(({ ts }) => !ts.startsWith(day));
      const group = other === -1 ? rest : rest.slice(0, other);
      const error = await this.#writeLines(day, group);
      for (const _ of group) errors.push(error);
    }
    return errors;
  }

  async #writeLines(day: string, entries: readonly RecordedEntry[]): Promise<Error | undefined> {
    const bytes = Buffer.from(entries.map(({ line }) => `${line}\n`).join(''));
    try {
      // What fails once may be an open file gone stale; opened anew it is another.
      await this.#file.append(day, bytes).catch(async () => {
        await this.#file.close().catch(() => {});
        await this.#file.append(day, bytes);
      });
      if (this.#fsync === 'always') await this.#file.sync();
      this.#health.succeed(entries.length);
      return undefined;
    } catch (error) {
      return this.#health.fail(error, entries.length);
    }
  }

  #syncLater(): void {
    this.#syncTimer ??= setTimeout(() => {
      this.#syncTimer = undefined;
      this.#file.sync().catch((error: unknown) => this.#health.fail(error));
    }, SYNC_EVERY_MS).unref();
  }
}
