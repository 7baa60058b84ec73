/** What happened to one record: its entries in time order, and the value of each key over time. */
import { z } from 'zod';
import { EntryRow } from './entry.ts';
import { PossibleGaps } from './possible-gap.ts';

/** A record as entries name it; `resId` is JSON text. */
export const RecordName = z.strictObject({ model: z.string(), resId: z.string() });
export type RecordName = z.infer<typeof RecordName>;

/** An entry's old value is not what the entry before left. */
export const Contradiction = z.strictObject({
  /** What the entry before left, as written. */
  left: z.string(),
  /** That entry. */
  id: z.string(),
  tsMicros: z.number(),
  /** True where the old value is the one from before that entry: as if its change had never happened. */
  asIfUndone: z.boolean(),
  /** Gaps that could lie between the two entries. */
  gaps: z.number(),
});
export type Contradiction = z.infer<typeof Contradiction>;

/** A key's values in one entry, as written, long ones cut short; absent where the entry lacks them. */
export const RecordValue = z.strictObject({
  key: z.string(),
  old: z.string().optional(),
  new: z.string().optional(),
  contradiction: Contradiction.optional(),
});
export type RecordValue = z.infer<typeof RecordValue>;

export const RecordEntry = z.strictObject({
  row: EntryRow,
  values: z.array(RecordValue),
  /** Keys beyond those told. */
  moreKeys: z.number(),
  /** Further lines that hold the same entry. */
  duplicates: z.number(),
});
export type RecordEntry = z.infer<typeof RecordEntry>;

const counted = z.array(z.strictObject({ value: z.string(), count: z.number() }));

export const RecordHistory = z.strictObject({
  /** The copy that is told, as an index into the report's sources; absent where there is one. */
  source: z.number().optional(),
  /** Its rows in all, and the position of the first one told. */
  total: z.number(),
  offset: z.number(),
  /** Rows told, duplicates among them. */
  rows: z.number(),
  first: EntryRow.optional(),
  last: EntryRow.optional(),
  /** Oldest first. */
  entries: z.array(RecordEntry),
  /** Most frequent first, over all rows. */
  actions: counted,
  users: counted,
  nodes: counted,
  gaps: PossibleGaps,
});
export type RecordHistory = z.infer<typeof RecordHistory>;
