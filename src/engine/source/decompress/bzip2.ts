/**
 * The bzip2 format, by the block decoder of unbzip2-stream. The package's stream collects each block as an array of
 * numbers and drops what preceded a damage, so its decoder is driven directly.
 */
import bzip2 from 'unbzip2-stream/lib/bzip2.js';
import { createDamaged, createTruncated } from '../source-error.ts';
import { type ByteCursor, expectPadding } from './byte-cursor.ts';

/** More than any valid block of the largest size takes: 900 000 symbols of at most 20 bits, and its tables. */
const MAX_BLOCK_BYTES = 2_600_000;
const BLOCK_UNIT_BYTES = 100_000;

/** Decompresses all streams of a bzip2 file. Throws SourceError. */
export async function* readBzip2(input: ByteCursor): AsyncGenerator<Buffer, void> {
  for (let stream = 0; ; stream++) {
    const magic = Buffer.from(await input.peek(4));
    if (stream > 0 && magic.toString('latin1', 0, 3) !== 'BZh') return await expectPadding(input);
    yield* readStream(input);
  }
}

/** One stream: a header, blocks that do not begin at byte boundaries, and the checksum over all blocks. */
async function* readStream(input: ByteCursor): AsyncGenerator<Buffer, void> {
  let bit = 0;
  let sum: number | null = 0;
  let work: Int32Array | undefined;
  const output = new BlockOutput();
  while (sum !== null) {
    const bits = new BitReader(await input.peek(MAX_BLOCK_BYTES), bit);
    try {
      if (work === undefined) work = new Int32Array(bzip2.header(bits.read) * BLOCK_UNIT_BYTES);
      sum = bzip2.decompress(bits.read, output.write, work, work.length, sum);
    } catch (error) {
      // A block's checksum stands behind it: what came out of a damaged block is not known to be right.
      throw bits.exhausted ? createTruncated(error) : createDamaged(error);
    }
    yield* output.take();
    await input.skip(bits.at >>> 3);
    bit = bits.at & 7;
  }
}

/** Reads bits, the highest of each byte first, from bytes that are all there. */
class BitReader {
  /** Place of the next bit. */
  at: number;
  /** Whether more was asked for than there is. */
  exhausted = false;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  /** Gives the next `count` (up to 32) bits; null goes on to the next whole byte. */
  readonly read = (count: number | null): number => {
    if (count === null) {
      this.at = (this.at + 7) & ~7;
      return 0;
    }
    let at = this.at;
    let left = count;
    let value = 0;
    if (at + count > this.#bytes.length * 8) {
      this.exhausted = true;
      throw new RangeError('no more bits');
    }
    while (left > 0) {
      const room = 8 - (at & 7);
      const taken = Math.min(left, room);
      value = (value << taken) | ((this.#bytes[at >>> 3]! >>> (room - taken)) & ((1 << taken) - 1));
      at += taken;
      left -= taken;
    }
    this.at = at;
    return value;
  };
}

/** Collects a block's bytes, given one at a time: up to 46 MB where all are equal. */
class BlockOutput {
  readonly #full: Buffer[] = [];
  #buffer = Buffer.allocUnsafe(1024 * 1024);
  #filled = 0;

  readonly write = (byte: number): void => {
    if (this.#filled === this.#buffer.length) {
      this.#full.push(this.#buffer);
      this.#buffer = Buffer.allocUnsafe(this.#buffer.length);
      this.#filled = 0;
    }
    this.#buffer[this.#filled++] = byte;
  };

  *take(): Generator<Buffer, void> {
    yield* this.#full.splice(0);
    if (this.#filled > 0) yield this.#buffer.subarray(0, this.#filled);
    this.#filled = 0;
  }
}
