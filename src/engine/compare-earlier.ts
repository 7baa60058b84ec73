/**
 * `--against`: is what was there then still there, byte for byte? Content is what is compared, so a file that rotation
 * renamed and compressed is the same file. A single copy shows edits and cut tails in no other way.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { EarlierReport, type Report } from '../contract/report.ts';
import { createFailure, throwIfCancelled } from './base/failure.ts';
import type { GatheredFile } from './gather.ts';
import type { FoundFinding } from './report/build-report.ts';
import { hashContentPrefix } from './source/open-source.ts';

interface EarlierFile {
  readonly path: string;
  readonly sha256: string;
  /** Undefined in a SHA256SUMS, which has no sizes: a file that grew cannot be told from an edited one there. */
  readonly contentBytes: number | undefined;
  readonly contentSha256: string;
  readonly entries: number | undefined;
}

export interface EarlierComparison {
  readonly compared: NonNullable<Report['compared']>;
  readonly findings: readonly FoundFinding[];
}

/** `HASH  NAME` or `HASH *NAME` a line (coreutils), a backslash before it where the name is escaped. */
const SUM_LINE = /^\\?([0-9a-fA-F]{64}) [ *](.+)$/;

/** Reads an earlier record before any work is done. Failure: `comparison-unreadable`. */
export function readEarlier(file: string): {
  readonly kind: 'report' | 'sha256sums';
  readonly files: readonly EarlierFile[];
} {
  const fail = (cause: unknown): never => {
    throw createFailure('comparison-unreadable', 'this is neither a report of ours nor a SHA256SUMS', {
      subject: file,
      cause,
    });
  };
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    fail(cause);
  }
  if (text.trimStart().startsWith('{')) {
    try {
      const report = EarlierReport.parse(JSON.parse(text));
      return {
        kind: 'report',
        files: report.files.map(({ path, bytes, sha256, contentBytes, contentSha256, entries }) => ({
          ...{ path, sha256, entries },
          contentBytes: contentBytes ?? bytes,
          contentSha256: contentSha256 ?? sha256,
        })),
      };
    } catch (cause) {
      fail(cause);
    }
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const files = lines.map((line) => {
    const match = SUM_LINE.exec(line);
    if (!match) return fail(line);
    const sha256 = match[1]!.toLowerCase();
    return { path: match[2]!, sha256, contentSha256: sha256, contentBytes: undefined, entries: undefined };
  });
  return files.length > 0 ? { kind: 'sha256sums', files } : fail('empty');
}

/** Looks for every earlier file among what is there now. */
export async function compareEarlier(
  earlier: ReturnType<typeof readEarlier>,
  files: readonly GatheredFile[],
  entriesOf: (file: GatheredFile) => number,
  signal: AbortSignal,
): Promise<EarlierComparison> {
  const counts = { unchanged: 0, grown: 0, rewritten: 0, absent: 0 };
  const findings: FoundFinding[] = [];
  for (const before of earlier.files) {
    throwIfCancelled(signal);
    const same = files.find(
      ({ reading }) => reading.sha256 === before.sha256 || reading.contentSha256 === before.contentSha256,
    );
    if (same) {
      counts.unchanged++;
      continue;
    }
    if (await isContinued(before, files, signal)) {
      counts.grown++;
      continue;
    }
    const now = findByPath(before.path, files);
    counts[now ? 'rewritten' : 'absent']++;
    findings.push(tellRewritten(before, now, now ? entriesOf(now) : 0));
  }
  return { compared: { with: earlier.kind, files: earlier.files.length, ...counts }, findings };
}

async function isContinued(
  before: EarlierFile,
  files: readonly GatheredFile[],
  signal: AbortSignal,
): Promise<boolean> {
  const { contentBytes, contentSha256 } = before;
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

/** At its path; or, where checksums were made elsewhere, at the only file of that name. */
function findByPath(path: string, files: readonly GatheredFile[]): GatheredFile | undefined {
  const plain = path.replaceAll('\\', '/').replace(/^\.\//, '');
  const exact = files.find(({ file }) => file.path === plain);
  if (exact) return exact;
  const named = files.filter(({ file }) => basename(file.path) === basename(plain));
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
      ...(now === undefined || before.entries === undefined || before.entries === entriesNow
        ? []
        : [{ code: 'fewer-entries', values: { before: before.entries, after: entriesNow } }]),
    ],
    confidence: 'high',
  };
}
