/** How components reach the engine: the client from a context, and calls as queries. */
import {
  keepPreviousData,
  type Query,
  type QueryClient,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query';
import { createContext, use } from 'react';
import type { CallName, Calls } from '../../contract/api.ts';
import type { Client } from '../../contract/client.ts';
import type { Failure } from '../../contract/failure.ts';

export const ClientContext = createContext<Client | undefined>(undefined);

export function useClient(): Client {
  const client = use(ClientContext);
  if (!client) throw new Error('no client was provided');
  return client;
}

/** A failed reply as what a query throws; `failure` is what screens tell. */
export class CallFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

interface CallOptions {
  readonly enabled?: boolean;
  /** Keeps showing the last answer while the next one is on its way. */
  readonly keep?: boolean;
  /** Asks again after this time; absent: only when the engine tells of a change. */
  readonly everyMs?: number | undefined;
}

/** Asks the engine and keeps the answer; the same question asked twice is asked once. */
export function useCall<N extends CallName>(
  name: N,
  input: Calls[N]['input'],
  { enabled = true, keep = false, everyMs }: CallOptions = {},
): UseQueryResult<Calls[N]['output'], CallFailed> {
  const client = useClient();
  return useQuery<Calls[N]['output'], CallFailed>({
    ...makeQuery(client, name, input),
    enabled,
    ...(everyMs === undefined ? {} : { refetchInterval: everyMs }),
    ...(keep ? { placeholderData: keepPreviousData } : {}),
  });
}

/** The key and function of a call as a query. */
export function makeQuery<N extends CallName>(client: Client, name: N, input: Calls[N]['input']) {
  return {
    queryKey: [name, input] as const,
    queryFn: async (): Promise<Calls[N]['output']> => {
      const reply = await client.call(name, input);
      if (!reply.ok) throw new CallFailed(reply.failure);
      return reply.value;
    },
  };
}

/** Forgets every answer about workspaces: the engine has told that they may have changed. */
export function forgetAnswers(queries: QueryClient): void {
  // Answers with a revision in their key are exchanged by whoever holds them on screen.
  const filters = { predicate: ({ queryKey }: Query) => queryKey[0] !== 'app.info' && queryKey.length < 3 };
  // A first answer that is on its way may be older than the change, and would not be asked for again by itself.
  void queries.cancelQueries(filters).then(() => queries.invalidateQueries(filters));
}

/** Asks again for what holds values: which of them are told has changed, and what was told must not be seen meanwhile. */
export function forgetValues(queries: QueryClient): void {
  const holding: readonly unknown[] = ['entries.detail', 'entries.at', 'record.history', 'thread.read'];
  void queries.resetQueries({ predicate: ({ queryKey }) => holding.includes(queryKey[0]) });
  void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'report.get' });
}

/** Asks again about entries: there are more of them, and nothing else has changed. */
export function renewEntries(queries: QueryClient): void {
  const isOfEntries = ({ queryKey }: Query): boolean =>
    String(queryKey[0]).startsWith('entries.') && queryKey.length < 3;
  // An answer that is on its way is waited for: growth may be quicker than a question about ten million entries.
  void queries.invalidateQueries({ predicate: isOfEntries }, { cancelRefetch: false });
}
