/** One file, from bytes to batches: source and parse, joined, and packing for the store. Runs in the caller's thread or in a read thread. */
import { BLOCK_BYTES, encodeBlock } from '../base/block-codec.ts';
import type { Batch, Block, Lines } from '../batch.ts';
import { LineParser } from '../parse/parse-lines.ts';
import { type FileReading, type LineStart, readLines, type SourceFile } from '../source/open-source.ts';
import { type PackedBatch, packBatch } from '../store/pack-batch.ts';
import { type BatchCount, countBatch } from './count-batch.ts';

export interface ReadOptions {
  /** Keep the content: every batch comes along, with its stretch in compressed blocks. */
  readonly keep: boolean;
  /** Nothing is salvaged from a last line that may still be written; the reading tells. */
  readonly holdsBack?: boolean | undefined;
  /** What is before this line is hashed only: it was read before. */
  readonly after?: LineStart | undefined;
  /** What reads them instead of `readLines`; then neither `after` nor `onBytes` is heeded. */
  readonly lines?: AsyncGenerator<Lines, FileReading> | undefined;
  readonly signal: AbortSignal;
  /** Told of stored bytes read so far. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Awaited every few milliseconds of work, for a thread that has other things to do. */
  readonly pause?: (() => Promise<void>) | undefined;
}

/** What was read of a batch's stretch. */
export interface ReadBatch {
  readonly count: BatchCount;
  /** With `keep`. */
  readonly batch: PackedBatch | undefined;
}

/** The last reader's parser, for the next file of this thread: its columns need not grow again. */
let idle: LineParser | undefined;

/** Reads a file's batches in order; what is known of the file as a whole comes back at the end. */
export async function* readBatches(
  file: SourceFile,
  options: ReadOptions,
): AsyncGenerator<ReadBatch, FileReading> {
  const parser = idle ?? new LineParser();
  idle = undefined;
  parser.start(file.index, { onlyNodes: !options.keep, holdsBack: options.holdsBack ?? false });
  const content = options.keep ? new BlockBuilder() : undefined;
  const tell = (batch: Batch): ReadBatch => ({
    count: countBatch(batch),
    batch: content && packBatch({ ...batch, blocks: content.take() }),
  });
  const { signal, onBytes, after } = options;
  const lines = options.lines ?? readLines(file, { signal, onBytes, after });
  for (;;) {
    const step = await lines.next();
    if (step.done) {
      const last = parser.takeBatch();
      if (last) yield tell(last);
      idle = parser;
      return parser.hasHeldBack ? { ...step.value, heldBack: true } : step.value;
    }
    content?.add(step.value.bytes);
    const batch = parser.addLines(step.value);
    if (batch) yield tell(batch);
    await options.pause?.();
  }
}

/**
 * Cuts a stretch of content into blocks as it passes; at the end of a line, so that a search finds every line whole
 * within one block, unless a line is longer than a block.
 */
class BlockBuilder {
  #blocks: Block[] = [];
  readonly #pending = new Uint8Array(BLOCK_BYTES);
  #filled = 0;

  add(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const part = bytes.subarray(at, at + BLOCK_BYTES - this.#filled);
      this.#pending.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled === BLOCK_BYTES) this.#encode(this.#pending.lastIndexOf(0x0a) + 1 || BLOCK_BYTES);
    }
  }

  /** The blocks since the last call; the next stretch begins a block of its own. */
  take(): Block[] {
    if (this.#filled > 0) this.#encode(this.#filled);
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }

  #encode(end: number): void {
    this.#blocks.push(encodeBlock(this.#pending.subarray(0, end)));
    this.#pending.copyWithin(0, end, this.#filled);
    this.#filled -= end;
  }
}
