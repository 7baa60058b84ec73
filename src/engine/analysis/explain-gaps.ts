/**
 * Gives each gap its likely cause, with the evidence for it and a confidence. The order is from the most to the least
 * specific; what nothing explains is `unexplained` (deletion is possible), with what would tell.
 */
import type { DownTime, LossTime } from '../base/spool-places.ts';
import type {
  AnalysedFile,
  Confidence,
  Evidence,
  GapCause,
  MalformedLine,
  Place,
  WouldTell,
} from './node-analysis.ts';

const DAY_MICROS = 86_400_000_000;
/** Around midnight a race between threads takes far less; a wider gap may have other reasons. */
const RACE_MICROS = 600_000_000;
/** Two machines' clocks agree that well, usually. */
const CLOCKS_MICROS = 2_000_000;
const FILE_SPAN = 2 ** 33;
/** Gaps as narrow as this that span one instant came about together, or nearly. */
const TOGETHER_MICROS = 300_000_000;

/** Is a gap before its cause is known. */
export interface BareGap {
  readonly count: number;
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly before: readonly Place[];
  readonly after: readonly Place[];
  readonly streams: readonly number[];
  readonly extra: readonly Evidence[];
}

/** Is the facts that causes are looked for in. */
export interface Surroundings {
  readonly node: string;
  readonly files: readonly AnalysedFile[];
  readonly malformed: readonly MalformedLine[];
  /** Days between the first and the last that have no file, ascending: day and its first microsecond. */
  readonly absentDays: readonly AbsentDay[];
  readonly restartsMicros: readonly number[];
  readonly downTimes: readonly DownTime[];
  readonly losses: readonly LossTime[];
}

/** Is a day for which there is no file. */
export interface AbsentDay {
  readonly day: string;
  readonly fromMicros: number;
}

/** Is a gap's cause. */
export interface Explanation {
  readonly cause: GapCause;
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  readonly wouldTell: readonly WouldTell[];
}

/** Explains all gaps of one node, in their order. */
export function explainGaps(gaps: readonly BareGap[], around: Surroundings): Explanation[] {
  const coincidences = countCoincidences(gaps);
  const malformed = around.malformed
    .filter(
      (line) => (line.node === undefined || line.node === around.node) && line.nearTsMicros !== undefined,
    )
    .filter((line) => (line.salvaged ?? 0) === 0)
    .toSorted((a, b) => a.nearTsMicros! - b.nearTsMicros!);
  return gaps.map((gap, index) => {
    const evidence: Evidence[] = [...gap.extra];
    const together = coincidences[index]!;
    if (together.gaps > 1) evidence.push({ code: 'coincides', values: together });
    for (const ts of around.restartsMicros) {
      if (ts >= gap.fromMicros && ts <= gap.toMicros)
        evidence.push({ code: 'restart-within', values: { ts } });
    }
    evidence.push(...listLosses(gap, around.losses));
    return (
      explainByDownTime(gap, around, evidence) ??
      explainByAbsentDay(gap, around, evidence) ??
      explainByUnreadable(gap, around, evidence) ??
      explainByMalformed(gap, malformed, evidence) ??
      explainByMidnight(gap, evidence) ?? {
        cause: 'unexplained',
        evidence: evidence.length > 0 ? evidence : [{ code: 'no-other-sign', values: {} }],
        confidence: gap.streams.length > 1 || gap.extra.length > 0 ? 'medium' : 'high',
        wouldTell: ['syslog-copy', 'http-copy', 'database-copy', 'earlier-report'],
      }
    );
  });
}

/**
 * What the receiver says was lost about then, one a kind: evidence only, as a message need not be an entry, and anybody
 * can have messages refused.
 */
function listLosses(gap: BareGap, losses: readonly LossTime[]): Evidence[] {
  const about = losses.filter(
    ({ fromMicros, toMicros }) =>
      fromMicros <= gap.toMicros + CLOCKS_MICROS && toMicros + CLOCKS_MICROS >= gap.fromMicros,
  );
  return [...Map.groupBy(about, ({ kind }) => kind)].map(([kind, of]) => {
    const reasons = [...new Set(of.flatMap(({ reason }) => reason ?? []))].sort().join(', ');
    return {
      code: `receiver-${kind}` as const,
      values: {
        messages: of.reduce((sum, { count }) => sum + count, 0),
        since: Math.min(...of.map(({ fromMicros }) => fromMicros)),
        until: Math.max(...of.map(({ toMicros }) => toMicros)),
        ...(kind === 'refused' && { reasons }),
      },
    };
  });
}

/**
 * By the receiver's own word, where it was down for most of the time in which the entries were lost. Where it was not, that
 * is evidence only: they may as well have been lost while it was up.
 */
function explainByDownTime(
  gap: BareGap,
  around: Surroundings,
  evidence: Evidence[],
): Explanation | undefined {
  const down = around.downTimes.filter(
    ({ fromMicros, toMicros }) => fromMicros <= gap.toMicros && toMicros >= gap.fromMicros,
  );
  const [first, last] = [down[0], down.at(-1)];
  if (!first || !last) return undefined;
  const values = { since: first.fromMicros, until: last.toMicros, times: down.length };
  evidence.push({ code: 'receiver-down', values });
  const downMicros = down.reduce(
    (sum, { fromMicros, toMicros }) =>
      sum + Math.min(toMicros, gap.toMicros) - Math.max(fromMicros, gap.fromMicros),
    0,
  );
  if (downMicros + CLOCKS_MICROS < (gap.toMicros - gap.fromMicros) / 2) return undefined;
  return {
    cause: 'receiver-down',
    evidence,
    confidence: 'high',
    wouldTell: ['syslog-copy', 'database-copy'],
  };
}

function explainByAbsentDay(
  gap: BareGap,
  around: Surroundings,
  evidence: readonly Evidence[],
): Explanation | undefined {
  const days = around.absentDays.filter(
    (day) => gap.fromMicros < day.fromMicros && gap.toMicros >= day.fromMicros + DAY_MICROS,
  );
  if (days.length === 0) return undefined;
  const values = { first: days[0]!.day, last: days[days.length - 1]!.day, days: days.length };
  return {
    cause: 'missing-file',
    evidence: [{ code: 'absent-day', values }, ...evidence],
    confidence: 'high',
    wouldTell: ['absent-file', 'syslog-copy', 'http-copy', 'database-copy'],
  };
}

function explainByUnreadable(
  gap: BareGap,
  around: Surroundings,
  evidence: readonly Evidence[],
): Explanation | undefined {
  const last =
    gap.before.length > 0 ? Math.max(...gap.before.map((place) => Math.floor(place.ref / FILE_SPAN))) : -1;
  const first = Math.min(...gap.after.map((place) => Math.floor(place.ref / FILE_SPAN)));
  const file = around.files.find((candidate) => {
    if (candidate.readable) return false;
    if (candidate.day !== undefined) {
      const from = Date.parse(`${candidate.day}T00:00:00Z`) * 1000;
      return gap.fromMicros < from + DAY_MICROS && gap.toMicros >= from;
    }
    return candidate.index >= last && candidate.index <= first;
  });
  if (file === undefined) return undefined;
  return {
    cause: 'unreadable-file',
    evidence: [{ code: 'unreadable-file', values: { path: file.path } }, ...evidence],
    confidence: file.day === undefined ? 'low' : 'medium',
    wouldTell: ['unreadable-file', 'syslog-copy', 'http-copy', 'database-copy'],
  };
}

function explainByMalformed(
  gap: BareGap,
  malformed: readonly MalformedLine[],
  evidence: readonly Evidence[],
): Explanation | undefined {
  const lowest =
    gap.before.length > 0 ? Math.min(...gap.before.map((place) => place.ref)) : Number.NEGATIVE_INFINITY;
  const highest = Math.max(...gap.after.map((place) => place.ref));
  const inside: MalformedLine[] = [];
  for (let i = findFirst(malformed, gap.fromMicros); i < malformed.length; i += 1) {
    const line = malformed[i]!;
    if (line.nearTsMicros! > gap.toMicros || inside.length >= 64) break;
    if (line.ref >= lowest && line.ref <= highest) inside.push(line);
  }
  // One torn line is one entry, or two if another was glued to it: it cannot account for a long loss.
  if (inside.length === 0 || gap.count > inside.length * 2) return undefined;
  const { path, line, reason } = inside[0]!;
  return {
    cause: 'torn-line',
    evidence: [{ code: 'malformed-line', values: { path, line, reason, lines: inside.length } }, ...evidence],
    confidence: gap.count <= inside.length ? 'medium' : 'low',
    wouldTell: ['syslog-copy', 'http-copy', 'database-copy'],
  };
}

function explainByMidnight(gap: BareGap, evidence: readonly Evidence[]): Explanation | undefined {
  const midnight = Math.floor(gap.toMicros / DAY_MICROS) * DAY_MICROS;
  if (gap.count > 2 || midnight < gap.fromMicros) return undefined;
  // The race is one of rotation: without a change of file there is none.
  const files = new Set([...gap.before, ...gap.after].map((place) => Math.floor(place.ref / FILE_SPAN)));
  if (files.size < 2) return undefined;
  const width = gap.toMicros - gap.fromMicros;
  const values = {
    midnight,
    beforeMicros: Math.max(0, midnight - gap.fromMicros),
    afterMicros: gap.toMicros - midnight,
  };
  // Hours wide around midnight, the missing entry most likely lies elsewhere.
  if (width > RACE_MICROS * 6) return undefined;
  return {
    cause: 'midnight-race',
    evidence: [{ code: 'day-boundary', values }, ...evidence],
    confidence: width <= RACE_MICROS ? 'medium' : 'low',
    wouldTell: ['syslog-copy', 'http-copy', 'database-copy'],
  };
}

/** Finds the first malformed line not before `ts`. */
function findFirst(lines: readonly MalformedLine[], ts: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (lines[middle]!.nearTsMicros! < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Counts, for each gap, those that may have come about at one moment with it: gaps that all span one instant. A wide gap
 * spans the instants of many others, which says nothing of when it came about; it counts only where most of it is shared.
 */
function countCoincidences(gaps: readonly BareGap[]): { gaps: number; missing: number; streams: number }[] {
  const result = gaps.map((gap) => ({ gaps: 1, missing: gap.count, streams: gap.streams.length }));
  const order = gaps.map((_, index) => index).sort((a, b) => gaps[a]!.fromMicros - gaps[b]!.fromMicros);
  let cluster: number[] = [];
  let from = 0;
  let to = 0;
  let widest = 0;
  const settle = (): void => {
    if (cluster.length < 2) return;
    const streams = new Set(cluster.flatMap((index) => gaps[index]!.streams));
    const missing = cluster.reduce((sum, index) => sum + gaps[index]!.count, 0);
    if (streams.size < 2) return;
    for (const index of cluster) result[index] = { gaps: cluster.length, missing, streams: streams.size };
  };
  for (const index of order) {
    const gap = gaps[index]!;
    const nextFrom = Math.max(from, gap.fromMicros);
    const nextTo = Math.min(to, gap.toMicros);
    const width = gap.toMicros - gap.fromMicros;
    const isTogether =
      Math.max(widest, width) <= TOGETHER_MICROS || (nextTo - nextFrom) * 2 >= Math.max(widest, width);
    if (cluster.length > 0 && nextFrom <= nextTo && isTogether) {
      cluster.push(index);
      from = nextFrom;
      to = nextTo;
      widest = Math.max(widest, width);
    } else {
      settle();
      cluster = [index];
      from = gap.fromMicros;
      to = gap.toMicros;
      widest = width;
    }
  }
  settle();
  return result;
}
