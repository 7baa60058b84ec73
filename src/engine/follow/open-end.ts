/**
 * The end of a log that is still written to: a last line without its newline, and findings of a node's last seconds,
 * since entries may still be on their way in another process's buffer, or to another copy.
 */
import { statSync } from 'node:fs';
import { REF_LINES } from '../batch.ts';
import type { MalformedLine } from '../gather/census.ts';
import type { Gathered, GatheredFile } from '../gather/gather.ts';
import type { FoundFinding } from '../report/build-report.ts';
import type { SourceFile } from '../source/open-source.ts';
import type { FollowedState } from './follow-paths.ts';

/** A file that was not written to for so long is taken as complete. */
export const QUIET_MS = 60_000;
/** So long before a node's last entry another may still come. */
export const LATE_MICROS = 10_000_000;

const SETTLING_KINDS: readonly FoundFinding['kind'][] = ['gap', 'unexplained-start', 'missing-in-copy'];
/** What a file is for a moment while it is renamed or compressed. */
const PASSING_CAUSES: readonly (string | undefined)[] = ['vanished', 'truncated-compression'];

export interface OpenEnd {
  /** A line that is not at its end yet. */
  isPending(line: MalformedLine): boolean;
  /** Whether a later check may well not find it any more. */
  isProvisional(finding: FoundFinding): boolean;
}

const CLOSED_END: OpenEnd = { isPending: () => false, isProvisional: () => false };

/** Whether a file's last line may still be written: what could be salvaged of half of it is no entry yet. */
export function holdsBackFor(following: FollowedState | undefined): (file: SourceFile) => boolean {
  return ({ location, compression }) =>
    isOpen(following) &&
    !compression &&
    location.members.length === 0 &&
    Date.now() - touchedAt(location.file) < QUIET_MS;
}

/** Finds what is open; `nowMs` as `Date.now()` gives it. Of what is settled, or not followed, nothing is. */
export function findOpenEnd(
  { files, census }: Gathered,
  nowMs: number,
  following: FollowedState | undefined,
): OpenEnd {
  if (!isOpen(following)) return CLOSED_END;
  const touched = new Map([...files.values()].map(({ file }) => [file.index, touchedAt(file.location.file)]));
  const isTouched = (index: number): boolean => nowMs - touched.get(index)! < QUIET_MS;
  const touchedPaths = new Set(
    [...files.values()].filter(({ file }) => isTouched(file.index)).map(({ file }) => file.path),
  );
  const lastOf = new Map<string, number>();
  for (const nodes of census.nodes.values()) {
    for (const [node, { runs }] of nodes)
      lastOf.set(node, Math.max(lastOf.get(node) ?? Number.NEGATIVE_INFINITY, runs.span.lastTs));
  }
  /** A file that was written to later has later entries of one of its nodes: the writer has gone on there. */
  const isSuperseded = ({ file }: GatheredFile): boolean => {
    const own = census.files.get(file.index);
    return [...census.files].some(
      ([index, other]) =>
        index !== file.index &&
        other.firstTsMicros > (own?.lastTsMicros ?? Number.NaN) &&
        touched.get(index)! > touched.get(file.index)! &&
        [...other.nodes].some((node) => own?.nodes.has(node)),
    );
  };
  return {
    isPending: ({ ref, salvaged }) => {
      // What counts as an entry already is not waited for.
      if (salvaged.length > 0) return false;
      const gathered = files.get(Math.floor(ref / REF_LINES))!;
      const { file, reading } = gathered;
      const isLast = ref % REF_LINES === reading.lines && !reading.endsWithNewline && !reading.compression;
      return isLast && isTouched(file.index) && !isSuperseded(gathered);
    },
    isProvisional: ({ kind, node, fromMicros, toMicros, path, cause }) => {
      if (touchedPaths.size === 0) return false;
      if (kind === 'unreadable') return touchedPaths.has(path ?? '') && PASSING_CAUSES.includes(cause?.code);
      const last = node === undefined ? undefined : lastOf.get(node);
      const until = toMicros ?? fromMicros;
      return SETTLING_KINDS.includes(kind) && !!last && until !== undefined && until > last - LATE_MICROS;
    },
  };
}

function isOpen(following: FollowedState | undefined): boolean {
  return following === 'begun' || following === 'open';
}

/** One that has just vanished was touched just now. */
function touchedAt(file: string): number {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return Date.now();
  }
}
