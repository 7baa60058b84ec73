/**
 * What flows between the stages. One object per entry is too slow at ten million, so bytes travel as runs of
 * whole lines, entries as columns, and a person's `EntryRow` is built only for what is looked at.
 *
 *   source -> Lines -> parse -> Batch -> store
 *                                  \---> SortedEntries -> analysis
 */

/** Largest line that is parsed; a longer one is kept and reported as malformed (`too-long`). 64 MiB. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;

/** Rows of a batch at most: a segment of the store holds one batch. */
export const MAX_BATCH_ROWS = 65_536;

/**
 * A run of lines of one file, in file order, back to back with their terminators: the concatenation of all runs
 * is the file's content. Every run holds whole lines, except pieces of a line over MAX_LINE_BYTES.
 */
export interface Lines {
  readonly bytes: Uint8Array;
  /** Counted by looking for all ends where it is asked for; whoever has counted lines on the way sets it instead. */
  count: number;
  /** `ends[i]`: index one past line i's last byte, its `\n` included where it has one. Line 0 begins at 0. */
  readonly ends: Uint32Array;
  /** Number of the first line, from 1. */
  readonly firstLine: number;
  /** Place of `bytes[0]` in the content, in bytes. */
  readonly offsetBytes: number;
  /** `head`: the first MAX_LINE_BYTES of an over-long line (count 1); `rest`: a later piece of it (count 0). */
  readonly piece: 'whole' | 'head' | 'rest';
}

/** The indexed text columns of an entry that repeat together; a code stands for one such tuple. */
export interface Tuple {
  readonly node: string;
  readonly model: string;
  /** `method` or `action`. */
  readonly action: string;
  /** JSON text of `user_id` (`7`, `null`), empty where absent. */
  readonly userId: string;
  readonly userLogin: string;
}

/** Why a line is not an entry; the catalogue has the words. */
export type MalformedReason =
  | 'torn'
  | 'glued'
  | 'nul-bytes'
  | 'invalid-utf8'
  | 'not-json'
  | 'not-an-object'
  | 'control-character'
  | 'missing-key'
  | 'bad-ts'
  | 'bad-seq'
  | 'bad-node'
  | 'too-deep'
  | 'too-long';

/** A line that is not one whole entry. Its bytes stay in the file's blocks; what could be read of it is in the rows. */
export interface Malformed {
  readonly line: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly reason: MalformedReason;
  /** Byte in the line at which reading stopped. */
  readonly atByte: number;
  /** Rows salvaged from this line (flagged ROW_SALVAGED). */
  readonly salvaged: number;
}

/** Row flags. */
export const ROW_SALVAGED = 1;
/** `type: audit_config_change`, or an action `rule_*`: a change to the audit rules themselves. */
export const ROW_RULE_CHANGE = 2;
/** `old_values`/`new_values` at the top (documented) rather than `data` (observed). */
export const ROW_DOCUMENTED = 4;
export const ROW_OBSERVED = 8;
/** `ts` is not exactly what `formatTs` gives for its microseconds (another offset, another number of digits). */
export const ROW_TS_AS_WRITTEN = 16;

/** A stretch of content compressed on its own. `codec`: 0 stored, 1 raw deflate, 2 zstd. */
export interface Block {
  readonly codec: number;
  readonly rawBytes: number;
  readonly data: Uint8Array;
}

/** Columns of the entries found in a stretch of one file; row order is file order. */
export interface Batch {
  /** Index of the file in this run. */
  readonly file: number;
  readonly firstLine: number;
  readonly lines: number;
  readonly blankLines: number;
  /** Stretch of the content this batch covers. */
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  readonly count: number;
  /** Microseconds since the epoch. */
  readonly tsMicros: Float64Array;
  readonly seq: Float64Array;
  /** Index into `tuples`. */
  readonly code: Uint32Array;
  /** >= 0: an integer id; -1: null or absent; <= -2: `resTexts[-2 - value]` holds its JSON text. */
  readonly resId: Float64Array;
  /** Line, counted from `firstLine`. */
  readonly line: Uint32Array;
  /** Where the row's object begins, counted from `offsetBytes`, and its length in bytes. */
  readonly offset: Uint32Array;
  readonly length: Uint32Array;
  readonly flags: Uint8Array;
  readonly tuples: readonly Tuple[];
  readonly resTexts: readonly string[];
  readonly malformed: readonly Malformed[];
  /** Compressed content of the stretch, in order; empty where nothing is kept. */
  readonly blocks: readonly Block[];
}

/** A place as one sortable number: file * 2^33 + line. */
export const REF_LINES = 2 ** 33;

/** Entries of one node in the order (tsMicros, seq, ref). Can be gone through again; never by position. */
export interface SortedEntries {
  readonly count: number;
  chunks(): Iterable<SortedChunk>;
}

export interface SortedChunk {
  readonly count: number;
  readonly tsMicros: Float64Array;
  readonly seq: Float64Array;
  /** `file * REF_LINES + line`. */
  readonly ref: Float64Array;
}
