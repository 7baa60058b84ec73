/**
 * The catalogue of failures: an operation that cannot be done answers with one of these codes.
 * Bad input inside a log is never a failure; it is data (a finding, a malformed line).
 * Callers branch on the code and never on the message; the catalogue of texts describes each code for a person.
 */
import { z } from 'zod';

export const FailureCode = z.enum([
  'bad-request',
  'path-not-found',
  'output-inside-evidence',
  'output-not-writable',
  'workspace-on-network-drive',
  'workspace-is-not-ours',
  'workspace-newer',
  'workspace-corrupt',
  'workspace-busy',
  'nothing-to-check',
  'comparison-unreadable',
  'pattern-too-slow',
  'bad-setting',
  'setting-fixed',
  'rule-exists',
  'rules-unreadable',
  'change-unwitnessed',
  'not-found',
  'not-available-here',
  'not-allowed',
  'sign-in-refused',
  'too-many-attempts',
  'link-used',
  'session-ended',
  'bad-address',
  'address-not-secure',
  'certificate-changed',
  'server-unreachable',
  'server-answers-otherwise',
  'server-shown',
  'receiver-not-started',
  'receiver-data-settled',
  'engine-stopped',
  'cancelled',
  'internal',
]);
export type FailureCode = z.infer<typeof FailureCode>;

/** What crosses a boundary when an operation fails: plain JSON, without a stack. */
export const Failure = z.strictObject({
  code: FailureCode,
  /** One English sentence for logs and the command line; screens take their text from the catalogue. */
  message: z.string(),
  /** What the sentence is about (a path, a key, a value). */
  subject: z.string().optional(),
});
export type Failure = z.infer<typeof Failure>;
