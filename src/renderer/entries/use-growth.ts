/**
 * Entries that arrive while somebody reads: the rows in view stay where they are. New answers are fetched beside those on
 * screen and take their place at once, scrolled by as many rows as came before them. Whoever is at the newest entry
 * stays there.
 */
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Client } from '../../contract/client.ts';
import type { EntryFilter } from '../../contract/entry.ts';
import { useClient } from '../session/client.ts';
import { listPages, makePageQuery } from './entry-pages.ts';
import type { EntryOrder } from './use-entry-rows.ts';

export interface Question {
  readonly workspace: string;
  readonly filter: EntryFilter;
  readonly order: EntryOrder;
}

/** What is in view when a change is told. */
export interface InView {
  readonly topRow: number;
  readonly rows: number;
  /** The entry at the top; undefined where none is known. */
  readonly anchor: string | undefined;
  /** The newest entry is in view, and none is open to be read. */
  readonly followsNewest: boolean;
}

interface Growth {
  /** Answers of one revision belong together. */
  readonly revision: number;
  /** Rows to scroll by, once, when the revision comes on screen; `newest`: to the newest entry. */
  readonly move: number | 'newest';
}

/** `apply` scrolls; it is called before the new rows are painted. */
export function useGrowth(
  question: Question,
  inView: () => InView,
  apply: (move: Growth['move']) => void,
): number {
  const client = useClient();
  const queries = useQueryClient();
  const [growth, setGrowth] = useState<Growth>({ revision: 0, move: 0 });
  const now = useRef({ question, inView, apply });
  now.current = { question, inView, apply };

  useEffect(() => {
    let revision = 0;
    let isBusy = false;
    let isDue = false;
    let isGone = false;
    const update = async (): Promise<void> => {
      isDue = true;
      if (isBusy) return;
      isBusy = true;
      while (isDue && !isGone) {
        isDue = false;
        revision++;
        const move = await fetchAround(client, queries, now.current.question, now.current.inView(), revision);
        if (!isGone) setGrowth({ revision, move });
      }
      isBusy = false;
    };
    const end = client.on('workspace.checked', ({ workspace, failure }) => {
      if (workspace === now.current.question.workspace && !failure) void update();
    });
    return () => {
      isGone = true;
      end();
    };
  }, [client, queries]);

  useLayoutEffect(() => {
    if (growth.move !== 0) now.current.apply(growth.move);
  }, [growth]);
  return growth.revision;
}

/** Fetches what will be in view, and tells how far the rows have moved. */
export async function fetchAround(
  client: Client,
  queries: QueryClient,
  question: Question,
  { topRow, rows, anchor, followsNewest }: InView,
  revision: number,
): Promise<Growth['move']> {
  const { workspace, filter, order } = question;
  const reply =
    anchor === undefined || followsNewest
      ? undefined
      : await client.call('entries.position', { workspace, filter, order, id: anchor });
  const top = (reply?.ok ? reply.value.offset : undefined) ?? topRow;
  await Promise.all(
    [...new Set([...listPages(top, top + rows), ...listPages(topRow, topRow + rows)])].map((offset) =>
      queries.prefetchQuery(makePageQuery(client, question, offset, revision)),
    ),
  );
  return followsNewest ? 'newest' : top - topRow;
}
