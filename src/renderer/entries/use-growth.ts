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
import { listPages, locateRow, makePageQuery } from './entry-pages.ts';
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

/** Counted through all tables: one that is shown again must not show what was told before. */
let revisions = 0;

/** A log that grows quicker than pages are told is shown as it was told last. */
const MAX_ATTEMPTS = 4;
const WAIT_MS = 50;
const MAX_WAITS = 40;
/** What a first check reads is shown as often: it has better to do than to answer. */
const SO_FAR_MS = 2000;

/** `apply` scrolls; it is called before the new rows are painted. */
export function useGrowth(
  question: Question,
  inView: () => InView,
  apply: (move: Growth['move']) => void,
): number {
  const client = useClient();
  const queries = useQueryClient();
  const [growth, setGrowth] = useState<Growth>(() => ({ revision: ++revisions, move: 0 }));
  /** Called once the last revision is on screen: what is in view then is where the next one begins. */
  const onShown = useRef<() => void>(undefined);
  const now = useRef({ question, inView, apply });
  now.current = { question, inView, apply };

  useEffect(() => {
    let isBusy = false;
    let isDue = false;
    let isGone = false;
    let toldMs = 0;
    const update = async (): Promise<void> => {
      isDue = true;
      if (isBusy) return;
      isBusy = true;
      while (isDue && !isGone) {
        isDue = false;
        const revision = ++revisions;
        const view = await settle(() => now.current.inView());
        if (isGone) break;
        const move = await fetchAround(client, queries, now.current.question, view, revision);
        if (isGone) break;
        // Somebody began to scroll while it was fetched: nothing may be taken out of their hands.
        if (move === 'newest' && !now.current.inView().followsNewest) {
          isDue = true;
          continue;
        }
        const shown = new Promise<void>((resolve) => (onShown.current = resolve));
        setGrowth({ revision, move });
        await shown;
      }
      isBusy = false;
    };
    const isOurs = (workspace: string): boolean => workspace === now.current.question.workspace;
    const ends = [
      client.on('workspace.checked', ({ workspace, failure }) => {
        if (isOurs(workspace) && !failure) void update();
      }),
      client.on('workspace.progressed', ({ workspace, progress }) => {
        if (!isOurs(workspace) || !progress.soFar || performance.now() - toldMs < SO_FAR_MS) return;
        toldMs = performance.now();
        void update();
      }),
      client.on('workspace.followed', ({ workspace, follow }) => {
        if (isOurs(workspace) && follow.unchecked) void update();
      }),
    ];
    return () => {
      isGone = true;
      onShown.current?.();
      for (const end of ends) end();
    };
  }, [client, queries]);

  useLayoutEffect(() => {
    if (growth.move !== 0) now.current.apply(growth.move);
    onShown.current?.();
  }, [growth]);
  return growth.revision;
}

/** Waits for the rows in view where they are still on their way: without them nothing says what is to stay where it is. */
export async function settle(inView: () => InView): Promise<InView> {
  let view = inView();
  for (let left = MAX_WAITS; left > 0 && view.anchor === undefined && !view.followsNewest; left--) {
    await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    view = inView();
  }
  return view;
}

/** Fetches what will be in view, and tells how far the rows have moved. */
export async function fetchAround(
  client: Client,
  queries: QueryClient,
  question: Question,
  view: InView,
  revision: number,
): Promise<Growth['move']> {
  for (let left = MAX_ATTEMPTS; ; left--) {
    const { move, isOfOneState } = await fetchOnce(client, queries, question, view, revision);
    if (isOfOneState || left === 1) return move;
  }
}

/** Entries may arrive between the answers, so that they do not fit together. */
async function fetchOnce(
  client: Client,
  queries: QueryClient,
  question: Question,
  { topRow, rows, anchor, followsNewest }: InView,
  revision: number,
): Promise<{ readonly move: Growth['move']; readonly isOfOneState: boolean }> {
  const { workspace, filter, order } = question;
  const asked = followsNewest ? undefined : anchor;
  const reply =
    asked === undefined
      ? undefined
      : await client.call('entries.position', { workspace, filter, order, id: asked });
  const offset = (reply?.ok ? reply.value.offset : undefined) ?? undefined;
  const top = offset ?? topRow;
  const pages = await Promise.allSettled(
    [...new Set([...listPages(top, top + rows), ...listPages(topRow, topRow + rows)])].map((offset) =>
      queries
        .fetchQuery({ ...makePageQuery(client, question, offset, revision), staleTime: 0 })
        .then((page) => ({ offset, ...page })),
    ),
  );
  const told = pages.flatMap((page) => (page.status === 'fulfilled' ? [page.value] : []));
  const place = locateRow(top);
  const atTop = told.find((page) => page.offset === place.offset)?.rows[place.index];
  const isOfOneState =
    told.every(({ total }) => total === told[0]?.total) && (offset === undefined || atTop?.id === asked);
  return { move: followsNewest ? 'newest' : top - topRow, isOfOneState };
}
