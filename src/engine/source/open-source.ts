/**
 * The door of the source stage: paths in, files and their lines out.
 *
 *   paths -> discoverSources -> SourceFile[] -> findCopies -> planReading -> readLines -> Lines
 *
 * Guaranteed:
 * - nothing is written into what is opened, and archives are read without unpacking;
 * - a file whose name fits one of the two naming schemes is listed, whatever is in it; any other file is listed where
 *   one of its first lines is an entry, and told as skipped, with the reason, where none is;
 * - what cannot be read is told (`unreadable`, or a reading's `error`) with everything before the damage delivered;
 *   only `path-not-found` and `cancelled` are thrown;
 * - the same bytes give the same answer, on every runtime and with any chunking.
 *
 * Not guaranteed: a damage that its format's checksums do not cover (plain files have none) is not noticed here; and
 * content decompressed before a damage was noticed may itself be wrong, since deflate has one checksum at its end.
 */
import type { Lines } from '../batch.ts';
import { walkPaths } from './discovery/discover.ts';
import { openGrowingContent } from './growing-file.ts';
import { matchCopies } from './match-copies.ts';
import { findPrefixes, hashPrefix, readContent } from './read-content.ts';
import { LineSplitter } from './split-lines.ts';
import { readSpoolProcesses } from './spool-processes.ts';
import { startWatching, type WatchOptions } from './watch-paths.ts';

/** What the content is wrapped in; `spool`: the payloads of the receiver's lines, a line each. */
export type Compression = 'gzip' | 'zstd' | 'bzip2' | 'xz' | 'spool';

/** Encodings that are transcoded to UTF-8; content is UTF-8 (or whatever else it is) where none is told. */
export type Encoding = 'utf-16le' | 'utf-16be';

export type ReadErrorCode =
  | 'permission'
  | 'vanished'
  | 'read-error'
  | 'broken-link'
  | 'damaged-compression'
  | 'truncated-compression'
  /** Bytes after the end of compressed content that are neither content nor padding; all content was read. */
  | 'trailing-bytes'
  | 'unsupported-compression'
  | 'damaged-archive'
  | 'encrypted'
  /** A zip inside another archive. */
  | 'nested-archive';

/** Where a member lies in its archive: enough to read it again without going through the archive's directory. */
export type Member =
  | {
      readonly kind: 'zip';
      readonly name: string;
      readonly headerOffsetBytes: number;
      readonly storedBytes: number;
      readonly bytes: number;
      readonly crc32: number;
      readonly method: 'stored' | 'deflate' | Compression;
    }
  | {
      readonly kind: 'tar';
      readonly name: string;
      /** How the archive as a whole is compressed. */
      readonly archiveCompression?: Compression;
      /** Place in the (decompressed) archive. */
      readonly offsetBytes: number;
      readonly storedBytes: number;
    };

export interface Location {
  /** Absolute path of the file or archive. */
  readonly file: string;
  /** Outermost archive's member first; empty for a file of its own. */
  readonly members: readonly Member[];
}

/** A file or archive member that is to be read. Plain data. */
export interface SourceFile {
  /** Order in which files are told: by path, digits compared as numbers. */
  readonly index: number;
  /** Relative to what was opened, `/` separated, as the file system or the archive names it (control characters too). */
  readonly path: string;
  /** Which of the given paths it was found in. */
  readonly root: number;
  readonly location: Location;
  /** Size as stored: on disk, or in its archive. */
  readonly storedBytes: number;
  readonly compression?: Compression;
  readonly encoding?: Encoding;
  /** `YYYY-MM-DD` from its name. */
  readonly day?: string;
  /** Whether its name fits one of the two naming schemes. */
  readonly schemeName: boolean;
}

export type SkipReason =
  | { readonly code: 'no-entries' }
  | { readonly code: 'empty' }
  | { readonly code: 'special-file'; readonly kind: 'fifo' | 'socket' | 'device' | 'other' }
  /** The same file of the file system (a link, a hard link, or a path given twice); counted where `of` says. */
  | { readonly code: 'same-file'; readonly of: string }
  /** A link to a directory that is not followed: to another file system, or to a directory around what was opened. */
  | { readonly code: 'linked-directory'; readonly target: string }
  | { readonly code: 'broken-link' }
  | { readonly code: 'link-in-archive'; readonly target: string }
  | { readonly code: 'unsupported-format'; readonly format: string };

export interface Skipped {
  readonly path: string;
  readonly bytes: number;
  readonly reason: SkipReason;
}

export interface Unreadable {
  readonly path: string;
  readonly code: ReadErrorCode;
  readonly detail: string;
}

export interface Archive {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Members that are files, whether read, skipped or unreadable. */
  readonly members: number;
}

export interface Discovery {
  readonly files: readonly SourceFile[];
  readonly skipped: readonly Skipped[];
  readonly unreadable: readonly Unreadable[];
  readonly archives: readonly Archive[];
}

/** What is known of a file once it was read. Hashes are lower-case hexadecimal SHA-256. */
export interface FileReading {
  /** Stored bytes read; for a member those of the member itself, not of its archive's compression. */
  readonly bytes: number;
  readonly sha256: string;
  /** The content is what the lines are made of: decompressed, and transcoded where it was UTF-16. */
  readonly contentBytes: number;
  readonly contentSha256: string;
  readonly compression?: Compression;
  readonly encoding?: Encoding;
  readonly lines: number;
  readonly endsWithNewline: boolean;
  /** The last line was still being written, and nothing was salvaged from it. */
  readonly heldBack?: true;
  /** Why reading stopped early; `atContentByte` is how much content came out before. */
  readonly error?: { readonly code: ReadErrorCode; readonly detail: string; readonly atContentByte: number };
}

/** A place in a content that is the beginning of a line. */
export interface LineStart {
  readonly bytes: number;
  /** Lines before it. */
  readonly lines: number;
}

export interface ReadLinesOptions {
  readonly signal?: AbortSignal | undefined;
  /** Told of the stored bytes read so far, at most `storedBytes`. */
  readonly onBytes?: ((bytes: number) => void) | undefined;
  /** Over-long lines come in pieces; MAX_LINE_BYTES unless told. */
  readonly maxLineBytes?: number | undefined;
  /** What is before this place is hashed, and not given. */
  readonly after?: LineStart | undefined;
}

export interface Measure {
  readonly bytes: number;
  /** Where its last whole line ends, at least what was read. */
  readonly lineEnd: number;
  /** In nanoseconds since the epoch, as coarse as the file system has it. */
  readonly changedAt: bigint;
}

/** A plain file that is written to at its end, and was read up to some place. */
export interface GrowingFile {
  /** What was read of it. */
  readonly bytes: number;
  /** What it is now; undefined where it does not go on from what was read. */
  measure(): Measure | undefined;
  /** Gives the lines from `after` up to `endBytes`. Throws where it does not reach as far, and `cancelled`. */
  readLines(options: {
    readonly after: LineStart;
    readonly endBytes: number;
    readonly signal: AbortSignal;
  }): AsyncGenerator<Lines, FileReading>;
}

export interface Copy {
  /** Index of the file that has all of this one's content. */
  readonly of: number;
  /** `prefix`: the other goes on where this one ends. */
  readonly extent: 'equal' | 'prefix';
  readonly reading: FileReading;
}

/** Watches what is below the given paths for changes, until the function that it returns is called. */
export function watchPaths(paths: readonly string[], options: WatchOptions): () => Promise<void> {
  return startWatching(paths, options);
}

/** A file as stored. */
export interface StoredHash {
  readonly bytes: number;
  readonly sha256: string;
}

export interface DiscoverOptions {
  readonly signal?: AbortSignal | undefined;
  /** Gives an archive's hash, which `hash` makes by reading it, and which may be known. */
  readonly hashArchive?:
    | ((archive: Pick<SourceFile, 'location'>, hash: () => Promise<StoredHash>) => Promise<StoredHash>)
    | undefined;
}

/** Finds what is to be read below the given paths. Throws `path-not-found` and `cancelled`. */
export function discoverSources(paths: readonly string[], options: DiscoverOptions = {}): Promise<Discovery> {
  return walkPaths(paths, options);
}

/**
 * Reads a file's lines in order. A run's bytes are valid until the next run is asked for: whoever keeps them copies
 * them. Throws `cancelled`; whatever is wrong with the file is the reading's `error`.
 */
export async function* readLines(
  file: SourceFile,
  options: ReadLinesOptions = {},
): AsyncGenerator<Lines, FileReading> {
  const splitter = new LineSplitter(options.maxLineBytes, options.after);
  let skip = options.after?.bytes ?? 0;
  const content = readContent(file, options);
  try {
    for (;;) {
      const step = await content.next();
      if (step.done) {
        yield* splitter.finish();
        return { ...step.value, lines: splitter.lines, endsWithNewline: splitter.endsWithNewline };
      }
      const { buffer, start, end } = step.value;
      const from = Math.min(end, start + skip);
      skip -= from - start;
      yield* splitter.split({ buffer, start: from, end });
    }
  } finally {
    await content.return(undefined as never);
  }
}

/** Reads the lines of these numbers (from 1, ascending) again, each with its terminator; those beyond the end are left out. */
export async function* fetchLines(
  file: SourceFile,
  lineNumbers: readonly number[],
  options: ReadLinesOptions = {},
): AsyncGenerator<{ readonly line: number; readonly bytes: Uint8Array }, void> {
  let next = 0;
  let open: { readonly line: number; readonly pieces: Uint8Array[] } | undefined;
  for await (const run of readLines(file, options)) {
    if (run.piece === 'rest') {
      open?.pieces.push(run.bytes.slice());
      continue;
    }
    if (open) yield { line: open.line, bytes: Buffer.concat(open.pieces) };
    open = undefined;
    for (; next < lineNumbers.length && lineNumbers[next]! < run.firstLine + run.count; next++) {
      const line = lineNumbers[next]!;
      const at = line - run.firstLine;
      if (at < 0) continue;
      const bytes = Uint8Array.from(run.bytes.subarray(at === 0 ? 0 : run.ends[at - 1]!, run.ends[at]!));
      if (run.piece === 'head') open = { line, pieces: [bytes] };
      else yield { line, bytes };
    }
    if (next === lineNumbers.length && !open) return;
  }
  if (open) yield { line: open.line, bytes: Buffer.concat(open.pieces) };
}

/**
 * Finds the files whose content is equal to another's, or the beginning of another's (yesterday's backup), by content
 * as it is read: decompressed. Keys are indexes. An original is never itself a copy; an empty file is nobody's copy.
 */
export function findCopies(
  files: readonly SourceFile[],
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<ReadonlyMap<number, Copy>> {
  return matchCopies(files, options.signal);
}

/**
 * Groups files for reading on several threads: those of a group are read best by one thread in the order given, since
 * a compressed tar is gone through once that way. The largest group first.
 */
export function planReading(files: readonly SourceFile[]): SourceFile[][] {
  const groups = new Map<string, SourceFile[]>();
  for (const file of files) {
    const last = file.location.members.at(-1);
    const key =
      last?.kind === 'tar'
        ? `tar ${JSON.stringify([file.location.file, file.location.members.slice(0, -1)])}`
        : `file ${file.index}`;
    const group = groups.get(key);
    if (group) group.push(file);
    else groups.set(key, [file]);
  }
  const sum = (group: readonly SourceFile[]): number =>
    group.reduce((bytes, file) => bytes + file.storedBytes, 0);
  for (const group of groups.values()) group.sort((a, b) => offsetInArchive(a) - offsetInArchive(b));
  return [...groups.values()].sort((a, b) => sum(b) - sum(a));
}

function offsetInArchive(file: SourceFile): number {
  const last = file.location.members.at(-1);
  return last?.kind === 'tar' ? last.offsetBytes : 0;
}

/**
 * Hashes the first `bytes` of a file's content, to compare with what an earlier report knew of it. `bytes` in the
 * answer is smaller where the content is now shorter; `error` is set where it could not be read that far.
 */
export async function hashContentPrefix(
  file: SourceFile,
  bytes: number,
  options: Pick<ReadLinesOptions, 'signal' | 'onBytes'> = {},
): Promise<{
  readonly bytes: number;
  readonly sha256: string;
  readonly error?: NonNullable<FileReading['error']>;
}> {
  return hashPrefix(file, bytes, options);
}

/**
 * Tells which process wrote each line of a receiver's spool, by line from 1 (0: none is named); undefined where the file is
 * none, or its first line names none. Of a file that was asked for before only what was appended is read.
 */
export async function readProcesses(file: string, signal?: AbortSignal): Promise<Uint32Array | undefined> {
  return readSpoolProcesses(file, signal);
}

/**
 * Finds which SHA-256 sums are those of the content up to the end of one of its lines: what a log was before it went on.
 * Throws `cancelled`.
 */
export async function findContentPrefixes(
  file: SourceFile,
  sha256s: ReadonlySet<string>,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Set<string>> {
  return findPrefixes(file, sha256s, options.signal);
}

/**
 * Hashes what was read of a plain file, to read it on as it grows without what is before; undefined where that is not
 * what is there. `goesOnAt`: where it is to be read on. Throws `cancelled`.
 */
export function openGrowing(
  file: SourceFile,
  held: Pick<FileReading, 'contentBytes' | 'contentSha256'>,
  goesOnAt: number,
  signal: AbortSignal,
): Promise<GrowingFile | undefined> {
  return openGrowingContent(file, held, goesOnAt, signal);
}
