/** An entry as a person looks at it. Bulk work uses columns (engine/batch.ts), never these objects. */
import { z } from 'zod';

/** `documented`: the README's layout; `observed`: what the module's code writes; `mixed`: both in one file. */
export const Dialect = z.enum(['documented', 'observed', 'mixed', 'unknown']);
export type Dialect = z.infer<typeof Dialect>;

const values = z.array(z.string()).optional();

/** Conditions on an entry; inside a list one of the values suffices. */
const conditions = {
  node: values,
  model: values,
  /** Method or lifecycle action. */
  action: values,
  /** Login, or the user's id in digits. */
  user: values,
  /** `model,id` or an id alone. */
  record: values,
  /** Entries of these files, by their paths in the report. */
  path: values,
  /** Substring of the line, ignoring case; searched in decoded values and in the raw bytes. */
  text: z.string().optional(),
  /** A regular expression (JavaScript, flags `iu`) over an entry as written, and over it with its escapes decoded. */
  pattern: z.string().optional(),
  /** Tags that the reviewer gave. */
  tag: values,
  /** Streams of the last report, by their ids; empty: entries of which none is known. */
  stream: values,
};

/** Which entries: every given condition must hold. */
export const EntryFilter = z.strictObject({
  ...conditions,
  /** ISO 8601 with offset; inclusive. */
  from: z.string().optional(),
  /** ISO 8601 with offset; exclusive. */
  to: z.string().optional(),
  /**
   * Entries around a finding of the last report, by its id: the lines that it names, and what its node wrote in its
   * time, to its source where it is about one (so all entries of its streams there, and of other streams beside them).
   */
  finding: z.string().optional(),
  /** Entries with a tag or a note of the reviewer. */
  marked: z.literal(true).optional(),
  /** Leaves out every entry for which one of these holds. */
  not: z.strictObject(conditions).optional(),
});
export type EntryFilter = z.infer<typeof EntryFilter>;

/** What the reviewer said of an entry. */
export const Mark = z.strictObject({
  tags: z.array(z.string()),
  note: z.string(),
  /** ISO 8601. */
  changedAt: z.string(),
});
export type Mark = z.infer<typeof Mark>;

/** One row of the table of entries. */
export const EntryRow = z.strictObject({
  /** Opaque; valid in this workspace. */
  id: z.string(),
  /** As written. */
  ts: z.string(),
  /** Microseconds since 1970-01-01 UTC; exact as a double until the year 2255. */
  tsMicros: z.number(),
  node: z.string(),
  seq: z.number(),
  model: z.string(),
  /** `res_id` as JSON text; empty where the entry has none. */
  resId: z.string(),
  action: z.string(),
  userId: z.string(),
  userLogin: z.string(),
  path: z.string(),
  line: z.number(),
  /** Recovered from a malformed line: it counts as present, its values are not all known. */
  salvaged: z.boolean(),
  /** Absent where the reviewer said nothing of it. */
  mark: Mark.optional(),
});
export type EntryRow = z.infer<typeof EntryRow>;

/** An entry among those of its stream, which are told by the check: no entry says it. */
export const EntryStream = z.strictObject({
  /** As the report names it. */
  id: z.string(),
  before: EntryRow.optional(),
  after: EntryRow.optional(),
  /** Further streams that lost entries may be of instead, where several stood at the same seq beside a gap. */
  mixedWith: z.number(),
});
export type EntryStream = z.infer<typeof EntryStream>;

/** A value of an entry: its key and its JSON text exactly as written. */
export const WrittenValue = z.strictObject({ key: z.string(), text: z.string() });
export type WrittenValue = z.infer<typeof WrittenValue>;

/** All of one entry. Values keep the text they were written with (`1.0`, `NaN`, 2^63 and duplicate keys survive). */
export const EntryDetail = z.strictObject({
  row: EntryRow,
  oldValues: z.array(WrittenValue),
  newValues: z.array(WrittenValue),
  /** Top-level keys beyond those with a column of their own. */
  extra: z.array(WrittenValue),
  /** The line's text (invalid UTF-8 shown as U+FFFD). */
  raw: z.string(),
  /** The line's bytes, base64, without its terminator. */
  rawBase64: z.string(),
  /** SHA-256 of those bytes, hexadecimal. */
  sha256: z.string(),
});
export type EntryDetail = z.infer<typeof EntryDetail>;

/** `raw`: lines as written, byte for byte (JSONL). `csv`: a table. */
export const ExportForm = z.enum(['raw', 'csv']);
export type ExportForm = z.infer<typeof ExportForm>;

/** What entries are counted by, apart from time. */
export const HistogramKey = z.enum(['node', 'model', 'action']);
export type HistogramKey = z.infer<typeof HistogramKey>;

/** Entries per bucket of time and node, model or action. `counts[value]` has one figure per bucket. */
export const EntryHistogram = z.strictObject({
  fromMicros: z.number(),
  bucketMicros: z.number(),
  buckets: z.number(),
  total: z.number(),
  counts: z.record(z.string(), z.array(z.number())),
});
export type EntryHistogram = z.infer<typeof EntryHistogram>;

/** Values present in a workspace, most frequent first, with exact counts. */
export const EntryFacets = z.strictObject({
  node: z.array(z.strictObject({ value: z.string(), count: z.number() })),
  model: z.array(z.strictObject({ value: z.string(), count: z.number() })),
  action: z.array(z.strictObject({ value: z.string(), count: z.number() })),
  user: z.array(z.strictObject({ value: z.string(), count: z.number() })),
  /** Where it is asked for; empty: no stream is known. */
  stream: z.array(z.strictObject({ value: z.string(), count: z.number() })).optional(),
});
export type EntryFacets = z.infer<typeof EntryFacets>;
