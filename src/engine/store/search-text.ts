/**
 * Text search, ignoring case, in what a person would read (decoded values) and in the raw bytes.
 *
 * Blocks of content are unpacked and gone through with the needle's pattern. A segment's filter, where it has been made,
 * says of each block which 4-grams occur in it, so that most blocks are passed over where the text is rare.
 */
import { decodeBlock } from '../base/block-codec.ts';
import type { Database } from './database.ts';
import { type Match, matchOf } from './match-rows.ts';
import { addGrams, compileNeedle, GRAM_SLOTS, type Needle } from './needle.ts';
import type { SegmentHead, Segments } from './segments.ts';

/** Content turned into a string at once: larger ones leave the processor's cache, and took five times as long. */
const WINDOW_BYTES = 32 * 1024;
const FILTER_BYTES = GRAM_SLOTS / 8;
const NEWLINE = 0x0a;

/** The matches that contain the text, found in this thread. */
export function searchText(
  db: Database,
  segments: Segments,
  matches: readonly Match[],
  text: string,
): Match[] {
  const needle = compileNeedle(text);
  return matches.flatMap((match) => keepRows(match, findRows(db, segments, match.segment, needle)) ?? []);
}

/** The match's rows that are among `found`, both ascending; undefined where there are none. */
export function keepRows(match: Match, found: Uint32Array): Match | undefined {
  const rows = match.rows();
  const end = match.firstRow + match.count;
  if (!rows)
    return matchOf(
      match.segment,
      found.filter((row) => row >= match.firstRow && row < end),
    );
  const kept: number[] = [];
  for (let i = 0, j = 0; i < rows.length && j < found.length; ) {
    if (rows[i]! === found[j]!) kept.push(rows[i]!);
    if (rows[i]! <= found[j]!) i++;
    else j++;
  }
  return matchOf(match.segment, Uint32Array.from(kept));
}

/** Rows of a segment that contain the needle, ascending. */
export function findRows(
  db: Database,
  segments: Segments,
  segment: SegmentHead,
  needle: Needle,
): Uint32Array {
  const places = findPlaces(db, segment, needle);
  if (places.length === 0) return new Uint32Array();
  const offset = segments.column(segment, 'offset');
  const length = segments.column(segment, 'length');
  const order = orderByOffset(offset);
  const rows: number[] = [];
  for (let i = 0, at = 0; i < places.length; i += 2) {
    const place = places[i]!;
    while (at + 1 < order.length && offset[order[at + 1]!]! <= place) at++;
    const row = order[at]!;
    const isInside = place >= offset[row]! && place + places[i + 1]! <= offset[row]! + length[row]!;
    if (isInside && rows.at(-1) !== row) rows.push(row);
  }
  return Uint32Array.from(rows).sort();
}

/** Makes a segment's filter: for each of its blocks the bits, then a byte that is 1 where the block holds whole lines. */
export function makeFilter(db: Database, segment: SegmentHead): Uint8Array {
  const blocks = listBlocks(db, segment);
  const filter = new Uint8Array(blocks.length * (FILTER_BYTES + 1));
  let isStart = true;
  for (const [i, block] of blocks.entries()) {
    const content = readBlock(db, block);
    const isEnd = content.at(-1) === NEWLINE || i === blocks.length - 1;
    addGrams(content, filter.subarray(i * FILTER_BYTES, (i + 1) * FILTER_BYTES));
    filter[blocks.length * FILTER_BYTES + i] = isStart && isEnd ? 1 : 0;
    isStart = isEnd;
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

function readBlock(db: Database, { id, rawBytes }: BlockHead): Uint8Array {
  const row = db.prepare('SELECT codec, data FROM block WHERE id = ?').get(id);
  const { codec, data } = row as { codec: number; data: Uint8Array };
  return decodeBlock({ codec, data, rawBytes });
}

/** Places and lengths in turn, ascending, from the segment's start. */
function findPlaces(db: Database, segment: SegmentHead, needle: Needle): number[] {
  const blocks = listBlocks(db, segment);
  const mayHold = readFilter(db, segment, needle, blocks.length);
  const places: number[] = [];
  // The end of the block before, where a line runs on from it.
  let tail = new Uint8Array();
  for (const [i, block] of blocks.entries()) {
    if (!mayHold(i)) {
      tail = new Uint8Array();
      continue;
    }
    const own = readBlock(db, block);
    const content = tail.length === 0 ? own : Buffer.concat([tail, own]);
    addPlaces(content, needle, block.offsetBytes - segment.offsetBytes - tail.length, places);
    tail =
      own.at(-1) === NEWLINE
        ? new Uint8Array()
        : content.slice(Math.max(0, content.length - needle.maxBytes + 1));
  }
  return places;
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

function addPlaces(content: Uint8Array, { pattern, maxBytes }: Needle, at: number, places: number[]): void {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  for (let from = 0; from < bytes.length; from += WINDOW_BYTES) {
    const window = bytes.toString('latin1', from, Math.min(bytes.length, from + WINDOW_BYTES + maxBytes - 1));
    pattern.lastIndex = 0;
    for (let found = pattern.exec(window); found; found = pattern.exec(window)) {
      if (found.index >= WINDOW_BYTES) break;
      places.push(at + from + found.index, found[0].length);
      // One that overlaps may lie wholly inside a row where this one does not.
      pattern.lastIndex = found.index + 1;
    }
  }
}

/** Rows in the order of their places: lines may stand in another order than their times. */
function orderByOffset(offset: Uint32Array): Uint32Array {
  const order = Uint32Array.from({ length: offset.length }, (_, row) => row);
  for (let row = 1; row < offset.length; row++) {
    if (offset[row]! < offset[row - 1]!) return order.sort((a, b) => offset[a]! - offset[b]!);
  }
  return order;
}
