/** The receiver as it stands, kept up by what the host tells. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Events } from '../../contract/api.ts';
import type { Failure } from '../../contract/failure.ts';
import type { ReceiverView } from '../../contract/receiver-calls.ts';
import { makeQuery, useCall, useClient } from '../session/client.ts';

/** Five minutes of seconds, and what the host keeps. */
const MAX_RATES = 300;
const MAX_NOTICES = 50;

export function useReceiver(): {
  readonly view?: ReceiverView | undefined;
  readonly failure?: Failure | undefined;
} {
  const client = useClient();
  const queries = useQueryClient();
  const { data, error } = useCall('receiver.status', {});
  useEffect(() => {
    const { queryKey } = makeQuery(client, 'receiver.status', {});
    const ends = [
      client.on('receiver.changed', (changed) => {
        queries.setQueryData<ReceiverView>(queryKey, (view) => view && follow(view, changed));
      }),
      // The receiver goes on without the engine; whoever asks a new one is told of it again.
      client.on('engine.stopped', () => void queries.invalidateQueries({ queryKey })),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, queries]);
  return { view: data, failure: error?.failure };
}

function follow(view: ReceiverView, { rate, notice, ...changed }: Events['receiver.changed']): ReceiverView {
  return {
    ...view,
    ...changed,
    rates: rate ? [...view.rates, rate].slice(-MAX_RATES) : view.rates,
    notices: notice ? [...view.notices, notice].slice(-MAX_NOTICES) : view.notices,
  };
}
