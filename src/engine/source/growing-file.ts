/**
 * A plain file that is written to at its end, read on again and again: its hash goes on where it stopped. What was read
 * before is not read again; that it is the same is told by the file's identity, its size, and the last bytes of it.
 */
import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../base/failure.ts';
import type { Lines } from '../batch.ts';
import type { FileReading, GrowingFile, LineStart, Measure, SourceFile } from './open-source.ts';
import { SourceError } from './source-error.ts';
import { type Chunk, LineSplitter } from './split-lines.ts';
import { READ_BYTES, READ_ONLY, readFileRange } from './stored-bytes.ts';

const NEWLINE = 0x0a;
/** So much before the end is compared: what took the file's place would have to be alike there. */
const GUARD_BYTES = 4096;
/** More than the stretches that are made one again (`findResumption` of the store). */
const MAX_CHECKPOINTS = 64;

/** The hash of what is before a place. */
interface Checkpoint {
  readonly bytes: number;
  readonly hash: Hash;
}

/** Hashes what was read before; undefined where that is not what is there. Throws `cancelled`. */
export async function openGrowingContent(
  file: SourceFile,
  held: Pick<FileReading, 'contentBytes' | 'contentSha256'>,
  goesOnAt: number,
  signal: AbortSignal,
): Promise<GrowingFile | undefined> {
  const hash = createHash('sha256');
  const checkpoints: Checkpoint[] = [];
  let at = 0;
  try {
    for (const end of [goesOnAt, held.contentBytes]) {
      for await (const chunk of readRange(file, at, end)) {
        throwIfCancelled(signal);
        hash.update(viewChunk(chunk));
        await setImmediate();
      }
      at = end;
      checkpoints.push({ bytes: end, hash: hash.copy() });
    }
    if (hash.digest('hex') !== held.contentSha256) return undefined;
    return new GrowingContent(file, held.contentBytes, checkpoints);
  } catch (error) {
    if (SourceError.from(error) instanceof SourceError) return undefined;
    throw error;
  }
}

class GrowingContent implements GrowingFile {
  readonly #file: SourceFile;
  readonly #identity: string;
  /** Ascending. */
  readonly #checkpoints: Checkpoint[];
  #end: number;
  #guard: Buffer;

  constructor(file: SourceFile, end: number, checkpoints: Checkpoint[]) {
    this.#file = file;
    this.#end = end;
    this.#checkpoints = checkpoints;
    [this.#identity, this.#guard] = withFile(file, (fd) => [identify(fd).identity, readGuard(fd, end)]);
  }

  get bytes(): number {
    return this.#end;
  }

  measure(): Measure | undefined {
    try {
      return withFile(this.#file, (fd) => {
        const { identity, bytes, changedAt } = identify(fd);
        if (identity !== this.#identity || bytes < this.#end) return undefined;
        if (!readGuard(fd, this.#end).equals(this.#guard)) return undefined;
        return { bytes, changedAt, lineEnd: findLineEnd(fd, bytes, this.#end) };
      });
    } catch (error) {
      if (SourceError.from(error) instanceof SourceError) return undefined;
      throw error;
    }
  }

  async *readLines({
    after,
    endBytes,
    signal,
  }: {
    readonly after: LineStart;
    readonly endBytes: number;
    readonly signal: AbortSignal;
  }): AsyncGenerator<Lines, FileReading> {
    // What is read again replaces what was read from there on.
    while ((this.#checkpoints.at(-1)?.bytes ?? 0) > after.bytes) this.#checkpoints.pop();
    const known = this.#checkpoints.at(-1) ?? { bytes: 0, hash: createHash('sha256') };
    const hash = known.hash.copy();
    for await (const chunk of readRange(this.#file, known.bytes, after.bytes)) hash.update(viewChunk(chunk));
    const splitter = new LineSplitter(undefined, after);
    for await (const chunk of readRange(this.#file, after.bytes, endBytes)) {
      throwIfCancelled(signal);
      hash.update(viewChunk(chunk));
      yield* splitter.split(chunk);
    }
    yield* splitter.finish();
    this.#checkpoints.push({ bytes: endBytes, hash });
    if (this.#checkpoints.length > MAX_CHECKPOINTS) this.#checkpoints.shift();
    this.#guard = withFile(this.#file, (fd) => readGuard(fd, endBytes));
    this.#end = endBytes;
    const sha256 = hash.copy().digest('hex');
    return {
      bytes: endBytes,
      sha256,
      contentBytes: endBytes,
      contentSha256: sha256,
      lines: splitter.lines,
      endsWithNewline: splitter.endsWithNewline,
    };
  }
}

function readRange(file: SourceFile, from: number, end: number): AsyncGenerator<Chunk, void> {
  const range = { startBytes: from, exactBytes: end - from, readBytes: READ_BYTES };
  return readFileRange(file.location.file, range);
}

function viewChunk({ buffer, start, end }: Chunk): Buffer {
  return buffer.subarray(start, end);
}

function withFile<T>({ location }: SourceFile, look: (fd: number) => T): T {
  const fd = openSync(location.file, READ_ONLY);
  try {
    return look(fd);
  } finally {
    closeSync(fd);
  }
}

function identify(fd: number): { identity: string; bytes: number; changedAt: bigint } {
  const stat = fstatSync(fd, { bigint: true });
  const identity = stat.isFile() ? `${stat.dev} ${stat.ino}` : '';
  return { identity, bytes: Number(stat.size), changedAt: stat.mtimeNs };
}

function readGuard(fd: number, end: number): Buffer {
  const guard = Buffer.alloc(Math.min(GUARD_BYTES, end));
  return guard.subarray(0, readSync(fd, guard, 0, guard.length, end - guard.length));
}

/** The end of the last line between `from` and `to`; `from` where none ends there. */
function findLineEnd(fd: number, to: number, from: number): number {
  const part = Buffer.alloc(Math.min(64 * 1024, to - from));
  for (let end = to; end > from; ) {
    const start = Math.max(from, end - part.length);
    const bytes = readSync(fd, part, 0, end - start, start);
    const newline = part.subarray(0, bytes).lastIndexOf(NEWLINE);
    if (newline >= 0) return start + newline + 1;
    end = start;
  }
  return from;
}
