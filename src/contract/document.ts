/** A document composed of a check: which parts, with whose notes and which entries, and whether values are told. */
import { z } from 'zod';
import { EntryRow, WrittenValue } from './entry.ts';
import { Review, Tag } from './mark.ts';
import { Report } from './report.ts';
import { ThreadNote } from './thread.ts';

/** In the order of the document. */
export const DocumentPart = z.enum([
  'verdict',
  'coverage',
  'findings',
  'entries',
  'method',
  'limits',
  'hashes',
]);
export type DocumentPart = z.infer<typeof DocumentPart>;

/** What entries are chosen by: the reviewer's marks, or the lines that findings name. */
export const EntryOrigin = z.enum(['marks', 'findings']);
export type EntryOrigin = z.infer<typeof EntryOrigin>;

/** The same choices over the same check give the same document. */
export const DocumentChoice = z.strictObject({
  caseName: z.string().trim().max(200),
  examiner: z.string().trim().max(200),
  parts: z.array(DocumentPart),
  entriesOf: z.array(EntryOrigin),
  /** Of the marked entries only those with one of these tags; empty: all. */
  tags: z.array(Tag).max(50),
  /** Leaves out what entries hold: values, records, users, lines. */
  mask: z.boolean(),
});
export type DocumentChoice = z.infer<typeof DocumentChoice>;

/** `csv` holds the findings, `entries-csv` the chosen entries. */
export const DocumentFormat = z.enum(['html', 'pdf', 'json', 'csv', 'entries-csv']);
export type DocumentFormat = z.infer<typeof DocumentFormat>;

/** A chosen entry. Masked, it keeps its place, time and action, and which keys changed. */
export const DocumentEntry = z.strictObject({
  ...EntryRow.pick({ ts: true, node: true, seq: true, model: true, action: true, path: true, line: true })
    .shape,
  resId: z.string().optional(),
  userId: z.string().optional(),
  userLogin: z.string().optional(),
  salvaged: z.boolean(),
  tags: z.array(z.string()),
  note: z.string(),
  /** What was noted about its record, the earliest first; with the first of the record's chosen entries. */
  thread: z.array(ThreadNote.pick({ text: true, author: true, writtenAt: true })).optional(),
  /** Ids of the findings that name its line. */
  findings: z.array(z.string()),
  /** Keys of the old or new values, those that differ. */
  changed: z.array(z.string()),
  oldValues: z.array(WrittenValue).optional(),
  newValues: z.array(WrittenValue).optional(),
  extra: z.array(WrittenValue).optional(),
  /** Of the line's bytes. Masked, it is left out: with all else known, a short value could be found by trying. */
  sha256: z.string().optional(),
});
export type DocumentEntry = z.infer<typeof DocumentEntry>;

/** `unbroken.document/1`; keys are only ever added. */
export const Document = z.strictObject({
  format: z.literal('unbroken.document/1'),
  choice: DocumentChoice,
  /** What of the report the chosen parts tell. */
  report: Report.partial().required({ format: true, made: true }),
  /** Of the findings, where they are told. */
  reviews: z.array(Review),
  /** In time order. */
  entries: z.array(DocumentEntry),
  /** Chosen entries that a document does not hold, since they are too many. */
  entriesLeftOut: z.number(),
});
export type Document = z.infer<typeof Document>;

/** What a document can be composed of. */
export const DocumentStock = z.strictObject({
  choice: DocumentChoice,
  findings: z.number(),
  reviewed: z.number(),
  marked: z.number(),
  /** Lines that findings name. */
  named: z.number(),
  tags: z.array(z.strictObject({ value: z.string(), count: z.number() })),
  /** Whether a PDF can be made here. */
  pdf: z.boolean(),
});
export type DocumentStock = z.infer<typeof DocumentStock>;
