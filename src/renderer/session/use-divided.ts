/** How far the streams are told apart, where somebody waits for it; undefined at all other times. */
import { useEffect, useState } from 'react';
import { useClient } from './client.ts';

export function useDivided(workspace: string): number | undefined {
  const client = useClient();
  const [percent, setPercent] = useState<number>();
  useEffect(
    () =>
      client.on('workspace.divided', (told) => {
        if (told.workspace === workspace) setPercent(told.percent < 100 ? told.percent : undefined);
      }),
    [client, workspace],
  );
  return percent;
}
