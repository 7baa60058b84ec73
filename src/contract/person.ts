/** What one user did: how much, when, from which nodes, on what. */
import { z } from 'zod';
import { EntryRow } from './entry.ts';
import { PossibleGaps } from './possible-gap.ts';

/** Entries of one hour, or of several in a row. */
export const PersonHours = z.strictObject({
  fromMicros: z.number(),
  /** Exclusive. */
  toMicros: z.number(),
  count: z.number(),
});
export type PersonHours = z.infer<typeof PersonHours>;

const top = <T extends z.ZodType>(item: T) =>
  z.strictObject({
    /** How many there are; `shown` has those with most entries. */
    total: z.number(),
    shown: z.array(item),
  });
const counted = top(z.strictObject({ value: z.string(), count: z.number() }));

export const PersonActivity = z.strictObject({
  source: z.number().optional(),
  total: z.number(),
  first: EntryRow.optional(),
  last: EntryRow.optional(),
  /** Logins and ids that entries of this user have. */
  names: top(z.strictObject({ userId: z.string(), userLogin: z.string(), count: z.number() })),
  /** Entries by weekday and hour in the zone asked for: Monday's 24 hours first. */
  week: z.array(z.number()).length(168),
  /** The person's hours that have entries, their median, and what makes a burst. */
  habit: z.strictObject({
    hours: z.number(),
    median: z.number(),
    /** Entries in an hour from which on it is a burst; absent where there are too few hours to judge by. */
    threshold: z.number().optional(),
    /** The rule's own figures: so many times the median, never below so many entries, from so many hours on. */
    factor: z.number(),
    leastEntries: z.number(),
    leastHours: z.number(),
  }),
  /** Hours beyond the threshold, those in a row as one; most entries first. */
  bursts: top(PersonHours),
  nodes: counted,
  models: counted,
  actions: counted,
  records: top(z.strictObject({ model: z.string(), resId: z.string(), count: z.number() })),
  gaps: PossibleGaps,
});
export type PersonActivity = z.infer<typeof PersonActivity>;

/** Hours of one cell of the week, most entries first. */
export const PersonWeekHours = top(PersonHours);
export type PersonWeekHours = z.infer<typeof PersonWeekHours>;
