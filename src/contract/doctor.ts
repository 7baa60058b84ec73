/** What the doctor of an audit trail looked at, and what it found. */
import { z } from 'zod';
import { SettingsOwner } from './setting.ts';

export const DoctorCheckName = z.enum([
  'settings',
  'backends',
  'database-errors',
  'file-path',
  'file-writable',
  'file-room',
  'file-errors',
  'http-url',
  'http-reachable',
  'http-header',
  'http-accepted',
  'http-errors',
  'syslog-reachable',
  'syslog-errors',
  'rules-active',
  'rule-models',
  'rule-actions',
  'mandatory-models',
]);
export type DoctorCheckName = z.infer<typeof DoctorCheckName>;

/** `off`: there is nothing to look at. `unknown`: it cannot be known here, or was not asked for. */
export const DoctorState = z.enum(['good', 'warning', 'bad', 'unknown', 'off']);
export type DoctorState = z.infer<typeof DoctorState>;

/** What was found; the catalogue has a sentence for each, and what to do about those that are not good. */
export const DoctorCode = z.enum([
  'settings-sound',
  'settings-bad',
  'settings-stray',
  'backends-on',
  'backends-none',
  'backends-database-only',
  'backend-off',
  'no-value',
  'file-there',
  'file-to-come',
  'file-no-directory',
  'file-is-directory',
  'file-hidden',
  'writable',
  'not-writable',
  'room-enough',
  'room-low',
  'room-none',
  'room-unknown',
  'errors-none',
  'errors-past',
  'errors-now',
  'errors-unknown',
  'url-set',
  'url-missing',
  'reached',
  'unreachable',
  'udp-silent',
  'udp-sent',
  'header-sound',
  'header-none',
  'header-no-scheme',
  'accepted',
  'not-sent',
  'refused',
  'redirected',
  'answered-badly',
  'unanswered',
  'rules-unknown',
  'rules-none',
  'rules-not-needed',
  'rules-unreadable',
  'rules-all-off',
  'rules-on',
  'models-known',
  'models-strange',
  'models-unknown',
  'actions-set',
  'actions-none',
  'mandatory-none',
]);
export type DoctorCode = z.infer<typeof DoctorCode>;

export const DoctorResult = z.strictObject({
  check: DoctorCheckName,
  state: DoctorState,
  code: DoctorCode,
  /** What the sentence speaks of: paths, hosts, messages. None is a secret. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type DoctorResult = z.infer<typeof DoctorResult>;

export const DoctorReport = z.strictObject({
  owner: SettingsOwner,
  /** ISO 8601, UTC. */
  at: z.string(),
  sentTestEntry: z.boolean(),
  results: z.array(DoctorResult),
});
export type DoctorReport = z.infer<typeof DoctorReport>;
