/**
 * A file's content: stored bytes, decompressed and transcoded as its SourceFile says, in chunks fit for the splitter,
 * with both hashes taken on the way.
 */
import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../base/failure.ts';
import { decompress } from './decompress/decompress.ts';
import type { FileReading, ReadLinesOptions, SourceFile } from './open-source.ts';
import { SourceError } from './source-error.ts';
import type { Chunk } from './split-lines.ts';
import { isReadInPlace, readStored, viewChunks } from './stored-bytes.ts';
import { transcode } from './transcode.ts';

/** As `readStored` reads, for the same reason. */
const CHUNK_BYTES = 192 * 1024;
/** Room before each chunk, as `readStored` leaves for a file. */
const ROOM_BYTES = 256 * 1024;

export type ContentReading = Omit<FileReading, 'lines' | 'endsWithNewline'>;
export type ContentOptions = Pick<ReadLinesOptions, 'signal' | 'onBytes'> & {
  /** How much is read and given out at a time: little where only the beginning is wanted. */
  readonly chunkBytes?: number;
};

/** Reads the content; a chunk is valid until the next is asked for. Throws `cancelled` and nothing else. */
export async function* readContent(
  file: SourceFile,
  options: ContentOptions,
): AsyncGenerator<Chunk, ContentReading> {
  const stored = new StoredReader(file, options);
  const isDerived = file.compression !== undefined || file.encoding !== undefined;
  const contentHash = isDerived ? createHash('sha256') : undefined;
  let contentBytes = 0;
  let error: ContentReading['error'];
  try {
    try {
      const isDirect = !isDerived && isReadInPlace(file.location);
      for await (const chunk of isDirect
        ? stored.read()
        : gatherChunks(deriveContent(file, stored), options.chunkBytes)) {
        contentHash?.update(chunk.buffer.subarray(chunk.start, chunk.end));
        contentBytes += chunk.end - chunk.start;
        yield chunk;
      }
      // The stored bytes behind a damage belong to the file's hash too; here there are none left.
    } catch (thrown) {
      error = { ...describeError(thrown), atContentByte: contentBytes };
      await stored.drain();
    }
  } finally {
    await stored.close();
  }
  const sha256 = stored.digest();
  return {
    bytes: stored.bytes,
    sha256,
    contentBytes,
    contentSha256: contentHash?.digest('hex') ?? sha256,
    ...(file.compression && { compression: file.compression }),
    ...(file.encoding && { encoding: file.encoding }),
    ...(error && { error }),
  };
}

/** Hashes the first `bytes` of the content; gives how many there were. Throws `cancelled`. */
export async function hashPrefix(
  file: SourceFile,
  bytes: number,
  options: Pick<ContentOptions, 'signal' | 'onBytes'>,
): Promise<{ bytes: number; sha256: string; error?: NonNullable<FileReading['error']> }> {
  const hash = createHash('sha256');
  const content = readContent(file, options);
  let hashed = 0;
  try {
    while (hashed < bytes) {
      const step = await content.next();
      if (step.done) {
        const { error } = step.value;
        return { bytes: hashed, sha256: hash.digest('hex'), ...(error && { error }) };
      }
      const { buffer, start, end } = step.value;
      const part = buffer.subarray(start, Math.min(end, start + bytes - hashed));
      hash.update(part);
      hashed += part.length;
    }
    return { bytes: hashed, sha256: hash.digest('hex') };
  } finally {
    await content.return(undefined as never);
  }
}

/** Finds which of the hashes are those of the content up to the end of a line. Throws `cancelled`. */
export async function findPrefixes(
  file: SourceFile,
  sha256s: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Set<string>> {
  const found = new Set<string>();
  const hash = createHash('sha256');
  for await (const { buffer, start, end } of readContent(file, { signal })) {
    for (let at = start; at < end; ) {
      const newline = buffer.indexOf(0x0a, at);
      const isWhole = newline >= 0 && newline < end;
      const next = isWhole ? newline + 1 : end;
      hash.update(buffer.subarray(at, next));
      at = next;
      if (!isWhole) continue;
      const sha256 = hash.copy().digest('hex');
      if (sha256s.has(sha256)) found.add(sha256);
    }
  }
  return found;
}

async function* deriveContent(file: SourceFile, stored: StoredReader): AsyncGenerator<Buffer, void> {
  let looks = 0;
  // What is read again after a damage was hashed and counted before.
  const open = (): AsyncGenerator<Buffer, void> =>
    viewChunks(looks++ === 0 ? stored.read() : readStored(file.location));
  const bytes = file.compression ? decompress(file.compression, open) : open();
  yield* file.encoding ? transcode(file.encoding, bytes) : bytes;
}

/** Copies small buffers into chunks with room; what was gathered before an error comes out before it. */
async function* gatherChunks(
  buffers: AsyncGenerator<Buffer, void>,
  chunkBytes = CHUNK_BYTES,
): AsyncGenerator<Chunk, void> {
  const buffer = Buffer.allocUnsafeSlow(ROOM_BYTES + chunkBytes);
  let end = ROOM_BYTES;
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const bytes of buffers) {
      for (let at = 0; at < bytes.length; ) {
        const copied = bytes.copy(buffer, end, at);
        at += copied;
        end += copied;
        if (end < buffer.length) continue;
        yield { buffer, start: ROOM_BYTES, end };
        end = ROOM_BYTES;
      }
    }
  } catch (error) {
    failure = { error };
  }
  if (end > ROOM_BYTES) yield { buffer, start: ROOM_BYTES, end };
  if (failure) throw failure.error;
}

/** Reads stored bytes once, hashing and counting them, whoever of several readers goes on with them. */
class StoredReader {
  readonly #chunks: AsyncGenerator<Chunk, void>;
  readonly #hash = createHash('sha256');
  readonly #options: ContentOptions;
  /** Progress is told in bytes of the archive, while what is counted may be a decompressed member. */
  readonly #scale: number;
  readonly #limit: number;
  #bytes = 0;

  constructor(file: SourceFile, options: ContentOptions) {
    this.#chunks = readStored(file.location, options.chunkBytes);
    this.#options = options;
    const member = file.location.members.at(-1);
    this.#scale = member?.kind === 'zip' && member.bytes > 0 ? file.storedBytes / member.bytes : 1;
    this.#limit = file.storedBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Goes on where the last reader stopped; a reader that is left does not close the file. */
  async *read(): AsyncGenerator<Chunk, void> {
    for (;;) {
      throwIfCancelled(this.#options.signal);
      const step = await this.#chunks.next();
      if (step.done) return;
      const { buffer, start, end } = step.value;
      this.#hash.update(buffer.subarray(start, end));
      this.#bytes += end - start;
      this.#options.onBytes?.(Math.min(this.#limit, Math.round(this.#bytes * this.#scale)));
      yield step.value;
    }
  }

  /** Reads what is left, for the hash only; a further error is not told, the first one is. */
  async drain(): Promise<void> {
    try {
      for await (const _ of this.read());
    } catch (error) {
      describeError(error);
    }
  }

  digest(): string {
    return this.#hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.#chunks.return();
  }
}

/** Turns what reading threw into data; a cancellation or a bug of ours goes on being thrown. */
function describeError(thrown: unknown): { code: SourceError['code']; detail: string } {
  if (!(thrown instanceof SourceError)) throw thrown;
  return { code: thrown.code, detail: thrown.message };
}
