/** What goes to a record's thread, where its rule says Post to Chatter. */
import type { RecordedEntry } from './backend.ts';
import type { Actor, EntryContent, RecordId } from './write-entry.ts';

/** What happened to a record, for people who look at it. */
export interface ThreadSummary {
  readonly model: string;
  readonly id: RecordId;
  readonly seq: number;
  readonly ts: string;
  readonly user: Actor | undefined;
  /** `create`, `write`, `unlink`, or an action. */
  readonly what: string;
  readonly changes: readonly { readonly field: string; readonly from?: unknown; readonly to?: unknown }[];
}

/** Sums up an entry. */
export function sumUp(
  { model, resId, what, user, oldValues, newValues }: EntryContent,
  { seq, ts }: RecordedEntry,
): ThreadSummary {
  return {
    ...{ model, id: resId, seq, ts, user },
    what: 'method' in what ? what.method : what.action,
    changes: Object.keys({ ...oldValues, ...newValues }).map((field) => ({
      field,
      from: oldValues?.[field],
      to: newValues?.[field],
    })),
  };
}
