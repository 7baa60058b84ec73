/** Looks into one file or member and puts it where it belongs; archives are gone through, member by member. */
import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../../base/failure.ts';
import { ByteCursor } from '../decompress/byte-cursor.ts';
import type { Compression, DiscoverOptions, Location, StoredHash } from '../open-source.ts';
import { SourceError } from '../source-error.ts';
import { readArchiveBytes, readStored, viewChunks } from '../stored-bytes.ts';
import type { Collector, Place } from './collect-sources.ts';
import { baseName, isDocumentName, isSchemeName, normaliseMemberName } from './file-names.ts';
import { GLANCE_BYTES, type Inspection, inspectFile } from './inspect-file.ts';
import { listTar } from './list-tar.ts';
import { listZip } from './list-zip.ts';

const GLANCE_READ_BYTES = 64 * 1024;
/** An archive in an archive in an archive: beyond that it is a bomb. */
const MAX_DEPTH = 3;

/** One file or member to look into. */
export interface Subject {
  readonly place: Place;
  readonly location: Location;
  readonly storedBytes: number;
  /** Whether the user named it: then a format that cannot be read is told as such, whatever its name. */
  readonly isNamed: boolean;
  /** The first stored bytes where they are at hand. */
  readonly head?: Buffer;
}

/** Looks into the file, and lists it or what is in it. Throws `cancelled`. */
export async function examineFile(
  subject: Subject,
  into: Collector,
  options: DiscoverOptions,
): Promise<void> {
  throwIfCancelled(options.signal);
  const { place, location, storedBytes, head } = subject;
  const open = (): AsyncGenerator<Buffer, void> =>
    head ? giveOnce(head) : viewChunks(readStored(location, GLANCE_READ_BYTES));
  const name = baseName(place.relative);
  const found = await inspectFile(name, open, head === undefined || head.length >= storedBytes);
  switch (found.kind) {
    case 'file':
      return into.addFile(place, location, storedBytes, found);
    case 'other':
      return into.skip(place, storedBytes, { code: found.code });
    case 'unreadable':
      return into.addUnreadable(place, found.error);
    case 'unsupported':
      if (!subject.isNamed && !isSchemeName(name))
        return into.skip(place, storedBytes, { code: 'unsupported-format', format: found.format });
      return into.addUnreadable(place, new SourceError('unsupported-compression', found.format));
    default:
      return await examineArchive(subject, found, into, options);
  }
}

async function examineArchive(
  subject: Subject,
  found: Extract<Inspection, { kind: 'zip' | 'tar' }>,
  into: Collector,
  options: DiscoverOptions,
): Promise<void> {
  const { place, location, storedBytes, isNamed } = subject;
  const name = baseName(place.relative);
  if (found.kind === 'zip' && isDocumentName(name) && !isNamed)
    return into.skip(place, storedBytes, { code: 'no-entries' });
  if (location.members.length >= MAX_DEPTH || (found.kind === 'zip' && location.members.length > 0))
    return into.addUnreadable(place, new SourceError('nested-archive', 'an archive inside an archive'));
  let members = 0;
  try {
    const subjects =
      found.kind === 'zip'
        ? listZipSubjects(subject, into)
        : listTarSubjects(subject, found.compression, into);
    for await (const member of subjects) {
      members++;
      if (member !== 'done') await examineFile(member, into, options);
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    // A log that only looks like an archive is a wrecked log.
    if (members === 0 && isSchemeName(name)) return into.addFile(place, location, storedBytes, {});
    into.addUnreadable(place, error);
  }
  const hash = (): Promise<StoredHash> => hashStored(location, options.signal);
  const stored = await (options.hashArchive?.({ location }, hash) ?? hash());
  into.addArchive(place, { ...stored, members });
}

/** The zip's members; `done` for one that was told already. */
async function* listZipSubjects(archive: Subject, into: Collector): AsyncGenerator<Subject | 'done', void> {
  for await (const found of listZip(archive.location.file)) {
    const name = found.kind === 'file' ? found.member.name : found.name;
    const place = into.placeMember(archive.place, normaliseMemberName(name));
    if (found.kind === 'file') {
      yield createSubject(archive, place, found.member, found.member.storedBytes);
    } else {
      if (found.kind === 'unreadable') into.addUnreadable(place, found.error);
      else into.skip(place, found.bytes, { code: 'link-in-archive', target: '' });
      yield 'done';
    }
  }
}

async function* listTarSubjects(
  archive: Subject,
  compression: Compression | undefined,
  into: Collector,
): AsyncGenerator<Subject | 'done', void> {
  const cursor = new ByteCursor(readArchiveBytes(archive.location, compression));
  try {
    for await (const found of listTar(cursor, GLANCE_BYTES)) {
      if (found.type === 'other') continue;
      const place = into.placeMember(archive.place, normaliseMemberName(found.name));
      if (found.type === 'link') {
        into.skip(place, 0, { code: 'link-in-archive', target: found.target });
        yield 'done';
      } else {
        const member = {
          kind: 'tar',
          name: found.name,
          ...(compression && { archiveCompression: compression }),
          offsetBytes: found.offsetBytes,
          storedBytes: found.bytes,
        } as const;
        yield { ...createSubject(archive, place, member, found.bytes), head: found.head };
      }
    }
  } finally {
    await cursor.close();
  }
}

function createSubject(
  archive: Subject,
  place: Place,
  member: Location['members'][number],
  storedBytes: number,
): Subject {
  const { file, members } = archive.location;
  return { place, location: { file, members: [...members, member] }, storedBytes, isNamed: false };
}

async function* giveOnce(bytes: Buffer): AsyncGenerator<Buffer, void> {
  yield bytes;
}

/** Hashes an archive as stored; where it cannot be read to its end, what of it could. */
async function hashStored(location: Location, signal: AbortSignal | undefined): Promise<StoredHash> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const part of viewChunks(readStored(location))) {
      throwIfCancelled(signal);
      hash.update(part);
      bytes += part.length;
    }
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
  }
  return { bytes, sha256: hash.digest('hex') };
}
