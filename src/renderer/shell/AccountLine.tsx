/** Who is signed in, and the way out. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconKey, IconLogout, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShow } from '../commands/CommandCenter.tsx';
import { useAccount, useHasPassword, useSignOut } from '../session/account.ts';
import { useCall } from '../session/client.ts';

export function AccountLine() {
  const { t } = useTranslation();
  const account = useAccount();
  const signOut = useSignOut();
  const hasPassword = useHasPassword();
  const show = useShow();
  const server = useCall('server.list', {}).data?.shown;
  if (!account) return null;
  const group = t(`signIn.group.${account.group}`);
  return (
    <div className="account-line">
      <IconUser className="account-picture" size={16} stroke={1.6} aria-hidden />
      <p title={t('signIn.signedIn', { name: account.name, group })}>
        <strong dir="ltr">{account.name}</strong>
        <br />
        {group}
        {server && (
          <>
            <br />
            <span dir="ltr">{new URL(server.address).host}</span>
          </>
        )}
      </p>
      {hasPassword && (
        <Tooltip label={t('signIn.change.title')}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('signIn.change.title')}
            onClick={() => show({ what: 'password' })}
          >
            <IconKey size={15} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
      {signOut && (
        <Tooltip label={t('signIn.out')}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('signIn.out')}
            onClick={() => void signOut()}
          >
            <IconLogout size={15} stroke={1.6} aria-hidden />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
