/**
 * The few operations on files that durability depends on, apart so that a test can put a disk in their place that is
 * full, that fails, or that forgets whatever was not synced.
 */
import { mkdirSync, writeSync } from 'node:fs';
import { type FileHandle, open, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

/** A file that is only ever appended to. */
export interface AppendFile {
  /** Bytes in it, those that were not synced included. */
  readonly sizeBytes: number;
  /** Appends; after a failure `sizeBytes` tells how much of it got there. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves when all that was appended is on the disk. */
  sync(): Promise<void>;
  /** Cuts off what is behind this place. */
  cut(toBytes: number): Promise<void>;
  close(): Promise<void>;
}

export interface FileLayer {
  /** Opens a file, made where it is not; then its name is on the disk too. */
  openAppend(path: string): Promise<AppendFile>;
  /** Bytes that may still be written on the directory's disk. */
  readFreeBytes(directory: string): Promise<number>;
}

/** The disk. */
export const diskFiles: FileLayer = {
  async openAppend(path) {
    mkdirSync(dirname(path), { recursive: true });
    // Not `a`: on some systems a cut file would then be written to behind its end.
    const file = await open(path, 'r+').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return open(path, 'wx+', 0o600);
    });
    await syncDirectory(dirname(path));
    await syncDirectory(dirname(dirname(path)));
    return new DiskFile(file, (await file.stat()).size);
  },
  async readFreeBytes(directory) {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize;
  },
};

class DiskFile implements AppendFile {
  readonly #file: FileHandle;
  #sizeBytes: number;

  constructor(file: FileHandle, sizeBytes: number) {
    this.#file = file;
    this.#sizeBytes = sizeBytes;
  }

  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  /** Here and now: it goes to the system's memory, which is quicker than a thread can be asked for it. The sync waits. */
  async append(bytes: Uint8Array): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const written = writeSync(this.#file.fd, bytes, done, bytes.length - done, this.#sizeBytes);
      done += written;
      this.#sizeBytes += written;
    }
  }

  async sync(): Promise<void> {
    await this.#file.datasync();
  }

  async cut(toBytes: number): Promise<void> {
    await this.#file.truncate(toBytes);
    this.#sizeBytes = toBytes;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

/** Puts a directory's names on the disk. Windows has no such thing, and needs none. */
export async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
