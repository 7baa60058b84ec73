/** The ways in of the desktop: the system's dialog, with an earlier record and a period to be asked for. */
import { Button } from '@mantine/core';
import { IconFiles, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { useClient } from '../session/client.ts';
import { useSession } from '../session/SessionProvider.tsx';
import { PeriodFields } from '../ui/PeriodFields.tsx';
import { isEmptyPeriod, type Period } from '../ui/period.ts';
import { AgainstChoice } from './AgainstChoice.tsx';
import { useAsking } from './use-asking.ts';

export function DialogForm({ onFailure }: { onFailure(failure: Failure): void }) {
  const { t } = useTranslation();
  const session = useSession();
  const client = useClient();
  const [against, setAgainst] = useState<string>();
  const [asked, setAsked] = useState<Period>({});

  const isEmpty = isEmptyPeriod(asked);
  useAsking(against, asked);

  async function choose(what: 'directories' | 'files' | 'record'): Promise<void> {
    const reply = await client.call('source.choose', { what });
    if (!reply.ok) return onFailure(reply.failure);
    const { paths } = reply.value;
    if (paths.length === 0) return;
    if (what === 'record') setAgainst(paths[0]);
    else session.open({ paths });
  }

  return (
    <div className="start-ways">
      <Button
        size="md"
        leftSection={<IconFolderOpen size={18} />}
        disabled={isEmpty}
        onClick={() => void choose('directories')}
        data-autofocus
      >
        {t('screen.start.directories')}
      </Button>
      <Button
        size="md"
        variant="default"
        leftSection={<IconFiles size={18} />}
        disabled={isEmpty}
        onClick={() => void choose('files')}
      >
        {t('screen.start.files')}
      </Button>
      <AgainstChoice
        against={against}
        onChoose={() => void choose('record')}
        onRemove={() => setAgainst(undefined)}
      />
      <fieldset className="start-period">
        <legend>{t('screen.start.period')}</legend>
        <PeriodFields
          period={{}}
          error={isEmpty ? t('screen.start.emptyPeriod') : undefined}
          onChange={(key, value) => setAsked((before) => ({ ...before, [key]: value }))}
        />
      </fieldset>
    </div>
  );
}
