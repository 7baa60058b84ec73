/** What a filter asks of the text of entries: only that needs a search. */
import type { EntryFilter } from '../../contract/entry.ts';
import { setText, type TextMode } from './filter-change.ts';

const modes: readonly TextMode[] = (['text', 'pattern'] as const).flatMap((key) => [
  { key, not: false },
  { key, not: true },
]);

export function hasText(filter: EntryFilter): boolean {
  const { text, pattern, not } = filter;
  return [text, pattern, not?.text, not?.pattern].some((asked) => asked !== undefined);
}

/** The same filter without its texts. */
export function dropTexts(filter: EntryFilter): EntryFilter {
  return modes.reduce((rest, mode) => setText(rest, mode, ''), filter);
}
