/** What the reviewer says of entries and findings, kept in the workspace and never in the evidence. */
import { z } from 'zod';
import { EntryFilter, EntryRow, Mark } from './entry.ts';

/** What may be written as a tag. */
export const Tag = z.string().trim().min(1).max(60);

export const Note = z.string().trim().max(10_000);

/** Where the reviewer is with a finding. `open` is every one of which nothing was said. */
export const ReviewState = z.enum(['open', 'reviewed', 'dismissed', 'escalated']);
export type ReviewState = z.infer<typeof ReviewState>;

export const Review = z.strictObject({
  finding: z.string(),
  state: ReviewState,
  note: z.string(),
  /** ISO 8601. */
  changedAt: z.string(),
});
export type Review = z.infer<typeof Review>;

/** A mark with the entry it is of, which is null where the workspace has it no longer. */
export const MarkedEntry = z.strictObject({
  node: z.string(),
  tsMicros: z.number(),
  seq: z.number(),
  /** SHA-256 of the entry's line, hexadecimal. */
  sha256: z.string(),
  mark: Mark,
  row: EntryRow.nullable(),
});
export type MarkedEntry = z.infer<typeof MarkedEntry>;

export const SavedFilter = z.strictObject({ name: z.string().trim().min(1).max(80), filter: EntryFilter });
export type SavedFilter = z.infer<typeof SavedFilter>;
