/**
 * What the analysis of one node takes and gives: plain data. Codes and figures, never sentences; lines by `ref` (file *
 * 2^33 + line), so that the report can show path and line. Times are microseconds since the Unix epoch.
 */
import type { DownTime, LossTime } from '../base/spool-places.ts';
import type { Processes } from './divide-by-process.ts';
import type { SortedEntries } from './sorted-entries.ts';

/** Is a file that was read, or should have been. */
export interface AnalysedFile {
  readonly path: string;
  /** The file's number in refs. */
  readonly index: number;
  readonly nodes?: readonly string[];
  readonly firstTsMicros?: number;
  readonly lastTsMicros?: number;
  /** The UTC day that its name bears, `YYYY-MM-DD`. */
  readonly day?: string;
  readonly readable: boolean;
}

/** Is a line from which no whole entry could be read. */
export interface MalformedLine {
  readonly ref: number;
  readonly path: string;
  readonly line: number;
  readonly reason: string;
  /** The time of a good line next to it in its file. */
  readonly nearTsMicros?: number;
  readonly node?: string;
  /** How many entries were salvaged from it; those count as present. */
  readonly salvaged?: number;
}

/** Is all that is known of one node. */
export interface NodeInput {
  readonly node: string;
  /** Sorted by (tsMicros, seq, ref). */
  readonly entries: SortedEntries;
  readonly files: readonly AnalysedFile[];
  readonly malformed: readonly MalformedLine[];
  /** Where syslog names them: the processes of the lines, by file. Streams are then theirs, and not inferred. */
  readonly processes?: Processes;
  /** When what received the entries was down, ascending. */
  readonly downTimes?: readonly DownTime[];
  /** What that says was lost, ascending. */
  readonly losses?: readonly LossTime[];
}

/** Is a line of a stream, as the report shows it. */
export interface Place {
  readonly ref: number;
  readonly seq: number;
  readonly tsMicros: number;
  /** The index of its stream. */
  readonly stream: number;
}

/** Is a fact that supports a cause: a code, and figures for the sentence that the report makes of it. */
export interface Evidence {
  readonly code: EvidenceCode;
  readonly values: Readonly<Record<string, string | number>>;
}

export type EvidenceCode =
  | 'day-boundary'
  | 'receiver-down'
  | `receiver-${LossTime['kind']}`
  | 'absent-day'
  | 'malformed-line'
  | 'unreadable-file'
  | 'coincides'
  | 'same-seq-streams'
  | 'restart-within'
  | 'fork-base'
  | 'whole-node-silent'
  | 'no-other-sign';

export type GapCause =
  | 'receiver-down'
  | 'midnight-race'
  | 'missing-file'
  | 'torn-line'
  | 'unreadable-file'
  | 'unexplained';

/** Says what an auditor could compare to know more. */
export type WouldTell =
  | 'syslog-copy'
  | 'http-copy'
  | 'database-copy'
  | 'earlier-report'
  | 'absent-file'
  | 'unreadable-file';

export type Confidence = 'high' | 'medium' | 'low';

/** Is a stretch of seqs that must be missing. */
export interface Gap {
  readonly firstSeq: number;
  readonly lastSeq: number;
  /** The least number of entries that must be missing. */
  readonly count: number;
  /** Whether more may be missing, under a division that explains the lines equally well. */
  readonly atLeast: boolean;
  readonly fromMicros: number;
  readonly toMicros: number;
  /** The last lines before the loss: one, or all candidates (at most 8, nearest first) where several processes stood there. */
  readonly before: readonly Place[];
  /** The first lines after the loss, likewise. */
  readonly after: readonly Place[];
  /** Every stream that may be the one, ascending. */
  readonly streams: readonly number[];
  readonly cause: GapCause;
  readonly evidence: readonly Evidence[];
  readonly confidence: Confidence;
  readonly wouldTell: readonly WouldTell[];
}

/** Says how a stream begins. */
export type StreamStart = 'one' | 'fork-base' | 'log-start' | 'gap' | 'unexplained';

/** Is the entries of one process, as far as can be told, across its gaps. */
export interface Stream {
  readonly index: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly entries: number;
  readonly missing: number;
  readonly firstTsMicros: number;
  readonly lastTsMicros: number;
  readonly firstRef: number;
  readonly lastRef: number;
  readonly start: StreamStart;
}

/** Is a start that nothing explains and from which nothing is claimed. */
export interface UnexplainedStart extends Place {}

/** Is two lines with equal time and seq: the same entry twice if their content is equal, else a conflict. */
export interface SamePair {
  readonly ref: number;
  readonly otherRef: number;
  readonly seq: number;
  readonly tsMicros: number;
}

/** Is a place where the clock was set back within a stream. */
export interface ClockStep {
  readonly before: Place;
  readonly after: Place;
  readonly backMicros: number;
}

/** Is a time without any entry of the node, in hours in which it has always had many. */
export interface Silence {
  readonly fromMicros: number;
  readonly toMicros: number;
  /** The least number of entries in the same hours of any other day. */
  readonly usualAtLeast: number;
  readonly otherDays: number;
}

/** Is a day without a file although streams run on across it. */
export interface MissingDay {
  readonly day: string;
  readonly fromMicros: number;
  readonly toMicros: number;
  readonly gaps: number;
  readonly missing: number;
  readonly streams: readonly number[];
}

/** Is what one node's entries tell. */
export interface NodeAnalysis {
  readonly node: string;
  /** Entries counted once each, however often they were read. */
  readonly entries: number;
  readonly streams: readonly Stream[];
  readonly gaps: readonly Gap[];
  readonly missing: number;
  readonly unexplainedStarts: readonly UnexplainedStart[];
  readonly same: readonly SamePair[];
  readonly clockSteps: readonly ClockStep[];
  readonly silences: readonly Silence[];
  readonly missingDays: readonly MissingDay[];
  /** Times at which the node was restarted, as far as can be told. */
  readonly restartsMicros: readonly number[];
  /** How much earlier than its predecessor an entry was allowed to be: taken from the log. */
  readonly toleranceMicros: number;
  /** Where the streams are those of named processes: what seqs and times alone would have told. */
  readonly inferred?: { readonly streams: number; readonly missing: number };
}
