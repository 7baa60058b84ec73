/** Going through a stream of chunks by any number of bytes. */
import { SourceError } from '../source-error.ts';

/** Reads from chunks that are valid until the next is asked for; what it gives out is valid as long. */
export class ByteCursor {
  readonly #chunks: AsyncIterator<Buffer, void>;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;
  #ended = false;
  #consumed = 0;

  constructor(chunks: AsyncIterator<Buffer, void>) {
    this.#chunks = chunks;
  }

  /** Bytes gone past so far. */
  get consumed(): number {
    return this.#consumed;
  }

  /** Gives between 1 and `limit` bytes and goes past them; undefined at the end. */
  async next(limit: number): Promise<Buffer | undefined> {
    if (this.#at === this.#chunk.length) {
      const chunk = await this.#fetch();
      if (chunk === undefined) return undefined;
      this.#chunk = chunk;
      this.#at = 0;
    }
    const part = this.#chunk.subarray(this.#at, this.#at + limit);
    this.#at += part.length;
    this.#consumed += part.length;
    return part;
  }

  /** Goes back by bytes of the part that `next` gave last. */
  unread(count: number): void {
    this.#at -= count;
    this.#consumed -= count;
  }

  /** Gives the next `count` bytes, fewer only at the end, without going past them. */
  async peek(count: number): Promise<Buffer> {
    while (this.#chunk.length - this.#at < count) {
      // A copy: asking for the next chunk ends the validity of this one.
      this.#chunk = Buffer.from(this.#chunk.subarray(this.#at));
      this.#at = 0;
      const next = await this.#fetch();
      if (next === undefined) break;
      this.#chunk = this.#chunk.length > 0 ? Buffer.concat([this.#chunk, next]) : next;
    }
    return this.#chunk.subarray(this.#at, this.#at + count);
  }

  /** Gives the next `count` bytes and goes past them; fewer only at the end. */
  async take(count: number): Promise<Buffer> {
    const part = await this.peek(count);
    this.#at += part.length;
    this.#consumed += part.length;
    return part;
  }

  /** Goes past `count` bytes, or to the end. */
  async skip(count: number): Promise<void> {
    for (let left = count; left > 0; ) {
      const part = await this.next(left);
      if (part === undefined) return;
      left -= part.length;
    }
  }

  /** Lets go of the chunks' source. */
  async close(): Promise<void> {
    this.#ended = true;
    this.#chunk = Buffer.alloc(0);
    this.#at = 0;
    await this.#chunks.return?.();
  }

  /** Gives the next chunk that is not empty. */
  async #fetch(): Promise<Buffer | undefined> {
    while (!this.#ended) {
      const step = await this.#chunks.next();
      if (step.done) this.#ended = true;
      else if (step.value.length > 0) return step.value;
    }
    return undefined;
  }
}

/** Goes through what follows the end of compressed content: nothing, or zeros that pad a tape or a sector. */
export async function expectPadding(input: ByteCursor): Promise<void> {
  const at = input.consumed;
  for (;;) {
    const part = await input.next(64 * 1024);
    if (part === undefined) return;
    if (part.some((byte) => byte !== 0))
      throw new SourceError('trailing-bytes', `bytes that are not compressed content follow at byte ${at}`);
  }
}
