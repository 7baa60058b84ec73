/**
 * The zstd format (RFC 8878): by zlib where the runtime has it (Node 22.15 and later), else by fzstd.
 *
 * The frames are walked here, block by block, since zlib stops after the first one and fzstd decodes all that it is
 * given at once; and fzstd does not check a frame's checksum, which is done here in its stead.
 */
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';
import { createDamaged, createTruncated, SourceError } from '../source-error.ts';
import { ByteCursor, expectPadding } from './byte-cursor.ts';
import { pumpOnce } from './pump-decoder.ts';
import { Xxh64 } from './xxh64.ts';

const FRAME_MAGIC = 0xfd2fb528;
/** `0x184D2A50` to `0x184D2A5F`: a frame that decoders skip. */
const SKIPPABLE_MAGIC = 0x184d2a50;
/** As the `zstd` tool without `--long=28` or more; a greater window asks for as much memory. */
const MAX_WINDOW_BYTES = 128 * 1024 * 1024;
const MAX_BLOCK_BYTES = 128 * 1024;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;

interface FrameHeader {
  readonly bytes: Buffer;
  readonly hasChecksum: boolean;
}

/** Decompresses all frames of a zstd file; `native: false` leaves zlib's decoder aside. Throws SourceError. */
export async function* readZstd(
  input: ByteCursor,
  { native = typeof zlib.createZstdDecompress === 'function' } = {},
): AsyncGenerator<Buffer, void> {
  for (let frame = 0; ; frame++) {
    const head = await input.peek(4);
    const magic = head.length === 4 ? head.readUInt32LE(0) : 0;
    if (magic >>> 4 === SKIPPABLE_MAGIC >>> 4) {
      const size = await input.peek(8);
      if (size.length < 8) throw createTruncated();
      await input.skip(8 + size.readUInt32LE(4));
    } else if (magic === FRAME_MAGIC) {
      yield* native ? readFrameNatively(input) : readFramePortably(input);
    } else if (frame > 0) {
      return await expectPadding(input);
    } else {
      throw head.length < 4 ? createTruncated() : createDamaged();
    }
  }
}

async function* readFrameNatively(input: ByteCursor): AsyncGenerator<Buffer, void> {
  const frame = new ByteCursor(walkFrame(input));
  const options = { chunkSize: 256 * 1024, readableHighWaterMark: 512 * 1024 };
  yield* pumpOnce(zlib.createZstdDecompress(options), frame, () => MAX_BLOCK_BYTES);
}

/** The frame's bytes: its header, then each block, the last one with the checksum; it ends early where they are cut. */
async function* walkFrame(input: ByteCursor): AsyncGenerator<Buffer, void> {
  const header = await takeHeader(input);
  yield header.bytes;
  for (let last = false; !last; ) {
    const block = await takeBlock(input, header);
    yield block.bytes;
    last = block.last;
  }
}

async function* readFramePortably(input: ByteCursor): AsyncGenerator<Buffer, void> {
  const header = await takeHeader(input);
  const output: Uint8Array[] = [];
  const decoder = new Decompress((data) => output.push(data));
  const checksum = header.hasChecksum ? new Xxh64() : undefined;
  decoder.push(header.bytes);
  for (let last = false; !last; ) {
    const block = await takeBlock(input, header);
    last = block.last;
    try {
      decoder.push(block.bytes, last);
    } catch (error) {
      throw createDamaged(error);
    }
    for (const data of output.splice(0)) {
      checksum?.update(data);
      yield Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    }
    if (last && checksum && checksum.digestLow() !== block.bytes.readUInt32LE(block.bytes.length - 4))
      throw new SourceError('damaged-compression', 'the checksum does not match');
  }
}

async function takeHeader(input: ByteCursor): Promise<FrameHeader> {
  const start = await input.peek(5);
  if (start.length < 5) throw createTruncated();
  const descriptor = start[4]!;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >>> 6]!;
  const length = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
  // A copy: it is kept while the cursor goes on.
  const bytes = Buffer.from(await input.take(length));
  if (bytes.length < length) throw createTruncated();
  if ((descriptor & 0x08) !== 0) throw createDamaged();
  const window = isSingleSegment
    ? readContentSize(bytes.subarray(5 + dictionaryBytes), sizeBytes)
    : readWindow(bytes[5]!);
  if (dictionaryBytes > 0 || window > MAX_WINDOW_BYTES)
    throw new SourceError('unsupported-compression', 'this variant of zstd cannot be read');
  return { bytes, hasChecksum: (descriptor & 0x04) !== 0 };
}

function readContentSize(bytes: Buffer, sizeBytes: number): number {
  if (sizeBytes === 8) return Number(bytes.readBigUInt64LE(0));
  return bytes.readUIntLE(0, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
}

function readWindow(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >>> 3));
  return base + (base / 8) * (descriptor & 7);
}

async function takeBlock(
  input: ByteCursor,
  header: FrameHeader,
): Promise<{ readonly bytes: Buffer; readonly last: boolean }> {
  const start = await input.peek(3);
  if (start.length < 3) throw createTruncated();
  const value = start.readUIntLE(0, 3);
  const last = (value & 1) === 1;
  const type = (value >>> 1) & 3;
  const size = value >>> 3;
  if (type === RESERVED_BLOCK || size > MAX_BLOCK_BYTES) throw createDamaged();
  const length = 3 + (type === RLE_BLOCK ? 1 : size) + (last && header.hasChecksum ? 4 : 0);
  const bytes = await input.take(length);
  if (bytes.length < length) throw createTruncated();
  return { bytes, last };
}
