/**
 * A disk for tests: what is appended stays in memory until it is synced, so that whoever stops without a sync has lost
 * it, as a power cut does. It can be full, and its sync can fail.
 */
import { type AppendFile, diskFiles, type FileLayer } from '../../../src/receiver/spool/file-layer.ts';

export class ForgetfulDisk implements FileLayer {
  freeBytes = 1e12;
  /** Appended bytes that fit before the disk is full. */
  roomBytes = Number.POSITIVE_INFINITY;
  syncFails = false;
  syncs = 0;
  /** Called before each step. */
  onStep: (step: 'open' | 'append' | 'sync' | 'synced') => void = () => {};

  async openAppend(path: string): Promise<AppendFile> {
    this.onStep('open');
    return new ForgetfulFile(this, await diskFiles.openAppend(path));
  }

  async readFreeBytes(): Promise<number> {
    return this.freeBytes;
  }
}

class ForgetfulFile implements AppendFile {
  readonly #disk: ForgetfulDisk;
  readonly #file: AppendFile;
  #unsynced = Buffer.alloc(0);

  constructor(disk: ForgetfulDisk, file: AppendFile) {
    this.#disk = disk;
    this.#file = file;
  }

  get sizeBytes(): number {
    return this.#file.sizeBytes + this.#unsynced.length;
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#disk.onStep('append');
    const fits = Math.min(bytes.length, this.#disk.roomBytes);
    this.#disk.roomBytes -= fits;
    this.#unsynced = Buffer.concat([this.#unsynced, bytes.subarray(0, fits)]);
    if (fits < bytes.length) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
  }

  async sync(): Promise<void> {
    this.#disk.onStep('sync');
    if (this.#disk.syncFails) throw Object.assign(new Error('input/output error'), { code: 'EIO' });
    this.#disk.syncs++;
    await this.#file.append(this.#unsynced);
    this.#unsynced = Buffer.alloc(0);
    this.#disk.onStep('synced');
  }

  async cut(toBytes: number): Promise<void> {
    this.#unsynced = this.#unsynced.subarray(0, toBytes - this.#file.sizeBytes);
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}
