/** A rule as a program asks it to record what no data shows. */
import type { Rule } from '../contract/rule.ts';
import type { NotRecorded } from './rule-book.ts';
import type { RecordId, Values } from './write-entry.ts';

export interface LifecycleCall {
  /** One of the ten documented actions, which have a flag in the rule, or any other word. */
  readonly action: string;
  /** Ids, or objects that have one: an entry each. */
  readonly records: readonly (RecordId | { readonly id: RecordId })[];
  /** Becomes keys of the entry. */
  readonly extraData?: Values;
}

/** Whether an event was recorded, and under which seqs; where it was not, why. */
export type Recorded =
  | { readonly recorded: true; readonly seqs: readonly number[] }
  | { readonly recorded: false; readonly reason: NotRecorded };

export interface AuditRule {
  readonly model: string;
  /** Undefined where the model is recorded because it is mandatory, and has no rule. */
  readonly rule: Rule | undefined;
  /** Resolves when the backends have the entries, or after the trail's bound. */
  logLifecycleAction(call: LifecycleCall): Promise<Recorded>;
}

/** Reads the id of what a program names by an id or by a record that has one. */
export function readId(record: LifecycleCall['records'][number]): RecordId {
  return record !== null && typeof record === 'object' && 'id' in record ? record.id : record;
}
