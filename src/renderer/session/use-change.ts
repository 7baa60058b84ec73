/** Calls that change something: the answers that no longer hold are asked for again. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CallName, Calls } from '../../contract/api.ts';
import type { Failure } from '../../contract/failure.ts';
import { useClient } from './client.ts';

export interface Change<N extends CallName> {
  /** True where it was done. */
  run(input: Calls[N]['input']): Promise<boolean>;
  /** Why the last one was not. */
  readonly failure: Failure | undefined;
}

/** `stale`: the calls whose answers it may change. */
export function useChange<N extends CallName>(name: N, stale: readonly CallName[]): Change<N> {
  const client = useClient();
  const queries = useQueryClient();
  const [failure, setFailure] = useState<Failure>();
  return {
    failure,
    run: async (input) => {
      const reply = await client.call(name, input);
      setFailure(reply.ok ? undefined : reply.failure);
      // Where it failed, a part may be done.
      const isStale = (call: unknown) => stale.some((other) => other === call);
      await queries.invalidateQueries({ predicate: ({ queryKey }) => isStale(queryKey[0]) });
      return reply.ok;
    },
  };
}
