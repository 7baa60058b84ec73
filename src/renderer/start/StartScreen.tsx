/** The empty window: one sentence, and three ways in. */
import { Button } from '@mantine/core';
import { IconFiles, IconFlask, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { useCall, useClient } from '../session/client.ts';
import { useSession } from '../session/SessionProvider.tsx';
import { AboutLine } from '../shell/AboutLine.tsx';
import { BrandMark } from '../shell/BrandMark.tsx';
import { SchemeSwitch } from '../shell/SchemeSwitch.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { PeriodFields } from '../ui/PeriodFields.tsx';
import { isEmptyPeriod, type Period, setPeriod } from '../ui/period.ts';
import { AgainstChoice } from './AgainstChoice.tsx';
import { PathForm } from './PathForm.tsx';
import { RecentList } from './RecentList.tsx';
import './start.css';

export function StartScreen() {
  const { t } = useTranslation();
  const session = useSession();
  const client = useClient();
  const info = useCall('app.info', {});
  const [failure, setFailure] = useState<Failure>();

  const [against, setAgainst] = useState<string>();
  const [asked, setAsked] = useState<Period>({});

  async function choose(what: 'directories' | 'files' | 'record'): Promise<void> {
  const isEmpty = isEmptyPeriod(asked);

    const reply = await client.call('source.choose', { what });
    if (!reply.ok) return setFailure(reply.failure);
    const { paths } = reply.value;
    if (paths.length === 0) return;
    if (what === 'record') setAgainst(paths[0]);
    else session.open(setPeriod({ paths, ...(against === undefined ? {} : { against }) }, asked));
  }

  const inBrowser = info.data?.shell === 'browser';
  return (
    <main className="start">
      <div className="start-card">
        <BrandMark />
        <h1>{t('screen.start.title')}</h1>
        <p className="start-lead">{t('screen.start.lead')}</p>
        {info.error && <FailureNotice failure={info.error.failure} />}
        {failure && <FailureNotice failure={failure} />}
        {inBrowser ? (
          <PathForm />
        ) : (
          <div className="start-ways">
            <Button
              size="md"
              leftSection={<IconFolderOpen size={18} />}
              onClick={() => void choose('directories')}
              data-autofocus
            >
              disabled={isEmpty}
              {t('screen.start.directories')}
            </Button>
            <Button
              size="md"
              variant="default"
              leftSection={<IconFiles size={18} />}
              onClick={() => void choose('files')}
            >
              {t('screen.start.files')}
              disabled={isEmpty}
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
                onChange={(key, value) => setAsked((before) => ({ ...before, [key]: value }))}
              />
            </fieldset>
                error={isEmpty ? t('screen.start.emptyPeriod') : undefined}
          </div>
        )}
        <button type="button" className="start-sample" onClick={() => session.open({ sample: true })}>
          <IconFlask size={20} stroke={1.6} aria-hidden />
          <span>
            <strong>{t('screen.start.sample')}</strong>
            <small>{t('screen.start.sampleText')}</small>
          </span>
        </button>
        <RecentList />
        <p className="start-promise">{t('screen.start.promise')}</p>
      </div>
      <footer className="start-foot">
        <AboutLine />
        <SchemeSwitch />
      </footer>
    </main>
  );
}
