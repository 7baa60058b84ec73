/** Whether the open workspace is followed, as the engine tells it. */
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { FollowState } from '../../contract/api.ts';
import { useCall, useClient } from './client.ts';

export interface Follow {
  readonly state: FollowState;
  turn(on: boolean): void;
}

export function useFollow(workspace: string): Follow {
  const client = useClient();
  const queries = useQueryClient();
  const { data } = useCall('workspace.follow', { workspace });
  useEffect(
    () =>
      client.on('workspace.followed', (told) => {
        if (told.workspace === workspace)
          queries.setQueryData(['workspace.follow', { workspace }], told.follow);
      }),
    [client, queries, workspace],
  );
  return {
    state: data ?? { state: 'off' },
    turn: (on) => {
      void client.call('workspace.follow', { workspace, on }).then((reply) => {
        if (reply.ok) queries.setQueryData(['workspace.follow', { workspace }], reply.value);
      });
    },
  };
}
