/**
 * Decompression, streaming, whatever the runtime offers.
 *
 * Guaranteed: everything that can be decompressed before a damage comes out, then a SourceError is thrown; checksums
 * are verified; several gzip members, zstd frames, bzip2 or xz streams in one file are one content, as the formats'
 * own tools have it. Zero bytes after the end are padding; anything else there is `trailing-bytes`.
 * Memory stays bounded whatever the ratio: output is held back until it is asked for.
 */
import { crc32, createInflateRaw } from 'node:zlib';
import { SPOOL_LINE_START } from '../../../contract/spool.ts';
import type { Compression } from '../open-source.ts';
import { createTruncated, SourceError } from '../source-error.ts';
import { ByteCursor, expectPadding } from './byte-cursor.ts';
import { readBzip2 } from './bzip2.ts';
import { pumpDecoder } from './pump-decoder.ts';
import { readSpool } from './spool.ts';
import { readXz } from './xz.ts';
import { readZstd } from './zstd.ts';

/** Bare deflate occurs in zip only. */
export type MemberCompression = Compression | 'deflate';

/** Large enough for a native call to be worth its way to another thread. */
const INFLATE_OPTIONS = { chunkSize: 256 * 1024, readableHighWaterMark: 512 * 1024 };

const MAGIC: readonly (readonly [Compression, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['spool', [...SPOOL_LINE_START].map((character) => character.charCodeAt(0))],
];

/** Names of formats that are recognised and not supported, by their first bytes. */
const UNSUPPORTED_MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['lz4', [0x04, 0x22, 0x4d, 0x18]],
  ['compress', [0x1f, 0x9d]],
  ['lzip', [0x4c, 0x5a, 0x49, 0x50]],
  ['lzop', [0x89, 0x4c, 0x5a, 0x4f, 0x00]],
];

/** Recognises a compression by a file's first bytes; the name is not asked. */
export function detectCompression(head: Uint8Array): Compression | undefined {
  if (startsWith(head, [0x42, 0x5a, 0x68])) {
    // `BZh` is short; the level and a block's or the end's marker follow.
    const level = head[3] ?? 0;
    return level >= 0x31 && level <= 0x39 && (head[4] === 0x31 || head[4] === 0x17) ? 'bzip2' : undefined;
  }
  if (head.length >= 4 && (head[0]! & 0xf0) === 0x50 && startsWith(head.subarray(1), [0x2a, 0x4d, 0x18]))
    return 'zstd';
  return MAGIC.find(([, magic]) => startsWith(head, magic))?.[0];
}

/** Recognises a compression that cannot be read here, and gives its name. */
export function detectUnsupported(head: Uint8Array): string | undefined {
  return UNSUPPORTED_MAGIC.find(([, magic]) => startsWith(head, magic))?.[0];
}

/**
 * Decompresses; `open` gives the compressed bytes, and is called again where a damage makes a second look worth it.
 * A chunk is valid until the next is asked for. Throws SourceError.
 */
export async function* decompress(
  compression: MemberCompression,
  open: () => AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  const input = new ByteCursor(open());
  try {
    switch (compression) {
      case 'gzip':
        return yield* readGzip(input, open);
      case 'zstd':
        return yield* readZstd(input);
      case 'bzip2':
        return yield* readBzip2(input);
      case 'xz':
        return yield* readXz(input);
      case 'spool':
        return yield* readSpool(input);
      case 'deflate':
        return yield* pumpDecoder(() => createInflateRaw(INFLATE_OPTIONS), input, open);
    }
  } finally {
    await input.close();
  }
}

/** RFC 1952: members one after the other, each a header, deflate, and the content's CRC-32 and size. */
async function* readGzip(
  input: ByteCursor,
  open: () => AsyncGenerator<Buffer, void>,
): AsyncGenerator<Buffer, void> {
  for (let member = 0; ; member++) {
    const head = Buffer.from(await input.peek(10));
    if (member > 0 && !startsWith(head, [0x1f, 0x8b])) return await expectPadding(input);
    await skipGzipHeader(input);
    let crc = 0;
    let size = 0;
    for await (const chunk of pumpDecoder(() => createInflateRaw(INFLATE_OPTIONS), input, open)) {
      crc = crc32(chunk, crc);
      size += chunk.length;
      yield chunk;
    }
    const trailer = await input.take(8);
    if (trailer.length < 8) throw createTruncated();
    if (trailer.readUInt32LE(0) !== crc || trailer.readUInt32LE(4) !== size % 2 ** 32)
      throw new SourceError('damaged-compression', 'the checksum does not match');
  }
}

async function skipGzipHeader(input: ByteCursor): Promise<void> {
  const head = await input.take(10);
  if (head.length < 10) throw createTruncated();
  const flags = head[3]!;
  if (!startsWith(head, [0x1f, 0x8b, 0x08]) || (flags & 0xe0) !== 0)
    throw new SourceError('damaged-compression', 'the gzip header is damaged');
  if (flags & 4) {
    const extra = await input.take(2);
    if (extra.length < 2) throw createTruncated();
    await input.skip(extra.readUInt16LE(0));
  }
  for (const present of [flags & 8, flags & 16]) if (present) await skipZeroTerminated(input);
  if (flags & 2) await input.skip(2);
}

async function skipZeroTerminated(input: ByteCursor): Promise<void> {
  for (;;) {
    const part = await input.next(1024);
    if (part === undefined) throw createTruncated();
    const end = part.indexOf(0);
    if (end < 0) continue;
    input.unread(part.length - end - 1);
    return;
  }
}

function startsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return bytes.length >= magic.length && magic.every((byte, at) => bytes[at] === byte);
}
