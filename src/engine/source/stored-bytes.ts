/**
 * The bytes of a file or of an archive's member, as they are stored there, in order.
 *
 * Files are opened for reading only and read up to the size they had when opened: one that is still written to gives
 * what was there, one that shrinks meanwhile gives what is left. Members are read where they lie, never unpacked.
 */
import { closeSync, constants, fstatSync, openSync, read, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { ByteCursor } from './decompress/byte-cursor.ts';
import { decompress, type MemberCompression } from './decompress/decompress.ts';
import type { Location, Member } from './open-source.ts';
import { SourceError } from './source-error.ts';
import type { Chunk } from './split-lines.ts';

/** What is read, hashed and parsed in turn stays in a core's own cache (512 KB often): a megabyte costs a fifth more CPU. */
export const READ_BYTES = 192 * 1024;
/** Room before each chunk of a file, in which the splitter completes the line that the chunk before left unfinished. */
const ROOM_BYTES = 256 * 1024;
/** A fifo that took a file's place between looking and opening must not block; undefined on Windows. */
export const READ_ONLY = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);
/** Memory gives some thousands; what is slower comes from a disk. */
const SLOW_BYTES_PER_MS = 500_000;
const ZIP_LOCAL_HEADER_BYTES = 30;

/**
 * Reads the stored bytes at a location; a chunk is valid until the next is asked for. `readBytes`: how much is asked
 * of the disk at a time, to be small for a glance. Throws SourceError.
 */
export function readStored(location: Location, readBytes = READ_BYTES): AsyncGenerator<Chunk, void> {
  const member = location.members.at(-1);
  if (member === undefined) return readFileRange(location.file, { readBytes });
  const container: Location = { file: location.file, members: location.members.slice(0, -1) };
  if (member.kind === 'zip') return readZipMember(container, member, readBytes);
  if (isReadInPlace(location))
    return readFileRange(location.file, {
      startBytes: member.offsetBytes,
      exactBytes: member.storedBytes,
      readBytes,
    });
  return readTarMember(container, member, readBytes);
}

/** Whether the bytes lie in one stretch of a file, so that `readStored` gives large chunks with room before them. */
export function isReadInPlace(location: Location): boolean {
  const [member, ...deeper] = location.members;
  return (
    member === undefined ||
    (deeper.length === 0 && member.kind === 'tar' && member.archiveCompression === undefined)
  );
}

/** Reads the content of an archive file or member as the archive's own format sees it: decompressed where needed. */
export async function* readArchiveBytes(
  location: Location,
  compression: MemberCompression | undefined,
  readBytes = READ_BYTES,
): AsyncGenerator<Buffer, void> {
  const readRaw = (): AsyncGenerator<Buffer, void> => viewChunks(readStored(location, readBytes));
  yield* compression === undefined ? readRaw() : decompress(compression, readRaw);
}

/** The chunks' content without their room. */
export async function* viewChunks(chunks: AsyncGenerator<Chunk, void>): AsyncGenerator<Buffer, void> {
  for await (const chunk of chunks) yield chunk.buffer.subarray(chunk.start, chunk.end);
}

interface Range {
  readonly startBytes?: number;
  /** The stretch's length; a file that ends before it is damaged. Without it, up to the end. */
  readonly exactBytes?: number;
  readonly readBytes: number;
}

/**
 * Reads at once what is in memory already, which takes less than asking another thread for it; while the disk is the
 * slower part, reads ahead by one chunk, so that it works while the chunk before is hashed and parsed.
 */
export async function* readFileRange(
  path: string,
  { startBytes = 0, exactBytes = Number.POSITIVE_INFINITY, readBytes }: Range,
): AsyncGenerator<Chunk, void> {
  let file = -1;
  let ahead: Promise<number> | undefined;
  try {
    file = openSync(path, READ_ONLY);
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new SourceError('read-error', 'it is not a regular file');
    const end = Math.min(stat.size, startBytes + exactBytes);
    const first = Math.min(readBytes, Math.max(end - startBytes, 0));
    let buffer: Buffer = Buffer.allocUnsafeSlow(ROOM_BYTES + first);
    let spare: Buffer | undefined;
    let waitedMs = 0;
    let at = startBytes;
    for (;;) {
      const wanted = Math.min(readBytes, end - at);
      if (wanted <= 0) break;
      const startedMs = performance.now();
      const bytes = await (ahead ?? readNow(file, buffer, wanted, at));
      if (bytes === 0) break;
      at += bytes;
      waitedMs += performance.now() - startedMs;
      const isSlow = waitedMs > (at - startBytes) / SLOW_BYTES_PER_MS;
      ahead = undefined;
      if (isSlow && bytes === wanted && at < end) {
        spare ??= Buffer.allocUnsafeSlow(ROOM_BYTES + readBytes);
        ahead = readAhead(file, spare, Math.min(readBytes, end - at), at);
        // Nobody waits for it when the reader goes away.
        ahead.catch(() => {});
      }
      yield { buffer, start: ROOM_BYTES, end: ROOM_BYTES + bytes };
      if (ahead && spare) [buffer, spare] = [spare, buffer];
      if (bytes < wanted) break;
    }
    if (Number.isFinite(exactBytes) && at < startBytes + exactBytes)
      throw new SourceError('damaged-archive', 'the archive is cut off');
  } catch (error) {
    throw SourceError.from(error);
  } finally {
    await ahead?.catch(() => {});
    if (file >= 0) closeSync(file);
  }
}

/** Reads until `wanted` bytes are there or the file ends. */
function readNow(file: number, target: Buffer, wanted: number, position: number): number {
  let done = 0;
  while (done < wanted) {
    const bytes = readSync(file, target, ROOM_BYTES + done, wanted - done, position + done);
    if (bytes === 0) break;
    done += bytes;
  }
  return done;
}

/** The same on a thread of the pool. */
async function readAhead(file: number, target: Buffer, wanted: number, position: number): Promise<number> {
  let done = 0;
  while (done < wanted) {
    const bytes = await new Promise<number>((resolve, reject) =>
      read(file, target, ROOM_BYTES + done, wanted - done, position + done, (error, count) =>
        error ? reject(error) : resolve(count),
      ),
    );
    if (bytes === 0) break;
    done += bytes;
  }
  return done;
}

/** Reads one member of a zip by its place, and checks its size and CRC-32 against the archive's directory. */
async function* readZipMember(
  container: Location,
  member: Extract<Member, { kind: 'zip' }>,
  readBytes: number,
): AsyncGenerator<Chunk, void> {
  const headerBytes = Buffer.alloc(ZIP_LOCAL_HEADER_BYTES);
  let filled = 0;
  const header = { startBytes: member.headerOffsetBytes, exactBytes: ZIP_LOCAL_HEADER_BYTES, readBytes };
  for await (const chunk of readFileRange(container.file, header))
    filled += chunk.buffer.copy(headerBytes, filled, chunk.start, chunk.end);
  if (filled < ZIP_LOCAL_HEADER_BYTES || headerBytes.readUInt32LE(0) !== 0x04034b50)
    throw new SourceError('damaged-archive', 'the member is not where the directory says');
  // Name and extra field may be longer here than in the directory.
  const startBytes =
    member.headerOffsetBytes +
    ZIP_LOCAL_HEADER_BYTES +
    headerBytes.readUInt16LE(26) +
    headerBytes.readUInt16LE(28);
  const readRaw = (): AsyncGenerator<Buffer, void> =>
    viewChunks(readFileRange(container.file, { startBytes, exactBytes: member.storedBytes, readBytes }));
  const bytes: AsyncGenerator<Buffer, void> =
    member.method === 'stored' ? readRaw() : decompress(member.method, readRaw);
  let crc = 0;
  let size = 0;
  for await (const buffer of bytes) {
    crc = crc32(buffer, crc);
    size += buffer.length;
    yield { buffer, start: 0, end: buffer.length };
  }
  if (size !== member.bytes)
    throw new SourceError('damaged-archive', 'the member has another size than stated');
  if (crc !== member.crc32)
    throw new SourceError('damaged-archive', 'the member does not match its checksum');
}

/** Where reading of a compressed tar stopped, kept for the next member so that the archive is gone through once. */
interface Held {
  readonly key: string;
  readonly cursor: ByteCursor;
}

/** One a thread, owned by `readTarMember`; closed soon after the last use. */
let held: Held | undefined;
let heldTimer: NodeJS.Timeout | undefined;
const HOLD_MS = 500;

async function* readTarMember(
  container: Location,
  member: Extract<Member, { kind: 'tar' }>,
  readBytes: number,
): AsyncGenerator<Chunk, void> {
  const key = JSON.stringify([container, readBytes]);
  let cursor: ByteCursor | undefined;
  if (held?.key === key && held.cursor.consumed <= member.offsetBytes) {
    cursor = held.cursor;
    held = undefined;
  }
  cursor ??= new ByteCursor(readArchiveBytes(container, member.archiveCompression, readBytes));
  let whole = false;
  try {
    await cursor.skip(member.offsetBytes - cursor.consumed);
    let left = member.storedBytes;
    while (left > 0) {
      const buffer = await cursor.next(left);
      if (buffer === undefined) throw new SourceError('damaged-archive', 'the archive is cut off');
      left -= buffer.length;
      yield { buffer, start: 0, end: buffer.length };
    }
    whole = true;
  } finally {
    if (whole) await hold({ key, cursor });
    else await cursor.close();
  }
}

async function hold(next: Held): Promise<void> {
  const previous = held;
  held = next;
  clearTimeout(heldTimer);
  heldTimer = setTimeout(() => {
    const idle = held;
    held = undefined;
    void idle?.cursor.close();
  }, HOLD_MS);
  heldTimer.unref();
  await previous?.cursor.close();
}
