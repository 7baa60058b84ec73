/** A finding: one thing the check saw, with its place, its likely cause, the evidence and a confidence. */
import { z } from 'zod';

/** Kinds that make a verdict `incomplete`, `contradicted`, or only inform; see `verdictOf` in engine/report. */
export const FindingKind = z.enum([
  'gap',
  'malformed',
  'unreadable',
  'missing-in-copy',
  'conflict',
  'rewritten',
  'duplicate',
  'clock',
  'silence',
  'missing-day',
  'unexplained-start',
  'rule-weakened',
]);
export type FindingKind = z.infer<typeof FindingKind>;

export const Confidence = z.enum(['high', 'medium', 'low']);
export type Confidence = z.infer<typeof Confidence>;

/** A sentence as a code and its figures, with its English text so that a report can be read without our catalogue. */
export const Statement = z.strictObject({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  text: z.string(),
});
export type Statement = z.infer<typeof Statement>;

/** A line of evidence: where it is and which entry it holds. Lines count from 1. */
export const Place = z.strictObject({
  path: z.string(),
  line: z.number(),
  seq: z.number().optional(),
  /** As written. */
  ts: z.string().optional(),
});
export type Place = z.infer<typeof Place>;

/** Absent keys do not apply to that kind. Every gap has node, firstSeq, lastSeq, count, fromTs and toTs. */
export const Finding = z.strictObject({
  /** Derived from the finding's content: the same finding has the same id in every run. */
  id: z.string(),
  kind: FindingKind,
  node: z.string().optional(),
  /** Index into the report's `sources`: the source it is about; for `missing-in-copy` the one that lacks the entries. */
  source: z.number().optional(),
  /** Ids of every stream the finding may concern. */
  streams: z.array(z.string()).optional(),
  firstSeq: z.number().optional(),
  lastSeq: z.number().optional(),
  /** Entries concerned: for a gap the least number that must be missing. */
  count: z.number().optional(),
  /** True where more than `count` may be missing. */
  atLeast: z.boolean().optional(),
  fromTs: z.string().optional(),
  toTs: z.string().optional(),
  /** The lines before and after it; more than one where several processes stood at the same seq. */
  before: z.array(Place).optional(),
  after: z.array(Place).optional(),
  /** The file (and line) a finding about a file or line is at. */
  path: z.string().optional(),
  line: z.number().optional(),
  /** For a malformed line: entries that could be recovered from it. */
  salvaged: z.array(z.strictObject({ node: z.string(), seq: z.number(), ts: z.string() })).optional(),
  cause: Statement.optional(),
  evidence: z.array(Statement),
  /** What would settle it, where the cause is not certain. */
  wouldTell: z.array(Statement).optional(),
  confidence: Confidence.optional(),
  /** True where the log was still being written to just there: the finding decides nothing until a later check has it too. */
  provisional: z.boolean().optional(),
});
export type Finding = z.infer<typeof Finding>;
