import { readFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { deflateRawSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ByteCursor } from '../../../src/engine/source/decompress/byte-cursor.ts';
import {
  decompress,
  detectCompression,
  type MemberCompression,
} from '../../../src/engine/source/decompress/decompress.ts';
import { readZstd } from '../../../src/engine/source/decompress/zstd.ts';
import type { Compression } from '../../../src/engine/source/open-source.ts';
import { SourceError } from '../../../src/engine/source/source-error.ts';
import { makeLines, makeNoise } from './make-files.ts';

const TEXT = makeLines(2000);
const FIXTURES = new URL('../../fixtures/compressed/', import.meta.url);
const readFixture = (name: string): Buffer => readFileSync(new URL(name, FIXTURES));

async function* chunk(bytes: Buffer, size: number): AsyncGenerator<Buffer, void> {
  for (let at = 0; at < bytes.length; at += size) {
    // Overwritten afterwards: a chunk is valid only until the next is asked for.
    const part = Buffer.from(bytes.subarray(at, at + size));
    yield part;
    part.fill(0xee);
  }
}

interface Result {
  readonly content: Buffer;
  readonly code?: string;
}

async function collect(bytes: AsyncGenerator<Buffer, void>): Promise<Result> {
  const parts: Buffer[] = [];
  try {
    for await (const part of bytes) parts.push(Buffer.from(part));
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    return { content: Buffer.concat(parts), code: error.code };
  }
  return { content: Buffer.concat(parts) };
}

const read = (compression: MemberCompression, bytes: Buffer, size = 65_536): Promise<Result> =>
  collect(decompress(compression, () => chunk(bytes, size)));
const readPortably = (bytes: Buffer, size = 65_536): Promise<Result> =>
  collect(readZstd(new ByteCursor(chunk(bytes, size)), { native: false }));

const FORMATS: readonly (readonly [string, Compression, Buffer, typeof read])[] = [
  ['gzip', 'gzip', readFixture('lines.gz'), read],
  ['bzip2', 'bzip2', readFixture('lines.bz2'), read],
  ['xz', 'xz', readFixture('lines.xz'), read],
  ['zstd', 'zstd', readFixture('lines.zst'), read],
  ['zstd without zlib', 'zstd', readFixture('lines.zst'), (_, bytes, size) => readPortably(bytes, size)],
];

describe.each(FORMATS)('%s', (_, compression, bytes, readFormat) => {
  test('is recognised by its first bytes', () => {
    expect(detectCompression(bytes)).toBe(compression);
  });

  test.each([1 << 20, 4096, 7])('gives all content from chunks of %i bytes', async (size) => {
    expect(await readFormat(compression, bytes, size)).toEqual({ content: Buffer.from(TEXT) });
  });

  test('several in one file are one content', async () => {
    const both = await readFormat(compression, Buffer.concat([bytes, bytes]));
    expect(both).toEqual({ content: Buffer.from(TEXT + TEXT) });
  });

  test('padding behind the end is nothing', async () => {
    const padded = await readFormat(compression, Buffer.concat([bytes, Buffer.alloc(512)]));
    expect(padded).toEqual({ content: Buffer.from(TEXT) });
  });

  test('bytes behind the end are told, and all content is there', async () => {
    const result = await readFormat(
      compression,
      Buffer.concat([bytes, Buffer.from('left over from another file')]),
    );
    expect(result.content.toString()).toBe(TEXT);
    expect(result.code).toMatch(/trailing-bytes|damaged-compression/);
  });

  test('a cut anywhere is told, and what came out is right', async () => {
    for (let length = 0; length < bytes.length; length += Math.ceil(bytes.length / 23)) {
      const { content, code } = await readFormat(compression, bytes.subarray(0, length));
      expect(code, `cut at ${length}`).toBe('truncated-compression');
      expect(TEXT.startsWith(content.toString('utf8', 0, content.lastIndexOf(10) + 1))).toBe(true);
    }
    expect((await readFormat(compression, bytes.subarray(0, -1))).code).toBe('truncated-compression');
  });

  test('a flipped byte is always told', async () => {
    for (let at = 12; at < bytes.length; at += Math.ceil(bytes.length / 40)) {
      const flipped = Buffer.from(bytes);
      flipped[at]! ^= 0x55;
      const { code } = await readFormat(compression, flipped);
      expect(code, `flipped at ${at}`).toMatch(
        /^(damaged|truncated|unsupported)-compression$|^trailing-bytes$/,
      );
    }
  });
});

test('gzip gives everything before a damage, to the byte', async () => {
  const good = deflateRawSync(TEXT, { finishFlush: 2 });
  // A block of the reserved type 3 follows: an error as soon as it is met.
  const bytes = Buffer.concat([gzipSync('').subarray(0, 10), good, Buffer.from([0x06, 0, 0, 0])]);
  const { content, code } = await read('gzip', bytes);
  expect(code).toBe('damaged-compression');
  expect(content.toString()).toBe(TEXT);
});

test('the same content comes out of a damaged zstd with zlib and without', async () => {
  const bytes = Buffer.from(zstdCompressSync(Buffer.concat([Buffer.from(TEXT), makeNoise(400_000)])));
  for (const at of [Math.floor(bytes.length / 3), bytes.length - 1]) {
    const flipped = Buffer.from(bytes);
    flipped[at]! ^= 0x55;
    expect(await readPortably(flipped)).toEqual(await read('zstd', flipped));
  }
});

test.each([
  [
    'a second gzip member that is damaged',
    'gzip',
    Buffer.concat([gzipSync('a\n'), gzipSync('b\n').fill(0xff, 3, 4)]),
  ],
  ['gzip cut in its trailer', 'gzip', gzipSync('a\n').subarray(0, -5)],
  ['bare deflate, cut', 'deflate', deflateRawSync(makeNoise(5000)).subarray(0, 1000)],
  ['no xz at all', 'xz', Buffer.from('this is text, whatever its name says\n')],
  ['no bzip2 at all', 'bzip2', Buffer.from('this is text')],
  ['no zstd at all', 'zstd', Buffer.from('this is text')],
  ['nothing', 'gzip', Buffer.alloc(0)],
  ['nothing', 'zstd', Buffer.alloc(0)],
  ['nothing', 'bzip2', Buffer.alloc(0)],
  ['nothing', 'xz', Buffer.alloc(0)],
] as const)('%s (%s) is told', async (_, compression, bytes) => {
  expect((await read(compression, bytes)).code).toMatch(/^(damaged|truncated)-compression$/);
});

test('variants that cannot be read are told apart from damage', async () => {
  expect((await read('xz', readFixture('lines-sha256.xz'))).code).toBe('unsupported-compression');
  const window = Buffer.from(zstdCompressSync(TEXT));
  // The frame's window descriptor: 2^41 bytes.
  window.set([0x00, 0xf8], 4);
  expect((await read('zstd', window)).code).toBe('unsupported-compression');
});

test('zstd without checksums, and frames to skip', async () => {
  const skip = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
  const bytes = Buffer.concat([skip, readFixture('lines-no-check.zst'), skip]);
  expect(detectCompression(bytes)).toBe('zstd');
  expect(await read('zstd', bytes)).toEqual({ content: Buffer.from(TEXT) });
  expect(await readPortably(bytes)).toEqual({ content: Buffer.from(TEXT) });
});

describe('a bomb does not fill the memory', () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const measureBuffers = (): number => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };

  test.each(['gzip', 'zstd', 'zstd without zlib'])('%s', async (format) => {
    const zeros = Buffer.alloc(200 * 1024 * 1024);
    const bytes = Buffer.from(format === 'gzip' ? gzipSync(zeros) : zstdCompressSync(zeros));
    const input = (): AsyncGenerator<Buffer, void> => chunk(bytes, 1 << 20);
    const content =
      format === 'zstd without zlib'
        ? readZstd(new ByteCursor(input()), { native: false })
        : decompress(format as Compression, input);
    const before = measureBuffers();
    let size = 0;
    let largest = 0;
    let parts = 0;
    for await (const part of content) {
      size += part.length;
      if (parts++ % 100 === 0) largest = Math.max(largest, measureBuffers());
    }
    expect(size).toBe(zeros.length);
    expect(largest - before).toBeLessThan(64 * 1024 * 1024);
  });
});
