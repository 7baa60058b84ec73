/** A temporary file, outside the evidence, for state beyond the memory budget. Unlinked on close; made on first use. */
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert } from './assert.ts';

export class SpillFile {
  readonly #parent: string;
  #directory: string | undefined;
  #fd = -1;
  #end = 0;

  /** `directory`: where the file is made; the system's temporary directory unless told. */
  constructor(directory: string = tmpdir()) {
    this.#parent = directory;
  }

  /** Bytes written so far. */
  get size(): number {
    return this.#end;
  }

  /** Appends the arrays' bytes and gives the place of the first. */
  append(arrays: readonly ArrayBufferView[]): number {
    if (this.#fd < 0) {
      this.#directory = mkdtempSync(join(this.#parent, 'unbroken-'));
      this.#fd = openSync(join(this.#directory, 'spill'), 'wx+', 0o600);
    }
    const start = this.#end;
    for (const array of arrays) {
      const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
      let done = 0;
      while (done < bytes.length)
        done += writeSync(this.#fd, bytes, done, bytes.length - done, this.#end + done);
      this.#end += bytes.length;
    }
    return start;
  }

  /** Its descriptor, for `readSpilled` in any thread; -1 while there is nothing in it. */
  get descriptor(): number {
    return this.#fd;
  }

  close(): void {
    if (this.#fd >= 0) closeSync(this.#fd);
    this.#fd = -1;
    if (this.#directory !== undefined) rmSync(this.#directory, { recursive: true, force: true });
    this.#directory = undefined;
  }
}

/** Fills the arrays from the place `start` of a spill file on, in the order they were appended. */
export function readSpilled(descriptor: number, start: number, arrays: readonly ArrayBufferView[]): void {
  let at = start;
  for (const array of arrays) {
    const bytes = new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(descriptor, bytes, done, bytes.length - done, at + done);
      assert(read > 0, 'the spill file holds what was written to it');
      done += read;
    }
    at += bytes.length;
  }
}
