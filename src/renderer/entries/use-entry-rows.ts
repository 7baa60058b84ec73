/** Rows of entries by their position among all that match: pages are asked for as they come into view, and kept. */
import { useDebouncedValue } from '@mantine/hooks';
import { useQueries } from '@tanstack/react-query';
import { useRef } from 'react';
import type { EntryFilter, EntryRow } from '../../contract/entry.ts';
import type { Failure } from '../../contract/failure.ts';
import { CallFailed, useClient } from '../session/client.ts';
import { listPages, locateRow, makePageQuery } from './entry-pages.ts';

export type EntryOrder = 'oldest-first' | 'newest-first';

export interface EntryRows {
  /** How many match; undefined until it is known. */
  readonly total: number | undefined;
  readonly failure: Failure | undefined;
  /** Undefined while its page is on its way. */
  rowAt(index: number): EntryRow | undefined;
}

/** A dragged scrollbar passes over pages that nobody reads: only where it rests is asked for. */
const REST_MS = 60;
/** Pages that went out of view are kept for a short time only: there may be fifty thousand of them. */
const KEPT_MS = 60_000;

export function useEntryRows(
  workspace: string,
  filter: EntryFilter,
  order: EntryOrder,
  first: number,
  end: number,
  revision: number,
): EntryRows {
  const client = useClient();
  const [range] = useDebouncedValue(`${first}:${end}`, REST_MS, { leading: true });
  const [from = 0, to = 0] = range.split(':').map(Number);
  const offsets = listPages(from, to);
  const results = useQueries({
    queries: offsets.map((offset) => ({
      ...makePageQuery(client, { workspace, filter, order }, offset, revision),
      gcTime: KEPT_MS,
    })),
  });

  const question = JSON.stringify([workspace, filter, order]);
  const known = useRef<{ question: string; total: number }>(undefined);
  const told = results.find(({ data }) => data)?.data;
  if (told) known.current = { question, total: told.total };

  const error = results.find((result) => result.error)?.error;
  return {
    // While another question is on its way the old total would scroll to rows that are not there.
    total: known.current?.question === question ? known.current.total : undefined,
    failure: error instanceof CallFailed ? error.failure : undefined,
    rowAt: (index) => {
      const { offset, index: place } = locateRow(index);
      return results[offsets.indexOf(offset)]?.data?.rows[place];
    },
  };
}
