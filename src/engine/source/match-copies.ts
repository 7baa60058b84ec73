/**
 * Files whose content is another's, or its beginning. Cheap where there are none: only files that begin alike are
 * read any further.
 */
import { createHash } from 'node:crypto';
import { throwIfCancelled } from '../base/failure.ts';
import type { Copy, FileReading, SourceFile } from './open-source.ts';
import { readContent } from './read-content.ts';
import { LineSplitter } from './split-lines.ts';

const HEAD_BYTES = 4096;
const HEAD_READ_BYTES = 16 * 1024;

/** A file, its first bytes, and (once it was read) its whole. */
interface Candidate {
  readonly file: SourceFile;
  readonly head: Buffer;
  reading?: FileReading;
  /** Hash of the content up to some lengths that other files have. */
  prefixes?: ReadonlyMap<number, string>;
}

type Measured = Required<Candidate>;

/** Finds copies; keys are indexes. Throws `cancelled`. */
export async function matchCopies(
  files: readonly SourceFile[],
  signal: AbortSignal | undefined,
): Promise<Map<number, Copy>> {
  const copies = new Map<number, Copy>();
  const candidates: Candidate[] = [];
  for (const file of files) {
    const head = await readHead(file, signal);
    if (head.length > 0) candidates.push({ file, head });
  }
  for (const group of groupByHead(candidates)) await matchGroup(group, copies, signal);
  await matchShort(candidates, copies, signal);
  return copies;
}

async function readHead(file: SourceFile, signal: AbortSignal | undefined): Promise<Buffer> {
  throwIfCancelled(signal);
  const content = readContent(file, { signal, chunkBytes: HEAD_READ_BYTES });
  const head: Buffer[] = [];
  let bytes = 0;
  try {
    while (bytes < HEAD_BYTES) {
      const step = await content.next();
      if (step.done) break;
      const { buffer, start, end } = step.value;
      head.push(Buffer.from(buffer.subarray(start, Math.min(end, start + HEAD_BYTES - bytes))));
      bytes += end - start;
    }
  } finally {
    await content.return(undefined as never);
  }
  return Buffer.concat(head);
}

/** Groups of two or more whose whole heads are equal; a content shorter than a head needs no group. */
function groupByHead(candidates: readonly Candidate[]): Candidate[][] {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    if (candidate.head.length < HEAD_BYTES) continue;
    const key = createHash('sha256').update(candidate.head).digest('hex');
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** A content shorter than a head is all there: it is a copy where some other head begins with it. */
async function matchShort(
  candidates: readonly Candidate[],
  copies: Map<number, Copy>,
  signal: AbortSignal | undefined,
): Promise<void> {
  const originals = candidates.filter(
    ({ head, file }) => head.length === HEAD_BYTES && !copies.has(file.index),
  );
  originals.sort((a, b) => rankFile(a.file) - rankFile(b.file) || a.file.index - b.file.index);
  const short: Measured[] = [];
  for (const candidate of candidates)
    if (candidate.head.length < HEAD_BYTES) short.push(await measure(candidate, [], signal));
  for (const candidate of short.sort(compareCandidates)) {
    const { file, head, reading } = candidate;
    const original = originals.find((other) => other.head.subarray(0, head.length).equals(head));
    if (!original) originals.push(candidate);
    else {
      const extent = original.head.length === head.length ? 'equal' : 'prefix';
      copies.set(file.index, { of: original.file.index, extent, reading });
    }
  }
}

async function matchGroup(
  group: Candidate[],
  copies: Map<number, Copy>,
  signal: AbortSignal | undefined,
): Promise<void> {
  // How long a compressed content is shows only at its end.
  for (const candidate of group) if (isDerived(candidate.file)) await measure(candidate, [], signal);
  const lengths = group.map((candidate) => candidate.reading?.contentBytes ?? candidate.file.storedBytes);
  for (const [at, candidate] of group.entries()) {
    const shorter = [...new Set(lengths.filter((length) => length < lengths[at]!))].sort((a, b) => a - b);
    if (!candidate.reading || shorter.length > 0) await measure(candidate, shorter, signal);
  }
  const originals: Measured[] = [];
  for (const candidate of (group as Measured[]).sort(compareCandidates)) {
    const { contentBytes, contentSha256 } = candidate.reading;
    const original = originals.find(({ reading, prefixes }) =>
      reading.contentBytes === contentBytes
        ? reading.contentSha256 === contentSha256
        : prefixes.get(contentBytes) === contentSha256,
    );
    if (original) {
      const extent = original.reading.contentBytes === contentBytes ? 'equal' : 'prefix';
      copies.set(candidate.file.index, { of: original.file.index, extent, reading: candidate.reading });
    } else if (contentBytes > 0) {
      originals.push(candidate);
    }
  }
}

function isDerived(file: SourceFile): boolean {
  return file.compression !== undefined || file.encoding !== undefined || file.location.members.length > 0;
}

/** Reads a whole file: what is known of it, and the hash of its content up to each of the lengths (ascending). */
async function measure(
  candidate: Candidate,
  lengths: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Measured> {
  const splitter = new LineSplitter();
  const hash = createHash('sha256');
  const prefixes = new Map<number, string>();
  const content = readContent(candidate.file, { signal });
  let hashed = 0;
  for (;;) {
    const step = await content.next();
    if (step.done) {
      for (const _ of splitter.finish());
      const { lines, endsWithNewline } = splitter;
      return Object.assign(candidate, { prefixes, reading: { ...step.value, lines, endsWithNewline } });
    }
    const { buffer, start, end } = step.value;
    let at = start;
    for (const length of lengths.slice(prefixes.size)) {
      if (length > hashed + end - at) break;
      hash.update(buffer.subarray(at, at + length - hashed));
      at += length - hashed;
      hashed = length;
      prefixes.set(length, hash.copy().digest('hex'));
    }
    if (prefixes.size < lengths.length) {
      hash.update(buffer.subarray(at, end));
      hashed += end - at;
    }
    for (const _ of splitter.split(step.value));
  }
}

/** The longest first; of equal ones the best original: undamaged, with a scheme's name, not compressed. */
function compareCandidates(a: Measured, b: Measured): number {
  return (
    b.reading.contentBytes - a.reading.contentBytes ||
    rankCandidate(a) - rankCandidate(b) ||
    a.file.index - b.file.index
  );
}

function rankCandidate({ file, reading }: Measured): number {
  return (reading.error ? 4 : 0) + rankFile(file);
}

function rankFile(file: SourceFile): number {
  return (file.schemeName ? 0 : 2) + (file.compression === undefined ? 0 : 1);
}
