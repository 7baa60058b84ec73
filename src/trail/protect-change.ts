/**
 * Self-protection: what changes auditing itself is witnessed outside of the database before it takes effect, so that
 * whoever switches auditing off leaves at least that behind.
 */
import type { BackendName, RecordedEntry } from './backend.ts';
import { type Outlet, settleWithin } from './outlet.ts';
import { type EntryContent, maskValues, type RecordId, type Values } from './write-entry.ts';

/** A change to what is audited, by whom, or how. */
export interface AuditingChange {
  readonly kind: 'rule' | 'user' | 'token' | 'setting';
  /** What is changed, as its owner knows it. */
  readonly id: RecordId;
  readonly name: string;
  /** For a rule, the model that it is about. */
  readonly model?: string;
  /** Every field before; undefined where it is new. */
  readonly old: Values | undefined;
  /** Every field after; undefined where it is deleted. */
  readonly new: Values | undefined;
  /** Fields whose values are no one's business: the entry says only that they are there. */
  readonly secretFields?: readonly string[];
}

/**
 * - `protected`: these backends had it before it took effect.
 * - `unprotected`: no backend beside the database is enabled, so changes to auditing are not protected.
 * - `permitted`: none could take it, and environment or file permit changes all the same, for repairs.
 */
export type ChangeResult<T> =
  | {
      readonly applied: true;
      readonly value: T;
      readonly protection: 'protected' | 'unprotected' | 'permitted';
      readonly witnesses: readonly BackendName[];
      /** Backends that are enabled and did not take it. */
      readonly missing: readonly BackendName[];
    }
  | { readonly applied: false; readonly reason: 'no-witness'; readonly missing: readonly BackendName[] };

export interface Protection {
  readonly outlets: readonly Outlet[];
  readonly deadlineMs: number;
  readonly permitUnwitnessed: boolean;
  /** Gives the content its seq and its time. */
  readonly stamp: (content: EntryContent) => RecordedEntry;
  readonly user: EntryContent['user'];
}

/** Has the change witnessed, applies it, and tells how it went. Throws what `apply` throws, after telling of that too. */
export async function protectChange<T>(
  change: AuditingChange,
  apply: () => T | Promise<T>,
  { outlets, deadlineMs, permitUnwitnessed, stamp, user }: Protection,
): Promise<ChangeResult<T>> {
  const asked = outlets.filter(({ name }) => name !== 'database');
  const intent = stamp(describeChange(change, user, { phase: 'intent' }));
  // The database has it too, so that its copy is whole; it is no witness of what may be a change to itself.
  for (const outlet of outlets) if (!asked.includes(outlet)) void outlet.send(intent);
  const answers = await Promise.all(asked.map((outlet) => outlet.confirm(intent, deadlineMs)));
  const witnesses = asked.filter((_, n) => answers[n]).map(({ name }) => name);
  const missing = asked.filter((_, n) => !answers[n]).map(({ name }) => name);
  const about = { intent_seq: intent.seq, witnesses };
  const tell = async (phase: 'outcome' | 'refused' | 'failed'): Promise<void> => {
    const entry = stamp(describeChange(change, user, { phase, ...about }));
    await settleWithin(Promise.all(outlets.map((outlet) => outlet.send(entry))), deadlineMs);
  };
  if (asked.length > 0 && witnesses.length === 0 && !permitUnwitnessed) {
    await tell('refused');
    return { applied: false, reason: 'no-witness', missing };
  }
  let value: T;
  try {
    value = await apply();
  } catch (error) {
    await tell('failed');
    throw error;
  }
  await tell('outcome');
  const protection = witnesses.length > 0 ? 'protected' : asked.length > 0 ? 'permitted' : 'unprotected';
  return { applied: true, value, protection, witnesses, missing };
}

const MODELS = {
  rule: 'spp.audit.rule',
  user: 'res.users',
  token: 'unbroken.token',
  setting: 'ir.config_parameter',
} as const;

/** As the real module tells of its rules: `type`, and an action such as `rule_modified`; in the documented key order. */
function describeChange(change: AuditingChange, user: EntryContent['user'], about: Values): EntryContent {
  const { kind, id, name, model = MODELS[kind] } = change;
  const hide = (values: Values | undefined): Values | undefined =>
    maskValues(values, (field) => change.secretFields?.includes(field) === true);
  const did = change.old === undefined ? 'created' : change.new === undefined ? 'deleted' : 'modified';
  return {
    model,
    resId: id,
    what: { action: `${kind}_${did}` },
    user,
    oldValues: hide(change.old),
    newValues: hide(change.new),
    extra: { type: 'audit_config_change', [`${kind}_id`]: id, [`${kind}_name`]: name, ...about },
  };
}
