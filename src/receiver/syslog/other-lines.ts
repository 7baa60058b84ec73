/**
 * Messages that are no entries, kept apart from the spool: a relay's own lines, other programs'. JSON lines in
 * `other/lines.jsonl` of the data directory; when that is full it becomes `lines.1.jsonl`, in the place of the one
 * before. Nothing depends on them: they are not synced, and where they cannot be written they are only counted.
 */
import { mkdirSync, statSync } from 'node:fs';
import { appendFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface OtherLine {
  readonly sender: string;
  readonly transport: string;
  readonly peer: string;
  readonly message: Buffer;
}

/** What may wait for the disk. */
const MAX_WAITING_CHARS = 1024 * 1024;

export class OtherLines {
  readonly #file: string;
  readonly #full: string;
  readonly #maxBytes: number;
  readonly #onError: (error: unknown) => void;
  #bytes: number;
  #waiting: string[] = [];
  #waitingChars = 0;
  #running: Promise<void> | undefined;

  /** `maxBytes`: of both files together. */
  constructor(data: string, maxBytes: number, onError: (error: unknown) => void) {
    const directory = join(data, 'other');
    mkdirSync(directory, { recursive: true });
    this.#file = join(directory, 'lines.jsonl');
    this.#full = join(directory, 'lines.1.jsonl');
    this.#maxBytes = maxBytes;
    this.#onError = onError;
    this.#bytes = statSync(this.#file, { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Returns whether it will be written. */
  keep({ message, ...from }: OtherLine): boolean {
    if (this.#waitingChars > MAX_WAITING_CHARS) return false;
    const line = `${JSON.stringify({ receivedAt: new Date().toISOString(), ...from, message: message.toString('utf8') })}\n`;
    this.#waiting.push(line);
    this.#waitingChars += line.length;
    this.#running ??= this.#run();
    return true;
  }

  /** Writes what waits. */
  async close(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const bytes = Buffer.from(this.#waiting.join(''));
      this.#waiting = [];
      this.#waitingChars = 0;
      try {
        if (this.#bytes + bytes.length > this.#maxBytes / 2 && this.#bytes > 0) {
          await rename(this.#file, this.#full);
          this.#bytes = 0;
        }
        await appendFile(this.#file, bytes, { mode: 0o600 });
        this.#bytes += bytes.length;
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#running = undefined;
  }
}
