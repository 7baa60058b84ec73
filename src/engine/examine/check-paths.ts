/**
 * A check in two halves: what is there, what of it is known, and whether the kept report still stands; then reading the
 * rest, and examining all.
 */
import type { Progress } from '../../contract/api.ts';
import type { Report } from '../../contract/report.ts';
import { createFailure } from '../base/failure.ts';
import { readRemoved } from '../base/removed-files.ts';
import { parseTs } from '../base/timestamp.ts';
import { version } from '../base/version.ts';
import { type FollowedState, isFollowUp } from '../follow/follow-paths.ts';
import { findOpenEnd, holdsBackFor } from '../follow/open-end.ts';
import { hashBasis, hashKnownBasis, nameBasis } from '../follow/report-basis.ts';
import { type Found, find, gather } from '../gather/gather.ts';
import type { Importer, LostFile } from '../gather/import-files.ts';
import type { FoundFinding } from '../report/build-report.ts';
import { type ExamineOptions, examine } from './examine.ts';
import { readEarlier } from './read-earlier.ts';

export interface CheckOptions {
  readonly signal: AbortSignal;
  /** What is told, never what is analysed: ISO 8601; a date alone is its UTC midnight. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  /** An earlier report of ours, or a SHA256SUMS. */
  readonly against?: string | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Memory for sorted entries, in bytes; beyond it they spill to a temporary file. */
  readonly budgetBytes?: number | undefined;
  /** For a check of paths that are followed. */
  readonly following?: FollowedState | undefined;
}

/** A report, and what it was made of; without a basis where it is the kept one as it is. */
export interface Checked {
  readonly report: Report;
  readonly basis?: string;
}

export interface Begun {
  readonly paths: readonly string[];
  readonly found: Found;
  readonly importer: Importer | undefined;
  /** Where the kept report answers. */
  readonly kept: Checked | undefined;
  /** What it is examined for. */
  readonly ask: Omit<ExamineOptions, 'signal' | 'end'>;
  /** Whether the report can stand for a later check. */
  readonly canStand: boolean;
}

interface Keeping {
  readonly importer: Importer;
  /** The kept report, where it was made of the same. */
  readonly findKept: (basis: string) => Report | undefined;
}

/** Finds what there is. */
export async function beginCheck(
  paths: readonly string[],
  options: CheckOptions,
  keeping?: Keeping,
): Promise<Begun> {
  const { against, following } = options;
  const importer = keeping?.importer;
  const from = readBound(options.from);
  const to = readBound(options.to);
  if (from !== undefined && to !== undefined && parseTs(from) >= parseTs(to)) {
    throw createFailure('bad-request', 'the period has to end after it begins', {
      subject: `${from} – ${to}`,
    });
  }
  const earlier = against === undefined ? undefined : readEarlier(against);
  const made: Omit<Report['made'], 'method'> = {
    tool: 'unbroken',
    version: version,
    at: new Date().toISOString(),
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    parameters: {
      paths: [...paths],
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...(against === undefined ? {} : { against }),
    },
  };
  const found = await find(paths, options, importer);
  // What is compared with, and what was lost since, is in no basis.
  const canStand = importer?.lost.length === 0 && against === undefined;
  const known = canStand ? hashKnownBasis(found, made) : undefined;
  const kept = known === undefined ? undefined : keeping?.findKept(known);
  // A date says when all of it was looked at: as long as only looks were compared, it stays.
  const dated = kept && { report: { ...kept, made: { ...kept.made, ...made } }, basis: known! };
  return {
    paths,
    found,
    importer,
    kept: kept && isFollowUp(following) ? { report: kept } : dated,
    ask: {
      from,
      to,
      earlier,
      lost: importer?.lost.map(tellLost),
      removed: paths.flatMap(readRemoved),
      made,
      taken: importer?.taken ?? 0,
    },
    canStand,
  };
}

/** Reads what is not known yet, and examines all. */
export async function finishCheck(
  begun: Begun,
  { signal, budgetBytes, following }: CheckOptions,
  spillDirectory: string,
): Promise<Checked> {
  if (begun.kept) return begun.kept;
  const { paths, found, importer, ask } = begun;
  const gathered = await gather(
    found,
    { signal, budgetBytes, spillDirectory, holdsBack: holdsBackFor(following) },
    importer,
  );
  try {
    const end = findOpenEnd(gathered, Date.now(), following);
    const report = await examine(paths, gathered, { ...ask, signal, end });
    return nameChecked(begun, report, hashBasis(gathered, ask.made));
  } finally {
    gathered.census.close();
  }
}

/** A report that was just made, with what it was made of. */
export function nameChecked({ canStand, ask }: Begun, report: Report, hash: string): Checked {
  return { report, basis: canStand ? nameBasis(hash, report, ask.taken) : '' };
}

/** A bound of the period as ISO 8601 with offset. Failure: `bad-request`. */
function readBound(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const full = /^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00+00:00` : text;
  if (Number.isNaN(parseTs(full))) {
    throw createFailure(
      'bad-request',
      'a time is written as ISO 8601, such as 2025-03-01 or 2025-03-01T08:00:00+00:00',
      {
        subject: text,
      },
    );
  }
  return full;
}

/** A file that the workspace held and that is gone, or other now: the workspace is an earlier record too. */
function tellLost({ record, now }: LostFile): FoundFinding {
  return {
    kind: 'rewritten',
    path: record.path,
    cause: {
      code: now === undefined ? 'absent' : now.storedBytes < record.bytes ? 'shortened' : 'edited',
      values: {},
    },
    evidence: [{ code: 'recorded', values: { bytes: record.contentBytes, sha256: record.contentSha256 } }],
    confidence: 'high',
  };
}
