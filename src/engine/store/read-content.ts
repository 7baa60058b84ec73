/** Raw content of stored files: any stretch, byte for byte, and all of it for a check. */
import { createHash } from 'node:crypto';
import { assert } from '../base/assert.ts';
import { decodeBlock, freeContent } from '../base/block-codec.ts';
import { MAX_BATCH_ROWS } from '../batch.ts';
import type { Database } from './database.ts';

const NEWLINE = 0x0a;
/** So many segments at a file's end are made one where they fit into one. */
const TAIL_SEGMENTS = 32;

interface BlockRow {
  readonly offsetBytes: number;
  readonly rawBytes: number;
  readonly codec: number;
  readonly data: Buffer;
}

const columns = 'offset_bytes AS offsetBytes, raw_bytes AS rawBytes, codec, data';

/** The content of a file in [from, to), in bytes from its start. */
export function readContent(db: Database, file: number, from: number, to: number): Uint8Array {
  const content = new Uint8Array(to - from);
  const blocks = db
    .prepare(
      `SELECT ${columns} FROM block WHERE file = ? AND offset_bytes < ? AND offset_bytes + raw_bytes > ?
         AND offset_bytes >= ? ORDER BY offset_bytes`,
    )
    // No block is longer than a megabyte, so the index finds the first one without walking the file.
    .iterate(file, to, from, from - 1024 * 1024) as Iterable<BlockRow>;
  let filled = 0;
  for (const block of blocks) {
    const raw = decodeBlock(block);
    const part = raw.subarray(Math.max(0, from - block.offsetBytes), to - block.offsetBytes);
    content.set(part, Math.max(0, block.offsetBytes - from));
    filled += part.length;
  }
  assert(filled === content.length, 'stored content has no holes');
  return content;
}

/** A stretch of a file's content, in bytes from its start. */
export interface Stretch {
  readonly file: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Many stretches, in the order asked for. Each block is decoded once, whatever the order, where one by one a thousand
 * lines would decode theirs a thousand times; no more than one is held.
 */
export function readStretches(db: Database, stretches: readonly Stretch[]): Uint8Array[] {
  const query = db.prepare(
    `SELECT ${columns} FROM block WHERE file = ? AND offset_bytes <= ? AND offset_bytes + raw_bytes >= ?
       AND offset_bytes >= ?`,
  );
  const contents = new Array<Uint8Array>(stretches.length);
  const inOrder = stretches
    .map((stretch, index) => ({ ...stretch, index }))
    .sort((a, b) => a.file - b.file || a.from - b.from);
  let held: { file: number; from: number; raw: Uint8Array } | undefined;
  for (const { file, from, to, index } of inOrder) {
    const holds = held?.file === file && held.from <= from && held.from + held.raw.length >= to;
    if (!holds) {
      if (held) freeContent(held.raw);
      const block = query.get(file, from, to, from - 1024 * 1024) as BlockRow | undefined;
      held = block && { file, from: block.offsetBytes, raw: decodeBlock(block) };
    }
    // A line may begin in one block and end in the next.
    contents[index] = held
      ? new Uint8Array(held.raw.subarray(from - held.from, to - held.from))
      : readContent(db, file, from, to);
  }
  if (held) freeContent(held.raw);
  return contents;
}

/**
 * The end of the content where that ends a line, else the beginning of the last segment that begins with a line. Where
 * a file grew often by little, a stretch before that: what is read again from there becomes one segment.
 */
export function findResumption(db: Database, file: number): { bytes: number; lines: number } {
  const ends = db
    .prepare(
      `SELECT offset_bytes + length_bytes AS bytes, first_line + lines - 1 AS lines, lines AS own FROM segment
       WHERE file = ? ORDER BY first_line DESC, offset_bytes DESC`,
    )
    .all(file) as { bytes: number; lines: number; own: number }[];
  const tail = ends.slice(0, TAIL_SEGMENTS);
  const isScattered =
    tail.length === TAIL_SEGMENTS && tail.reduce((sum, { own }) => sum + own, 0) <= MAX_BATCH_ROWS;
  const isLineStart = ({ bytes }: { bytes: number }): boolean =>
    readContent(db, file, bytes - 1, bytes)[0] === NEWLINE;
  const { bytes, lines } = ends.slice(isScattered ? TAIL_SEGMENTS : 0).find(isLineStart) ?? {
    bytes: 0,
    lines: 0,
  };
  return { bytes, lines };
}

/** Re-derives a file's content hash from its blocks: an independent check of what is stored. */
export function checkContent(
  db: Database,
  file: number,
): { readonly sha256: string; readonly bytes: number } {
  const hash = createHash('sha256');
  let bytes = 0;
  const blocks = db
    .prepare(`SELECT ${columns} FROM block WHERE file = ? ORDER BY offset_bytes`)
    .iterate(file) as Iterable<BlockRow>;
  for (const block of blocks) {
    assert(block.offsetBytes === bytes, 'stored content has no holes');
    hash.update(decodeBlock(block));
    bytes += block.rawBytes;
  }
  return { sha256: hash.digest('hex'), bytes };
}
