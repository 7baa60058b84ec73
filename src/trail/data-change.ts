/** What happened to a record's data, and what an entry tells of it as the rules say. */
import type { NotRecorded, RuleBook } from './rule-book.ts';
import type { Actor, EntryContent, RecordId, Values } from './write-entry.ts';
import { writeJson } from './write-json.ts';

/** What happened to one record's data. Of a write, fields with the same value before and after are left out. */
export type DataChange = {
  readonly model: string;
  readonly id: RecordId;
  readonly user?: Actor | undefined;
  /** Further keys of its entry. */
  readonly extra?: Values | undefined;
} & (
  | { readonly method: 'create'; readonly new: Values }
  | { readonly method: 'write'; readonly old: Values; readonly new: Values }
  | { readonly method: 'unlink'; readonly old: Values }
);

/** What is recorded of a change, or why nothing is. */
export function describeData(
  change: DataChange,
  book: RuleBook,
): Omit<EntryContent, 'user'> | { readonly refused: NotRecorded } {
  const { model, id, method } = change;
  const refused = book.refuse(model, method);
  if (refused) return { refused };
  const fields = book.fieldsOf(model);
  const isWanted = (key: string): boolean => !fields || fields.has(key);
  const keys = Object.keys(change.method === 'unlink' ? change.old : change.new).filter(
    (key) => isWanted(key) && (change.method !== 'write' || differ(change.old[key], change.new[key])),
  );
  if (method === 'write' && keys.length === 0) return { refused: 'unchanged' };
  return {
    ...{ model, resId: id, what: { method } },
    oldValues: change.method === 'create' ? undefined : pick(change.old, keys),
    newValues: change.method === 'unlink' ? undefined : pick(change.new, keys),
    extra: change.extra,
  };
}

function differ(before: unknown, after: unknown): boolean {
  if (before === after) return false;
  if (before instanceof Uint8Array && after instanceof Uint8Array) return Buffer.compare(before, after) !== 0;
  return writeJson(before) !== writeJson(after);
}

function pick(values: Values, keys: readonly string[]): Values {
  return Object.fromEntries(keys.filter((key) => key in values).map((key) => [key, values[key]]));
}
