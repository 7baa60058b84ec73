/** Which pages of entries a stretch of rows lies on, and each as a query. */
import type { Client } from '../../contract/client.ts';
import type { EntryFilter } from '../../contract/entry.ts';
import { makeQuery } from '../session/client.ts';
import type { EntryOrder } from './use-entry-rows.ts';

/** Rows asked for at once. */
export const PAGE_ROWS = 200;

/** Offsets of the pages that hold the rows from `first` up to `end`; at least the first page, which tells the total. */
export function listPages(first: number, end: number): number[] {
  const from = Math.floor(first / PAGE_ROWS);
  const to = Math.max(from, Math.floor((end - 1) / PAGE_ROWS));
  return Array.from({ length: to - from + 1 }, (_, index) => (from + index) * PAGE_ROWS);
}

/** The page of a row, and its place on it. */
export function locateRow(row: number): { readonly offset: number; readonly index: number } {
  const index = row % PAGE_ROWS;
  return { offset: row - index, index };
}

/** A page as a query. `revision` holds its answer on screen until those of the next one are there (use-growth.ts). */
export function makePageQuery(
  client: Client,
  question: { readonly workspace: string; readonly filter: EntryFilter; readonly order: EntryOrder },
  offset: number,
  revision: number,
) {
  const { queryKey, queryFn } = makeQuery(client, 'entries.page', { ...question, offset, limit: PAGE_ROWS });
  return { queryKey: [...queryKey, revision], queryFn };
}
