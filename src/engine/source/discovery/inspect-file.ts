/** Tells from a file's first bytes what it is: an archive, something to read, or something to skip. */
import { decompress, detectCompression, detectUnsupported } from '../decompress/decompress.ts';
import type { Compression, Encoding } from '../open-source.ts';
import { SourceError } from '../source-error.ts';
import { detectEncoding, transcode } from '../transcode.ts';
import { isSchemeName } from './file-names.ts';
import { isTarHeader } from './list-tar.ts';

/** How far a file without a scheme's name is searched for an entry; what is needed of any other. */
export const GLANCE_BYTES = 1024 * 1024;
const HEAD_BYTES = 4096;

export type Inspection =
  | {
      readonly kind: 'file';
      readonly compression?: Compression;
      readonly encoding?: Encoding;
    }
  | { readonly kind: 'zip' }
  | { readonly kind: 'tar'; readonly compression?: Compression }
  | { readonly kind: 'unsupported'; readonly format: string }
  | { readonly kind: 'unreadable'; readonly error: SourceError }
  | { readonly kind: 'other'; readonly code: 'no-entries' | 'empty' };

const EXTENSION: Readonly<Record<string, Compression>> = {
  gz: 'gzip',
  zst: 'zstd',
  zstd: 'zstd',
  bz2: 'bzip2',
  xz: 'xz',
};

/**
 * Looks into a file. `open` gives its stored bytes from the start, as often as it is called; `isWhole` tells whether
 * they end where the file ends. Throws SourceError where not even the first byte can be had.
 */
export async function inspectFile(
  name: string,
  open: () => AsyncGenerator<Buffer, void>,
  isWhole = true,
): Promise<Inspection> {
  const isScheme = isSchemeName(name);
  const stored = await collectBytes(open(), HEAD_BYTES);
  if (stored.error && stored.bytes.length === 0) {
    if (stored.error.code === 'permission' || !isScheme) return { kind: 'unreadable', error: stored.error };
    return { kind: 'file' };
  }
  if (isZip(stored.bytes)) return { kind: 'zip' };
  const format = detectUnsupported(stored.bytes);
  if (format !== undefined) return { kind: 'unsupported', format };

  const compression = detectCompression(stored.bytes) ?? expectCompression(name, stored.bytes);
  const limit = isScheme ? HEAD_BYTES : GLANCE_BYTES;
  const content =
    compression || limit > HEAD_BYTES
      ? await collectBytes(compression ? decompress(compression, open) : open(), limit)
      : stored;
  if (isTarHeader(content.bytes)) return { kind: 'tar', ...(compression && { compression }) };
  const encoding = detectEncoding(content.bytes);
  const file: Inspection = {
    kind: 'file',
    ...(compression && { compression }),
    ...(encoding && { encoding }),
  };
  // Whatever a spool holds was sent as an entry.
  if (isScheme || compression === 'spool') return file;
  if (content.error && content.bytes.length === 0 && isWhole)
    return { kind: 'unreadable', error: content.error };
  if (content.bytes.length === 0) return { kind: 'other', code: 'empty' };
  const text = encoding ? await transcodeAll(encoding, content.bytes) : content.bytes;
  return hasEntry(text) ? file : { kind: 'other', code: 'no-entries' };
}

/** A compressed file whose first bytes were wrecked: its name says so, and it is no text. */
function expectCompression(name: string, head: Buffer): Compression | undefined {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  if (!Object.hasOwn(EXTENSION, extension)) return undefined;
  const isText = head.length > 0 && !head.some((byte) => byte < 9) && !head.includes(0x1b);
  return isText ? undefined : EXTENSION[extension];
}

/** `PK` and a member's header, or the directory's end where there is no member. */
function isZip(head: Buffer): boolean {
  return head.length >= 4 && (head.readUInt32LE(0) === 0x04034b50 || head.readUInt32LE(0) === 0x06054b50);
}

async function collectBytes(
  bytes: AsyncGenerator<Buffer, void>,
  limit: number,
): Promise<{ readonly bytes: Buffer; readonly error?: SourceError }> {
  const parts: Buffer[] = [];
  let size = 0;
  let failure: SourceError | undefined;
  try {
    for await (const part of bytes) {
      parts.push(Buffer.from(part.subarray(0, limit - size)));
      size += part.length;
      if (size >= limit) break;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    failure = error;
  }
  return { bytes: Buffer.concat(parts), ...(failure && { error: failure }) };
}

async function transcodeAll(encoding: Encoding, bytes: Buffer): Promise<Buffer> {
  async function* giveOnce(): AsyncGenerator<Buffer, void> {
    yield bytes;
  }
  const parts: Buffer[] = [];
  for await (const part of transcode(encoding, giveOnce())) parts.push(part);
  return Buffer.concat(parts);
}

/** Whether some line begins with `{` and has the keys `node`, `ts` and `seq` in its outermost object. */
export function hasEntry(text: Buffer): boolean {
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf(10, at);
    const end = newline < 0 ? text.length : newline;
    const start = skipBlank(text, at, end);
    if (text[start] === 0x7b && hasEntryKeys(text, start, end)) return true;
    at = end + 1;
  }
  return false;
}

/** Goes past white space, and the byte order mark of UTF-8 at the beginning. */
function skipBlank(text: Buffer, start: number, end: number): number {
  let at = start;
  if (at === 0 && text[0] === 0xef && text[1] === 0xbb && text[2] === 0xbf) at = 3;
  while (at < end && (text[at] === 0x20 || text[at] === 0x09 || text[at] === 0x0d)) at++;
  return at;
}

/** Looks at keys only, by brackets and quotes: a report of ours has such keys too, but deeper. */
function hasEntryKeys(text: Buffer, start: number, end: number): boolean {
  const missing = new Set(['node', 'ts', 'seq']);
  let depth = 0;
  for (let at = start; at < end; at++) {
    const byte = text[at];
    if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x22) {
      const close = findQuote(text, at + 1, end);
      let next = close + 1;
      while (next < end && (text[next] === 0x20 || text[next] === 0x09)) next++;
      if (depth === 1 && text[next] === 0x3a)
        missing.delete(text.toString('latin1', at + 1, Math.min(close, at + 6)));
      if (missing.size === 0) return true;
      at = close;
    }
  }
  return false;
}

function findQuote(text: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && text[at] !== 0x22) at += text[at] === 0x5c ? 2 : 1;
  return at;
}
