/** On a served instance nobody types paths: what it receives is what there is to open. */
import { Button } from '@mantine/core';
import { IconInbox } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../session/client.ts';
import { useSession } from '../session/SessionProvider.tsx';

export function ServedWay() {
  const { t } = useTranslation();
  const session = useSession();
  const paths = useCall('app.info', {}).data?.startPaths ?? [];
  return (
    <div className="start-served">
      <Button
        size="md"
        leftSection={<IconInbox size={18} aria-hidden />}
        onClick={() => session.open({ paths: [...paths] })}
        data-autofocus
      >
        {t('signIn.received')}
      </Button>
      <p className="start-promise">{t('signIn.receivedText')}</p>
    </div>
  );
}
