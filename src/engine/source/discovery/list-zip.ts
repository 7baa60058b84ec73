/** The members of a zip, by its directory. */
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import type { Member } from '../open-source.ts';
import { SourceError } from '../source-error.ts';

type ZipLocation = Extract<Member, { kind: 'zip' }>;

export type ZipMember =
  | { readonly kind: 'file'; readonly member: ZipLocation }
  | { readonly kind: 'link'; readonly name: string; readonly bytes: number }
  | { readonly kind: 'unreadable'; readonly name: string; readonly error: SourceError };

/** Compression methods (APPNOTE 4.4.5) that can be read. */
const METHODS: ReadonlyMap<number, ZipLocation['method']> = new Map([
  [0, 'stored'],
  [8, 'deflate'],
  [12, 'bzip2'],
  [93, 'zstd'],
  [95, 'xz'],
]);

/** Lists the members that are files. Throws SourceError where the directory cannot be read (any further). */
export async function* listZip(path: string): AsyncGenerator<ZipMember, void> {
  let zip: ZipFile | undefined;
  try {
    // Names stay bytes here: yauzl gives up a whole archive for one name that leads outside.
    zip = await openPromise(path, {
      lazyEntries: true,
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    for await (const entry of zip.eachEntry()) {
      const member = readEntry(entry);
      if (member) yield member;
    }
  } catch (error) {
    throw classifyZipError(error);
  } finally {
    zip?.close();
  }
}

function readEntry(entry: Entry): ZipMember | undefined {
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  if (name.endsWith('/')) return undefined;
  // The upper half is st_mode where the archive was made on Unix.
  if (((entry.externalFileAttributes >>> 16) & 0xf000) === 0xa000)
    return { kind: 'link', name, bytes: entry.compressedSize };
  if (entry.isEncrypted())
    return { kind: 'unreadable', name, error: new SourceError('encrypted', 'the member is encrypted') };
  const method = METHODS.get(entry.compressionMethod);
  if (method === undefined) {
    const detail = `compression method ${entry.compressionMethod} cannot be read`;
    return { kind: 'unreadable', name, error: new SourceError('unsupported-compression', detail) };
  }
  return {
    kind: 'file',
    member: {
      kind: 'zip',
      name,
      headerOffsetBytes: entry.relativeOffsetOfLocalHeader,
      storedBytes: entry.compressedSize,
      bytes: entry.uncompressedSize,
      crc32: entry.crc32,
      method,
    },
  };
}

function classifyZipError(error: unknown): unknown {
  const known = SourceError.from(error);
  if (known instanceof SourceError || !(known instanceof Error)) return known;
  if (known.message === 'strong encryption is not supported')
    return new SourceError('encrypted', 'the archive is encrypted', { cause: known });
  return new SourceError('damaged-archive', known.message, { cause: known });
}
