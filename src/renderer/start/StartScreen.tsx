/** The empty window: one sentence, and three ways in. */
import { Button } from '@mantine/core';
import { IconAntenna, IconFiles, IconFlask, IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { useMay } from '../session/account.ts';
import { useCall, useClient } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { AboutLine } from '../shell/AboutLine.tsx';
import { AccountLine } from '../shell/AccountLine.tsx';
import { BrandMark } from '../shell/BrandMark.tsx';
import { SchemeSwitch } from '../shell/SchemeSwitch.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { PeriodFields } from '../ui/PeriodFields.tsx';
import { isEmptyPeriod, type Period, setPeriod } from '../ui/period.ts';
import { AgainstChoice } from './AgainstChoice.tsx';
import { PathForm } from './PathForm.tsx';
import { RecentList } from './RecentList.tsx';
import { ServedWay } from './ServedWay.tsx';
import './start.css';

export function StartScreen() {
  const { t } = useTranslation();
  const session = useSession();
  const may = useMay();
  const client = useClient();
  const { go } = useNavigation();
  const info = useCall('app.info', {});
  const [failure, setFailure] = useState<Failure>();

  const [against, setAgainst] = useState<string>();
  const [asked, setAsked] = useState<Period>({});

  const isEmpty = isEmptyPeriod(asked);

  async function choose(what: 'directories' | 'files' | 'record'): Promise<void> {
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
        {info.data?.account ? (
          <ServedWay />
        ) : inBrowser ? (
          <PathForm />
        ) : (
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
        )}
        <button type="button" className="start-sample" onClick={() => session.open({ sample: true })}>
          <IconFlask size={20} stroke={1.6} aria-hidden />
          <span>
            <strong>{t('screen.start.sample')}</strong>
            <small>{t('screen.start.sampleText')}</small>
          </span>
        </button>
        {may('receiver.settings') && (
          <button type="button" className="start-sample" onClick={() => go({ screen: 'receiver' })}>
            <IconAntenna size={20} stroke={1.6} aria-hidden />
            <span>
              <strong>{t('screen.start.receive')}</strong>
              <small>{t('screen.start.receiveText')}</small>
            </span>
          </button>
        )}
        <RecentList />
        <p className="start-promise">{t('screen.start.promise')}</p>
      </div>
      <footer className="start-foot">
        <AboutLine />
        <AccountLine />
        <SchemeSwitch />
      </footer>
    </main>
  );
}
