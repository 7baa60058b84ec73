/** Changes of a filter. A condition that holds nothing is left out, so that equal filters are equal as text. */
import type { EntryFilter } from '../../contract/entry.ts';

export type FacetName = 'node' | 'model' | 'action' | 'user' | 'stream' | 'tag';
/** Conditions of which one of several values suffices, and that can be left out. */
export type ValueCondition = FacetName | 'record';
export type Negated = NonNullable<EntryFilter['not']>;
/** What the line of text says: a text or a regular expression, to be there or not. */
export interface TextMode {
  readonly key: 'text' | 'pattern';
  readonly not: boolean;
}

/** Sets or, with undefined, an empty text or an empty list, removes one condition. */
export function setCondition<K extends keyof EntryFilter>(
  filter: EntryFilter,
  key: K,
  value: EntryFilter[K] | undefined,
): EntryFilter {
  const { [key]: _before, ...rest } = filter;
  return isNone(value) ? (rest as EntryFilter) : { ...rest, [key]: value };
}

/** The same for what is left out. */
export function setNegated<K extends keyof Negated>(
  filter: EntryFilter,
  key: K,
  value: Negated[K] | undefined,
): EntryFilter {
  const { [key]: _before, ...rest } = filter.not ?? {};
  const not = isNone(value) ? rest : { ...rest, [key]: value };
  return setCondition(filter, 'not', Object.keys(not).length === 0 ? undefined : not);
}

/** Adds a value to what is shown, or takes it out; a value is never both shown and left out. */
export function toggleValue(filter: EntryFilter, facet: ValueCondition, value: string): EntryFilter {
  const rest = setNegated(filter, facet, without(filter.not?.[facet], value));
  return setCondition(rest, facet, toggle(filter[facet], value));
}

/** Adds a value to what is left out, or takes it out. */
export function toggleNegated(filter: EntryFilter, facet: ValueCondition, value: string): EntryFilter {
  const rest = setCondition(filter, facet, without(filter[facet], value));
  return setNegated(rest, facet, toggle(filter.not?.[facet], value));
}

/** Records as they are typed, apart by blanks; blanks within quotes or a list belong to an id. */
export function readRecords(text: string): string[] {
  return text.match(/(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\]|\S)+/g) ?? [];
}

export function readText(filter: EntryFilter, { key, not }: TextMode): string {
  return (not ? filter.not?.[key] : filter[key]) ?? '';
}

export function setText(filter: EntryFilter, { key, not }: TextMode, value: string): EntryFilter {
  return not ? setNegated(filter, key, value) : setCondition(filter, key, value);
}

export function isEmptyFilter(filter: EntryFilter): boolean {
  return Object.keys(filter).length === 0;
}

/** Whether the engine will take it: both read JavaScript's regular expressions. */
export function isPattern(pattern: string): boolean {
  try {
    return Boolean(new RegExp(pattern, 'iu'));
  } catch {
    return false;
  }
}

function isNone(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function toggle(values: readonly string[] = [], value: string): string[] {
  return values.includes(value) ? values.filter((kept) => kept !== value) : [...values, value];
}

function without(values: readonly string[] = [], value: string): string[] {
  return values.filter((kept) => kept !== value);
}
