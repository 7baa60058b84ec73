/** Says that the server that is shown does not answer, or does not know the session any more, over whatever screen there is. */
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useShow } from '../commands/CommandCenter.tsx';
import { useSignOut } from '../session/account.ts';
import { forgetAnswers, makeQuery, useCall, useClient } from '../session/client.ts';
import './servers.css';

export function ServerStrip() {
  const { t } = useTranslation();
  const client = useClient();
  const queries = useQueryClient();
  const show = useShow();
  const signOut = useSignOut();
  const shown = useCall('server.list', {}).data?.shown;

  useEffect(
    () =>
      client.on('server.changed', ({ shown: changed }) => {
        const { queryKey, queryFn } = makeQuery(client, 'server.list', {});
        queries.setQueryData<Awaited<ReturnType<typeof queryFn>>>(
          queryKey,
          (before) => before && { ...before, shown: changed },
        );
        // Whatever was told meanwhile was told to nobody.
        if (changed?.state === 'connected') forgetAnswers(queries);
      }),
    [client, queries],
  );

  if (!shown || shown.state === 'connected') return null;
  const { address, state } = shown;
  return (
    <div className="server-strip" role="alert">
      <IconPlugConnectedX size={18} stroke={1.6} aria-hidden />
      <p>{t(`server.${state}`, { address })}</p>
      {state === 'ended' && (
        <Button size="compact-sm" onClick={() => show({ what: 'connect', address })}>
          {t('server.again')}
        </Button>
      )}
      {signOut && (
        <Button size="compact-sm" variant="default" onClick={() => void signOut()}>
          {t('signIn.out')}
        </Button>
      )}
    </div>
  );
}
