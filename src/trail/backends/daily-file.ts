/**
 * A file of lines that several processes append to, one day in each: `audit.jsonl` holds the current day, and becomes
 * `audit.jsonl.2024-01-15` when the first line of a later day comes.
 *
 * - A line goes to the file of its own day, also where another process has begun the next one already. A line whose file
 *   has been renamed since it was opened is still written to the right day: the open file goes with its name.
 * - Opening, renaming and a file's first line happen under a lock (`audit.jsonl.lock`), so that all agree on its day. Where
 *   the lock is not to be had within two seconds, or at all, the file is appended to and not rotated.
 * - Lines are written whole: one, or those that wait together, in one write in append mode. A torn end, of a process that was killed or of a full disk, is closed with a
 *   newline before the next line.
 * - A file that was renamed, removed or cut short by another program is noticed before the next batch of lines.
 */
import { type FileHandle, mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type HeldLock, waitForLock } from './lock-file.ts';

const LOCK_WAIT_MS = 2_000;
/** Where the lock was not to be had, it is left alone for so long: nobody is to wait at every line. */
const LOCK_PAUSE_MS = 60_000;
/** An end that is torn for so long stays torn: a write takes microseconds. */
const TORN_FOR_MS = 20;
const FILE_MODE = 0o640;
const FOLDER_MODE = 0o750;
/** Enough for the first line of a file, whose time tells its day. */
const FIRST_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

interface OpenFile {
  readonly handle: FileHandle;
  readonly device: bigint;
  readonly inode: bigint;
  /** The day of its lines. */
  readonly day: string;
  /** Where it ends, as far as this process knows. */
  end: number;
  /** It does not end with a newline. */
  isTorn: boolean;
}

export class DailyFile {
  readonly #path: string;
  readonly #nativeBinding: string | undefined;
  #current: OpenFile | undefined;
  #noLockUntil = Number.NEGATIVE_INFINITY;

  constructor(path: string, nativeBinding?: string) {
    this.#path = path;
    this.#nativeBinding = nativeBinding;
  }

  /** Notices what others did to the file; to be called before each batch of lines. */
  async look(): Promise<void> {
    if (this.#current && !(await isInPlace(this.#path, this.#current))) await this.close();
  }

  /** Appends lines of this day, each with its newline. One call at a time. */
  async append(day: string, lines: Uint8Array): Promise<void> {
    const current = this.#current;
    if (current && (day <= current.day || !this.#mayLock())) {
      await this.#put(current, day, lines);
      return;
    }
    await mkdir(dirname(this.#path), { recursive: true, mode: FOLDER_MODE });
    const lock = await this.#lock();
    try {
      await this.close();
      this.#current = await this.#openCurrent(day, lock !== undefined);
      await this.#put(this.#current, day, lines);
    } finally {
      lock?.release();
    }
  }

  /** Waits until the disk has what was appended to the current file. */
  async sync(): Promise<void> {
    await this.#current?.handle.datasync();
  }

  /** What was appended is synced first: nobody can do so later. */
  async close(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    try {
      await current?.handle.datasync();
    } finally {
      await current?.handle.close();
    }
  }

  async #put(current: OpenFile, day: string, lines: Uint8Array): Promise<void> {
    if (day >= current.day) {
      await writeLines(current, lines);
      return;
    }
    const past = await openFile(`${this.#path}.${day}`, day);
    try {
      await writeLines(past, lines);
    } finally {
      await past.handle.close();
    }
  }

  async #openCurrent(day: string, mayRotate: boolean): Promise<OpenFile> {
    const found = await openFile(this.#path, day);
    if (!mayRotate || found.day >= day) return found;
    await found.handle.close();
    await rename(this.#path, await findFreeName(`${this.#path}.${found.day}`));
    return openFile(this.#path, day);
  }

  #mayLock(): boolean {
    return performance.now() >= this.#noLockUntil;
  }

  /** A folder that only allows appending to a file that exists has no room for a lock, and none for a rotation. */
  async #lock(): Promise<HeldLock | undefined> {
    if (!this.#mayLock()) return undefined;
    const lock = await waitForLock(`${this.#path}.lock`, LOCK_WAIT_MS, this.#nativeBinding).catch(
      () => undefined,
    );
    if (!lock) this.#noLockUntil = performance.now() + LOCK_PAUSE_MS;
    return lock;
  }
}

async function openFile(path: string, dayIfEmpty: string): Promise<OpenFile> {
  const handle = await open(path, 'a+', FILE_MODE);
  try {
    const { dev, ino, mtimeMs } = await handle.stat({ bigint: true });
    const place = await findEnd(handle);
    const day = place.end === 0 ? dayIfEmpty : ((await readFirstDay(handle)) ?? toDay(Number(mtimeMs)));
    return { handle, device: dev, inode: ino, day, ...place };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Whether the path still leads to the open file; takes note of what others have appended to it or cut off. */
async function isInPlace(path: string, file: OpenFile): Promise<boolean> {
  const { dev, ino, size } = await stat(path, { bigint: true }).catch(() => ({ dev: 0n, ino: 0n, size: 0n }));
  if (ino !== file.inode || dev !== file.device) return false;
  if (Number(size) !== file.end) Object.assign(file, await findEnd(file.handle));
  return true;
}

/** Where the file ends, and whether in the middle of a line. A line that another process is just writing is not torn. */
async function findEnd(handle: FileHandle): Promise<Pick<OpenFile, 'end' | 'isTorn'>> {
  for (let before = -1; ; ) {
    const { size: end } = await handle.stat();
    if (end === 0 || (await readByte(handle, end - 1)) === NEWLINE) return { end, isTorn: false };
    if (end === before) return { end, isTorn: true };
    before = end;
    await pause(TORN_FOR_MS);
  }
}

async function writeLines(file: OpenFile, lines: Uint8Array): Promise<void> {
  const bytes = file.isTorn ? Buffer.concat([Buffer.of(NEWLINE), lines]) : lines;
  const { bytesWritten } = await file.handle.write(bytes);
  file.end += bytesWritten;
  file.isTorn = bytesWritten < bytes.length && (bytesWritten > 0 || file.isTorn);
  if (bytesWritten < bytes.length) await finishLines(file, bytes, bytesWritten);
}

/** A part was written: the rest follows, from the line's begin on where another process has appended in between. */
async function finishLines(file: OpenFile, bytes: Uint8Array, written: number): Promise<void> {
  const { size } = await file.handle.stat();
  const tail = Buffer.alloc(written);
  await file.handle.read(tail, 0, written, Math.max(0, size - written));
  const rest = tail.equals(bytes.subarray(0, written))
    ? bytes.subarray(written)
    : Buffer.concat([Buffer.of(NEWLINE), bytes.subarray(bytes.lastIndexOf(NEWLINE, written - 1) + 1)]);
  const { bytesWritten } = await file.handle.write(rest);
  file.end += bytesWritten;
  if (bytesWritten < rest.length) throw new Error('only a part could be written');
  file.isTorn = false;
}

async function readByte(handle: FileHandle, at: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(1), 0, 1, at);
  return bytesRead === 1 ? buffer[0] : undefined;
}

/** The day of the first line that has a time. */
async function readFirstDay(handle: FileHandle): Promise<string | undefined> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(FIRST_BYTES), 0, FIRST_BYTES, 0);
  return /"ts": ?"(\d{4}-\d\d-\d\d)T/.exec(buffer.toString('latin1', 0, bytesRead))?.[1];
}

function toDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A file of that name may be there, of another program or of a clock that was set back: it is never replaced. */
async function findFreeName(name: string): Promise<string> {
  for (let number = 0; ; number++) {
    const candidate = number === 0 ? name : `${name}.${number}`;
    const isFree = await stat(candidate).then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
    );
    if (isFree) return candidate;
  }
}
