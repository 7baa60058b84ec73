/** A record's thread: notes of reviewers, and summaries of audited changes where our rule about its model posts them. */
import { z } from 'zod';
import { Note } from './mark.ts';
import { RecordName } from './record.ts';

export const ThreadNote = z.strictObject({
  id: z.int(),
  text: z.string(),
  /** Login of who wrote it. */
  author: z.string(),
  /** ISO 8601. */
  writtenAt: z.string(),
  /** Whether the caller wrote it: nobody else may take it back. */
  isOwn: z.boolean(),
});
export type ThreadNote = z.infer<typeof ThreadNote>;

/** What an entry changed, as the rule has it. */
export const ThreadSummary = z.strictObject({
  /** The entry's. */
  id: z.string(),
  tsMicros: z.number(),
  /** Login, or the user's id as written. */
  user: z.string(),
  action: z.string(),
  /** Values as written; absent where the entry lacks them. */
  changes: z.array(
    z.strictObject({ key: z.string(), old: z.string().optional(), new: z.string().optional() }),
  ),
  /** Keys beyond those told. */
  moreChanges: z.number(),
});
export type ThreadSummary = z.infer<typeof ThreadSummary>;

export const RecordThread = z.strictObject({
  /** The latest first, as are the summaries. */
  notes: z.array(ThreadNote),
  /** Whether our rule about the model posts to Chatter; null where the rules cannot be read. */
  posts: z.boolean().nullable(),
  summaries: z.array(ThreadSummary),
  /** Earlier entries that were not looked at. */
  earlier: z.number(),
});
export type RecordThread = z.infer<typeof RecordThread>;

const ofRecord = z.strictObject({ workspace: z.string(), record: RecordName });

export const threadCalls = {
  'thread.read': { input: ofRecord.extend({ source: z.int().min(0).optional() }), output: RecordThread },
  'thread.write': { input: ofRecord.extend({ text: Note.min(1) }), output: z.strictObject({}) },
  /** Takes a note back. Failures: `not-found`; `not-allowed` where somebody else wrote it. */
  'thread.remove': { input: ofRecord.extend({ id: z.int() }), output: z.strictObject({}) },
} as const;
