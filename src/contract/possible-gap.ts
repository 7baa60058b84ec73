/** Gaps whose missing entries could have been about a record or by a person. "Could have" is all that a log says of it. */
import { z } from 'zod';

export const PossibleGap = z.strictObject({
  /** The finding's id in the last report. */
  finding: z.string(),
  kind: z.enum(['gap', 'missing-in-copy']),
  node: z.string(),
  /** Not before, and not after. */
  fromMicros: z.number(),
  toMicros: z.number(),
  missing: z.number(),
  atLeast: z.boolean(),
  /** Whether the record or person has entries of the gap's node. */
  sameNode: z.boolean(),
  /** For a record: contradictions that it lies within. For a person: their entries within an hour of it. */
  near: z.number(),
});
export type PossibleGap = z.infer<typeof PossibleGap>;

/** The likelier first, as many as a page shows. */
export const PossibleGaps = z.strictObject({
  total: z.number(),
  /** Entries missing in all of them, at least. */
  missing: z.number(),
  shown: z.array(PossibleGap),
  /** Malformed lines and unreadable files: whether they held such an entry is not known either. */
  unread: z.number(),
});
export type PossibleGaps = z.infer<typeof PossibleGaps>;
