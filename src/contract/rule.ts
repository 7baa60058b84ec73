/** What is audited, as OpenSPP's README documents it: one rule a model. */
import { z } from 'zod';

/** What happens to records by themselves. */
export const DataMethod = z.enum(['create', 'write', 'unlink']);
export type DataMethod = z.infer<typeof DataMethod>;

/** What a program tells of by a call: steps of a life cycle, and what is done with files. */
export const LifecycleAction = z.enum([
  'enroll',
  'pause',
  'unpause',
  'exit',
  'approve',
  'reject',
  'submit',
  'upload',
  'download',
  'preview',
]);
export type LifecycleAction = z.infer<typeof LifecycleAction>;

/** All that a rule can turn on or off. */
export const LoggedAction = z.enum([...DataMethod.options, ...LifecycleAction.options]);
export type LoggedAction = z.infer<typeof LoggedAction>;

/** A model's technical name, such as `res.partner`. */
export const ModelName = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[\p{L}_][\p{L}\p{N}_.]*$/u);
export type ModelName = z.infer<typeof ModelName>;

export const Rule = z.strictObject({
  name: z.string().trim().min(1).max(200),
  /** No other rule is about the same one. */
  model: ModelName,
  /** Off: the rule is kept and records nothing. */
  active: z.boolean(),
  /** What is recorded. */
  log: z.record(LoggedAction, z.boolean()),
  /** Changes of these fields are recorded; of every field where it is empty. */
  subscribedFields: z.array(z.string().trim().min(1).max(128)).max(1000),
  /** Summaries of changes go to the record's thread too. Advised for records that change seldom. */
  postToChatter: z.boolean(),
});
export type Rule = z.infer<typeof Rule>;
