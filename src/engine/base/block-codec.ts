/**
 * Compressed blocks of raw content. The codec is one byte, and every runtime reads every codec: Node 20 (an older
 * Electron) has no zstd of its own, writes deflate and reads zstd through WebAssembly-free JavaScript.
 */
import * as zlib from 'node:zlib';
import { decompress } from 'fzstd';
import type { Block } from '../batch.ts';
import { assert } from './assert.ts';

const STORED = 0;
const DEFLATE = 1;
const ZSTD = 2;

/** Content per block: small enough that showing one entry is quick, large enough to compress well. */
export const BLOCK_BYTES = 256 * 1024;

/** Content comes back in chunks of so many bytes times n: sizes that repeat are sooner allocated. */
const CHUNK_STEP = 64 * 1024;

/** `node:zlib` as it is at run time; its types always have zstd. */
const native: Partial<Pick<typeof zlib, 'zstdCompressSync' | 'zstdDecompressSync'>> = zlib;
const params = { [zlib.constants.ZSTD_c_compressionLevel ?? 100]: 1 };

/** Compresses a stretch of content; what does not get smaller is stored. The data is a buffer of its own. */
export function encodeBlock(raw: Uint8Array): Block {
  const data = native.zstdCompressSync
    ? native.zstdCompressSync(raw, {
        params,
        pledgedSrcSize: raw.length,
        chunkSize: measureBound(raw.length),
      })
    : zlib.deflateRawSync(raw, { level: 1 });
  const codec = native.zstdCompressSync ? ZSTD : DEFLATE;
  return data.length < raw.length
    ? { codec, rawBytes: raw.length, data: takeOut(data) }
    : { codec: STORED, rawBytes: raw.length, data: new Uint8Array(raw) };
}

/**
 * The most that zstd makes of so many bytes: with so much room it writes where the output is to be, without buffers of
 * its own, and takes a fifth less time.
 */
function measureBound(bytes: number): number {
  return bytes + (bytes >> 8) + 128;
}

/** A copy: the output is a small part of a large buffer, which would travel with it, and is freed here and now instead. */
function takeOut(data: Buffer): Uint8Array {
  const { buffer, byteOffset, length } = data;
  const isOwn = byteOffset === 0 && buffer.byteLength > Buffer.poolSize;
  return isOwn && 'transfer' in buffer
    ? new Uint8Array(buffer.transfer(length) as ArrayBuffer)
    : new Uint8Array(data);
}

/** Gives back the content of a block; throws where its data is damaged. */
export function decodeBlock(block: Block): Uint8Array {
  const raw = decode(block);
  assert(raw.length === block.rawBytes, 'a block decompresses to the size it was written with');
  return raw;
}

/**
 * Gives back the memory of what `decodeBlock` gave, now: it must not be used any more. Where many blocks are gone through,
 * the next one takes the same memory, still in the processor's cache, and nothing is left to be collected.
 */
export function freeContent({ buffer, byteLength }: Uint8Array): void {
  // Small buffers share memory. Node 20 cannot let go of it.
  if (byteLength > Buffer.poolSize && buffer instanceof ArrayBuffer) buffer.transfer?.(0);
}

function decode({ codec, data, rawBytes }: Block): Uint8Array {
  switch (codec) {
    case STORED:
      return data;
    case DEFLATE:
      return zlib.inflateRawSync(data, { maxOutputLength: Math.max(rawBytes, 1) });
    case ZSTD:
      return native.zstdDecompressSync
        ? native.zstdDecompressSync(data, { chunkSize: chunkOver(rawBytes) })
        : decompress(data);
    default:
      throw new Error(`block codec ${codec} is unknown to this version`);
  }
}

/** One that content does not fill to the last byte: another would be allocated for what may follow. */
function chunkOver(rawBytes: number): number {
  return (Math.floor(rawBytes / CHUNK_STEP) + 1) * CHUNK_STEP;
}
