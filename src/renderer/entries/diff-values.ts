/** Old and new values side by side: keys paired, differences named. Values are compared as they are written. */
import type { WrittenValue } from '../../contract/entry.ts';

export type Change = 'same' | 'changed' | 'added' | 'removed';

export interface ValueRow {
  readonly key: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly change: Change;
}

/**
 * Pairs the values of the same key, in the order of the old ones with what is only new after them. A key that is
 * written twice is paired by its occurrence: both are in the log, so both are shown.
 */
export function diffValues(before: readonly WrittenValue[], after: readonly WrittenValue[]): ValueRow[] {
  const waiting = new Map<string, WrittenValue[]>();
  for (const value of after) waiting.set(value.key, [...(waiting.get(value.key) ?? []), value]);
  const paired = new Set<WrittenValue>();
  const rows = before.map((value): ValueRow => {
    const match = waiting.get(value.key)?.shift();
    if (!match) return { key: value.key, before: value.text, after: undefined, change: 'removed' };
    paired.add(match);
    const change = match.text === value.text ? 'same' : 'changed';
    return { key: value.key, before: value.text, after: match.text, change };
  });
  const added = after
    .filter((value) => !paired.has(value))
    .map(({ key, text }): ValueRow => ({ key, before: undefined, after: text, change: 'added' }));
  return [...rows, ...added];
}
