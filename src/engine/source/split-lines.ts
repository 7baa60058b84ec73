/**
 * Chunks of content in, runs of whole lines out (pure).
 *
 * Guaranteed, whatever the chunking: the concatenation of all runs' bytes is the content; lines end at `\n` and
 * nowhere else (U+2028, U+0085 and a lone CR are data); a last line without `\n` is a line. A line of more than
 * `maxLineBytes`, its `\n` included, comes as one `head` of exactly that many bytes and `rest` pieces.
 *
 * Not copied where it can be avoided: a run's bytes lie in the chunk's own buffer and are valid only until the next
 * run is asked for. A line cut across chunks is completed in the free room that a chunk has before its first byte.
 */
import { type Lines, MAX_LINE_BYTES } from '../batch.ts';
import type { LineStart } from './open-source.ts';

const NEWLINE = 10;

/** Bytes `[start, end)` of `buffer` are content; those before `start` may be overwritten by whoever takes the chunk. */
export interface Chunk {
  readonly buffer: Buffer;
  readonly start: number;
  readonly end: number;
}

/** Cuts one content into lines; use one splitter a file, `split` for each chunk in order, then `finish`. */
export class LineSplitter {
  readonly #maxLineBytes: number;
  /** The unfinished line before the next chunk; only the first `#carried` bytes count. */
  #carry = Buffer.alloc(0);
  #carried = 0;
  /** Whether the head of an over-long line is out and its end is not. */
  #inside = false;
  #line = 1;
  #offsetBytes = 0;
  #lastByte = NEWLINE;
  #ends = new Uint32Array(8192);

  /** `after`: where the first chunk begins, where that is not the content's beginning. */
  constructor(maxLineBytes = MAX_LINE_BYTES, after: LineStart = { bytes: 0, lines: 0 }) {
    this.#maxLineBytes = maxLineBytes;
    this.#offsetBytes = after.bytes;
    this.#line = after.lines + 1;
  }

  /** Lines seen so far; the unfinished one counts once `finish` was gone through. */
  get lines(): number {
    return this.#line - 1 + (this.#inside ? 1 : 0);
  }

  /** Whether the content ends with `\n` (an empty content does not). */
  get endsWithNewline(): boolean {
    return this.#offsetBytes > 0 && this.#lastByte === NEWLINE;
  }

  /** Takes the next chunk and gives the runs that it completes. */
  *split(chunk: Chunk): Generator<Lines, void, undefined> {
    const { buffer, end } = chunk;
    let at = chunk.start;
    if (at === end) return;
    if (this.#inside) {
      const newline = indexOfNewline(buffer, at, end);
      const stop = newline < 0 ? end : newline + 1;
      yield this.#piece('rest', buffer.subarray(at, stop));
      if (newline < 0) return;
      this.#inside = false;
      this.#line++;
      at = stop;
    }
    if (this.#carried > 0) {
      if (this.#carried <= at) {
        at -= this.#carried;
        this.#carry.copy(buffer, at, 0, this.#carried);
        this.#carried = 0;
      } else {
        // No room before the chunk: the line is completed in the carry and is a run by itself.
        const newline = indexOfNewline(buffer, at, end);
        const stop = newline < 0 ? end : newline + 1;
        this.#keep(buffer, at, stop);
        at = stop;
        if (newline >= 0 || this.#carried > this.#maxLineBytes) {
          const line = this.#carry.subarray(0, this.#carried);
          this.#carried = 0;
          yield* this.#cut(line, 0, line.length);
        }
      }
    }
    yield* this.#cut(buffer, at, end);
  }

  /** Gives the last line where it has no newline; to be called once, after the last chunk. */
  *finish(): Generator<Lines, void, undefined> {
    if (this.#inside) {
      this.#inside = false;
      this.#line++;
    }
    if (this.#carried === 0) return;
    const line = this.#carry.subarray(0, this.#carried);
    this.#carried = 0;
    yield this.#run(line, Uint32Array.of(line.length), 1);
  }

  /** Gives the runs of `buffer[start, end)`, of which `start` is a line's beginning, and keeps what is unfinished. */
  *#cut(buffer: Buffer, start: number, end: number): Generator<Lines, void, undefined> {
    if (start === end) return;
    if (end - start > this.#maxLineBytes) return yield* this.#cutEach(buffer, start, end);
    const stop = Math.max(buffer.lastIndexOf(NEWLINE, end - 1) + 1, start);
    // The carry is filled first: the consumer may have the chunk overwritten once it holds the run.
    if (stop < end) this.#keep(buffer, stop, end);
    if (stop === start) return;
    const run = createRun(buffer.subarray(start, stop), this.#line, this.#offsetBytes);
    this.#pass(run.bytes);
    yield run;
    this.#line += run.count;
  }

  /** The same where a line may be over-long, line by line. */
  *#cutEach(buffer: Buffer, start: number, end: number): Generator<Lines, void, undefined> {
    let first = start;
    let at = start;
    let count = 0;
    while (at < end) {
      const newline = indexOfNewline(buffer, at, end);
      const stop = newline < 0 ? end : newline + 1;
      if (stop - at > this.#maxLineBytes) {
        if (count > 0) yield this.#run(buffer.subarray(first, at), this.#ends.slice(0, count), count);
        const head = at + this.#maxLineBytes;
        yield this.#piece('head', buffer.subarray(at, head));
        yield this.#piece('rest', buffer.subarray(head, stop));
        if (newline < 0) {
          this.#inside = true;
          return;
        }
        this.#line++;
        first = stop;
        count = 0;
      } else if (newline < 0) {
        break;
      } else {
        if (count === this.#ends.length) this.#growEnds();
        this.#ends[count++] = stop - first;
      }
      at = stop;
    }
    if (at < end) this.#keep(buffer, at, end);
    if (count > 0) yield this.#run(buffer.subarray(first, at), this.#ends.slice(0, count), count);
  }

  #run(bytes: Buffer, ends: Uint32Array, count: number): Lines {
    const run: Lines = {
      bytes,
      count,
      ends,
      firstLine: this.#line,
      offsetBytes: this.#offsetBytes,
      piece: 'whole',
    };
    this.#line += count;
    this.#pass(bytes);
    return run;
  }

  /** A piece of an over-long line; the line's number is passed by whoever sees its end. */
  #piece(piece: 'head' | 'rest', bytes: Buffer): Lines {
    const ends = piece === 'head' ? Uint32Array.of(bytes.length) : new Uint32Array(0);
    const run: Lines = {
      bytes,
      count: ends.length,
      ends,
      firstLine: this.#line,
      offsetBytes: this.#offsetBytes,
      piece,
    };
    this.#pass(bytes);
    return run;
  }

  #pass(bytes: Uint8Array): void {
    this.#offsetBytes += bytes.length;
    this.#lastByte = bytes[bytes.length - 1]!;
  }

  #keep(buffer: Buffer, start: number, end: number): void {
    const needed = this.#carried + end - start;
    if (needed > this.#carry.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#carry.length * 2, 4096));
      this.#carry.copy(grown, 0, 0, this.#carried);
      this.#carry = grown;
    }
    buffer.copy(this.#carry, this.#carried, start, end);
    this.#carried = needed;
  }

  #growEnds(): void {
    const grown = new Uint32Array(this.#ends.length * 2);
    grown.set(this.#ends);
    this.#ends = grown;
  }
}

/** Whole lines, whose ends are looked for where somebody asks. */
function createRun(bytes: Buffer, firstLine: number, offsetBytes: number): Lines {
  let ends: Uint32Array | undefined;
  let counted: number | undefined;
  return {
    bytes,
    firstLine,
    offsetBytes,
    piece: 'whole',
    get ends() {
      ends ??= findEnds(bytes);
      return ends;
    },
    get count() {
      return counted ?? this.ends.length;
    },
    set count(lines) {
      counted = lines;
    },
  };
}

function findEnds(bytes: Buffer): Uint32Array {
  const ends: number[] = [];
  for (let at = 0; at < bytes.length; at = ends.at(-1)!) ends.push(bytes.indexOf(NEWLINE, at) + 1);
  return Uint32Array.from(ends);
}

/** `Buffer.indexOf` is `memchr` (11 GB/s); it has no end, so what lies beyond `end` does not count. */
function indexOfNewline(buffer: Buffer, start: number, end: number): number {
  const at = buffer.indexOf(NEWLINE, start);
  return at < end ? at : -1;
}
