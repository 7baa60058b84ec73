/** Changes of a filter. A condition that holds nothing is left out, so that equal filters are equal as text. */
import type { EntryFilter } from '../../contract/entry.ts';

export type FacetName = 'node' | 'model' | 'action' | 'user';

/** Sets or, with undefined, an empty text or an empty list, removes one condition. */
export function setCondition<K extends keyof EntryFilter>(
  filter: EntryFilter,
  key: K,
  value: EntryFilter[K] | undefined,
): EntryFilter {
  const { [key]: _before, ...rest } = filter;
  const isNone = value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
  return isNone ? (rest as EntryFilter) : { ...rest, [key]: value };
}

/** Adds a value to a list condition, or takes it out. */
export function toggleValue(filter: EntryFilter, facet: FacetName, value: string): EntryFilter {
  const before = filter[facet] ?? [];
  return setCondition(
    filter,
    facet,
    before.includes(value) ? before.filter((kept) => kept !== value) : [...before, value],
  );
}

export function isEmptyFilter(filter: EntryFilter): boolean {
  return Object.keys(filter).length === 0;
}
