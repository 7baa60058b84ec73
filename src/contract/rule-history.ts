/** What a log itself reports of its rules, and which spans of time they cover. */
import { z } from 'zod';
import { LoggedAction } from './rule.ts';

/** What an entry says of a rule: no more than it has. */
export const RuleTold = z.strictObject({
  log: z.partialRecord(LoggedAction, z.boolean()),
  active: z.boolean().optional(),
  /** Subscribed fields, as written; all where it is empty. */
  fields: z.array(z.string()).optional(),
});
export type RuleTold = z.infer<typeof RuleTold>;

/** A change of a rule that an entry reports. A rule that was moved to another model is two: deleted, and created. */
export const RuleChange = z.strictObject({
  change: z.enum(['created', 'modified', 'deleted']),
  model: z.string(),
  ruleId: z.string(),
  ruleName: z.string(),
  /** Login, or the user's id as written. */
  user: z.string(),
  node: z.string(),
  seq: z.number(),
  /** As written. */
  ts: z.string(),
  tsMicros: z.number(),
  /** Where its line is. */
  path: z.string(),
  line: z.number(),
  /** Index into the report's `sources`. */
  source: z.number(),
  /** The rule until then; null where there was none. */
  before: RuleTold.nullable(),
  /** The rule from then on; null where there is none. */
  after: RuleTold.nullable(),
});
export type RuleChange = z.infer<typeof RuleChange>;

/** The log's own account of its rules. */
export const RuleChanges = z.strictObject({
  /** In time order; of several copies of an entry the first. */
  changes: z.array(RuleChange),
  /** Changes of rules that could not be read, or that were too many to be told: what they changed is not known. */
  unread: z.number(),
  /** Those of them whose time is known, in time order; the model where that much could be read. */
  unreadAt: z.array(z.strictObject({ tsMicros: z.number(), model: z.string().optional() })).optional(),
});
export type RuleChanges = z.infer<typeof RuleChanges>;

/**
 * `audited`: the log reports a rule that records the action. `not-audited`: it reports a rule that does not, or that
 * there is none. `unknown`: it does not say.
 */
export const AuditState = z.enum(['audited', 'not-audited', 'unknown']);
export type AuditState = z.infer<typeof AuditState>;

export const AuditSpan = z.strictObject({
  state: AuditState,
  fromMicros: z.number(),
  toMicros: z.number(),
  /** Why it is not known. */
  why: z.enum(['not-told', 'contradicted', 'gap', 'unread']).optional(),
});
export type AuditSpan = z.infer<typeof AuditSpan>;

/** One action of a model: what its rule was over time, and what is there. */
export const ActionCoverage = z.strictObject({
  action: z.string(),
  /** From the log's first entry to its last, without a hole. */
  spans: z.array(AuditSpan),
  entries: z.number(),
  /** Entries from a time in which the log reports no rule for them. */
  unexplained: z.number(),
});
export type ActionCoverage = z.infer<typeof ActionCoverage>;

export const ModelCoverage = z.strictObject({
  model: z.string(),
  actions: z.array(ActionCoverage),
  /** In time order. */
  changes: z.array(RuleChange),
});
export type ModelCoverage = z.infer<typeof ModelCoverage>;
