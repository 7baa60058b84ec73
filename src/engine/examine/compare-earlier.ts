/**
 * `--against`: is what was there then still there, byte for byte? Content is what is compared, so a file that rotation
 * renamed and compressed is the same file. A single copy shows edits and cut tails in no other way.
 */
import { basename } from 'node:path/posix';
import type { Report } from '../../contract/report.ts';
import type { RemovedFile } from '../../contract/spool.ts';
import { throwIfCancelled } from '../base/failure.ts';
import type { Gathered, GatheredFile } from '../gather/gather.ts';
import type { FoundFinding } from '../report/build-report.ts';
import { findContentPrefixes, hashContentPrefix } from '../source/open-source.ts';
import type { EarlierFile, EarlierRecord } from './read-earlier.ts';

export interface EarlierComparison {
  readonly compared: NonNullable<Report['compared']>;
  readonly findings: readonly FoundFinding[];
}

/** Looks for every earlier file among what is there now. */
export async function compareEarlier(
  earlier: EarlierRecord,
  gathered: Gathered,
  options: {
    readonly entriesOf: (file: GatheredFile) => number;
    /** What a spool's retention removed: it is not there any more, and nobody tampered with it. */
    readonly removed: readonly RemovedFile[];
    readonly signal: AbortSignal;
  },
): Promise<EarlierComparison> {
  const { entriesOf, signal } = options;
  const files = [...gathered.files.values()];
  const hashes = new Set([
    ...files.flatMap(({ reading }) => [reading.sha256, reading.contentSha256]),
    ...gathered.archives.map(({ sha256 }) => sha256),
  ]);
  const expired = new Set(options.removed.map(({ sha256 }) => sha256));
  const counts = { unchanged: 0, grown: 0, rewritten: 0, absent: 0, notRead: 0 };
  let removed = 0;
  const findings: FoundFinding[] = [];
  const changed = earlier.files.filter(
    ({ sha256, contentSha256 }) => !hashes.has(sha256) && !hashes.has(contentSha256),
  );
  counts.unchanged = earlier.files.length - changed.length;
  const grown = await findGrown(changed, files, signal);
  for (const before of changed) {
    throwIfCancelled(signal);
    if (grown.has(before) || (await isContinued(before, files, signal))) {
      counts.grown++;
      continue;
    }
    const now = findByPath(before.path, files, ({ file }) => file.path);
    if (!now && isSetAside(before.path, gathered)) {
      counts.notRead++;
      continue;
    }
    if (!now && expired.has(before.sha256)) {
      removed++;
      continue;
    }
    counts[now ? 'rewritten' : 'absent']++;
    findings.push(tellRewritten(before, now, now ? entriesOf(now) : 0));
  }
  const compared = { with: earlier.kind, files: earlier.files.length, ...counts };
  return { compared: removed === 0 ? compared : { ...compared, removed }, findings };
}

/** Without sizes: a file that went on since has the old sum somewhere at the end of a line. */
async function findGrown(
  changed: readonly EarlierFile[],
  files: readonly GatheredFile[],
  signal: AbortSignal,
): Promise<Set<EarlierFile>> {
  const sought = new Map(
    changed
      .filter(({ contentBytes }) => contentBytes === undefined)
      .map((before) => [before.contentSha256, before]),
  );
  const grown = new Set<EarlierFile>();
  for (const { file } of files) {
    if (sought.size === 0) break;
    for (const sha256 of await findContentPrefixes(file, new Set(sought.keys()), { signal })) {
      grown.add(sought.get(sha256)!);
      sought.delete(sha256);
    }
  }
  return grown;
}

/** Files that were recorded, are there, and were not read: a README, the list of sums itself, what is not permitted. */
function isSetAside(path: string, { skipped, unreadable }: Gathered): boolean {
  return findByPath(path, [...skipped, ...unreadable], (file) => file.path) !== undefined;
}

async function isContinued(
  before: EarlierFile,
  files: readonly GatheredFile[],
  signal: AbortSignal,
): Promise<boolean> {
  const { contentBytes, contentSha256 } = before;
  // Of a list of sums, `findGrown` has looked for all at once.
  if (contentBytes === undefined) return false;
  const longer = files.filter(({ reading }) => reading.contentBytes > contentBytes);
  // The file at its own path first: a rotation is the rarer case.
  longer.sort((a, b) => Number(isAt(before.path, b)) - Number(isAt(before.path, a)));
  for (const { file } of longer) {
    const prefix = await hashContentPrefix(file, contentBytes, { signal });
    if (prefix.bytes === contentBytes && prefix.sha256 === contentSha256) return true;
  }
  return false;
}

function isAt(path: string, { file }: GatheredFile): boolean {
  return file.path === path;
}

/** At its path; or, where it was recorded elsewhere, at the only file of that name. */
function findByPath<T>(path: string, files: readonly T[], pathOf: (file: T) => string): T | undefined {
  const exact = files.find((file) => pathOf(file) === path);
  if (exact) return exact;
  const named = files.filter((file) => basename(pathOf(file)) === basename(path));
  return named.length === 1 ? named[0] : undefined;
}

function tellRewritten(before: EarlierFile, now: GatheredFile | undefined, entriesNow: number): FoundFinding {
  const isShorter =
    now !== undefined && before.contentBytes !== undefined && now.reading.contentBytes < before.contentBytes;
  return {
    kind: 'rewritten',
    path: now?.file.path ?? before.path,
    cause: { code: now === undefined ? 'absent' : isShorter ? 'shortened' : 'edited', values: {} },
    evidence: [
      {
        code: before.contentBytes === undefined ? 'recorded-hash' : 'recorded',
        values: { bytes: before.contentBytes ?? 0, sha256: before.contentSha256 },
      },
      ...(now === undefined
        ? []
        : [
            {
              code: 'found-now',
              values: { bytes: now.reading.contentBytes, sha256: now.reading.contentSha256 },
            },
          ]),
      ...(now === undefined || before.entries === undefined || before.entries === entriesNow
        ? []
        : [{ code: 'fewer-entries', values: { before: before.entries, after: entriesNow } }]),
    ],
    confidence: 'high',
  };
}
