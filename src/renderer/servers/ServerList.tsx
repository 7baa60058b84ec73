/** Servers that were signed in to before, on the start screen: a click asks for the password again. */
import { ActionIcon } from '@mantine/core';
import { IconServer, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useShow } from '../commands/CommandCenter.tsx';
import { useCall } from '../session/client.ts';
import { useChange } from '../session/use-change.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { useFormat } from '../ui/FormatProvider.tsx';

export function ServerList() {
  const { t } = useTranslation();
  const format = useFormat();
  const show = useShow();
  const { data, error } = useCall('server.list', {});
  const forget = useChange('server.forget', ['server.list']);
  if (error) return <FailureNotice failure={error.failure} />;
  if (!data || data.servers.length === 0) return null;
  return (
    <section className="recent">
      <h2>{t('server.known')}</h2>
      <ul>
        {data.servers.map(({ address, account, usedAt }) => (
          <li key={address}>
            <button
              type="button"
              className="recent-open"
              title={t('server.open', { address })}
              onClick={() => show({ what: 'connect', address })}
            >
              <IconServer size={16} stroke={1.6} aria-hidden />
              <span className="recent-path" dir="ltr">
                {address}
                {account !== null && ` · ${account}`}
              </span>
              <time dateTime={usedAt}>{format.day(Date.parse(usedAt) * 1000)}</time>
            </button>
            <ActionIcon
              variant="subtle"
              color="gray"
              size="sm"
              aria-label={t('server.remove', { address })}
              onClick={() => void forget.run({ address })}
            >
              <IconX size={14} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </section>
  );
}
