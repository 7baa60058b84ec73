/**
 * Text search, ignoring case, in what a person would read (decoded values) and in the raw bytes.
 *
 * Blocks of content are unpacked and gone through by the thread's scanner. A segment's filter, where it has been made,
 * says of each block which 4-grams occur in it, so that most blocks are passed over where the text is rare.
 */
import { decodeBlock, freeContent } from '../base/block-codec.ts';
import { openScanner } from './content-scanner.ts';
import type { Database } from './database.ts';
import { GRAM_SLOTS, type Needle } from './needle.ts';
import type { SegmentHead, Segments } from './segments.ts';

const FILTER_BYTES = GRAM_SLOTS / 8;
const NEWLINE = 0x0a;

/** Rows of a segment that contain the needle, ascending. */
export function findRows(
  db: Database,
  segments: Segments,
  segment: SegmentHead,
  needle: Needle,
): Uint32Array {
  const blocks = listBlocks(db, segment);
  const mayHold = readFilter(db, segment, needle, blocks.length);
  const readBlock = openBlocks(db);
  const scanner = openScanner();
  scanner.aim(needle);
  const found: number[] = [];
  let rows: RowWalk | undefined;
  // Places count from the segment's start; before `from` all has been found.
  let from = 0;
  // Bytes at the end of the block before that a line runs on from.
  let kept = 0;
  for (const [i, block] of blocks.entries()) {
    if (!mayHold(i)) {
      kept = 0;
      continue;
    }
    const content = readBlock(block);
    const isWhole = content.at(-1) === NEWLINE;
    scanner.load(content, kept);
    freeContent(content);
    const base = block.offsetBytes - segment.offsetBytes - kept;
    kept = isWhole ? 0 : Math.min(scanner.length, needle.maxBytes - 1);
    for (let at = scanner.find(Math.max(from - base, 0)); at >= 0; at = scanner.find(from - base)) {
      rows ??= new RowWalk(segments, segment);
      if (!rows.goTo(base + at)) return Uint32Array.from(found).sort();
      const start = rows.start - base;
      const end = rows.end - base;
      if (at < start) {
        from = rows.start;
      } else if (needle.isPlain ? at + needle.maxBytes <= end : scanner.has(start, end)) {
        found.push(rows.row);
        from = rows.end;
      } else {
        // A row that runs on in the next block may hold the text there.
        from = base + Math.max(at + 1, Math.min(end, scanner.length - kept));
      }
    }
  }
  return Uint32Array.from(found).sort();
}

/** Makes a segment's filter: for each of its blocks the bits, then a byte that is 1 where the block holds whole lines. */
export function makeFilter(db: Database, segment: SegmentHead): Uint8Array {
  const blocks = listBlocks(db, segment);
  const readBlock = openBlocks(db);
  const scanner = openScanner();
  const filter = new Uint8Array(blocks.length * (FILTER_BYTES + 1));
  let isStart = true;
  for (const [i, block] of blocks.entries()) {
    const content = readBlock(block);
    const isEnd = content.at(-1) === NEWLINE || i === blocks.length - 1;
    scanner.load(content, 0);
    filter.set(scanner.listGrams(), i * FILTER_BYTES);
    filter[blocks.length * FILTER_BYTES + i] = isStart && isEnd ? 1 : 0;
    isStart = isEnd;
    freeContent(content);
  }
  return filter;
}

interface BlockHead {
  readonly id: number;
  readonly offsetBytes: number;
  readonly rawBytes: number;
}

function listBlocks(db: Database, { file, offsetBytes, lengthBytes }: SegmentHead): BlockHead[] {
  return db
    .prepare(
      `SELECT id, offset_bytes AS offsetBytes, raw_bytes AS rawBytes FROM block
       WHERE file = ? AND offset_bytes >= ? AND offset_bytes < ? ORDER BY offset_bytes`,
    )
    .all(file, offsetBytes, offsetBytes + lengthBytes) as BlockHead[];
}

/** Gives the content of blocks. */
function openBlocks(db: Database): (head: BlockHead) => Uint8Array {
  const read = db.prepare('SELECT codec, data FROM block WHERE id = ?');
  return ({ id, rawBytes }) => {
    const { codec, data } = read.get(id) as { codec: number; data: Uint8Array };
    const content = decodeBlock({ codec, data, rawBytes });
    if (content !== data) freeContent(data);
    return content;
  };
}

/** Whether a block can hold the needle. Those that share a line with another are always looked into. */
function readFilter(
  db: Database,
  segment: SegmentHead,
  { grams }: Needle,
  blocks: number,
): (block: number) => boolean {
  const filter =
    grams.length === 0
      ? undefined
      : (db.prepare('SELECT bits FROM text_filter WHERE segment = ?').pluck().get(segment.id) as
          | Uint8Array
          | undefined);
  if (!filter) return () => true;
  return (block) =>
    filter[blocks * FILTER_BYTES + block] === 0 ||
    grams.every((slot) => (filter[block * FILTER_BYTES + (slot >> 3)]! & (1 << (slot & 7))) !== 0);
}

/** Goes through a segment's rows by their places: lines may stand in another order than their times. */
class RowWalk {
  readonly #offset: Uint32Array;
  readonly #length: Uint32Array;
  readonly #order: Uint32Array | undefined;
  #at = 0;

  constructor(segments: Segments, segment: SegmentHead) {
    this.#offset = segments.column(segment, 'offset');
    this.#length = segments.column(segment, 'length');
    this.#order = orderByOffset(this.#offset);
  }

  get row(): number {
    return this.#order ? this.#order[this.#at]! : this.#at;
  }

  get start(): number {
    return this.#offset[this.row]!;
  }

  get end(): number {
    return this.start + this.#length[this.row]!;
  }

  /** To the first row that ends behind the place, which is none before the one before; false where there is none. */
  goTo(place: number): boolean {
    while (this.#at < this.#offset.length && this.end <= place) this.#at++;
    return this.#at < this.#offset.length;
  }
}

/** Undefined where the rows are in the order of their places. */
function orderByOffset(offset: Uint32Array): Uint32Array | undefined {
  for (let row = 1; row < offset.length; row++) {
    if (offset[row]! >= offset[row - 1]!) continue;
    return Uint32Array.from({ length: offset.length }, (_, i) => i).sort((a, b) => offset[a]! - offset[b]!);
  }
  return undefined;
}
