/** The empty window: one sentence, and three ways in. */
import { IconAntenna, IconFlask, IconServer } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../contract/failure.ts';
import { useShow } from '../commands/CommandCenter.tsx';
import { ServerList } from '../servers/ServerList.tsx';
import { useMay } from '../session/account.ts';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { AboutLine } from '../shell/AboutLine.tsx';
import { AccountLine } from '../shell/AccountLine.tsx';
import { BrandMark } from '../shell/BrandMark.tsx';
import { SchemeSwitch } from '../shell/SchemeSwitch.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { DialogForm } from './DialogForm.tsx';
import { PathForm } from './PathForm.tsx';
import { RecentList } from './RecentList.tsx';
import { ServedWay } from './ServedWay.tsx';
import './start.css';

export function StartScreen() {
  const { t } = useTranslation();
  const session = useSession();
  const may = useMay();
  const { go } = useNavigation();
  const show = useShow();
  const info = useCall('app.info', {});
  const [failure, setFailure] = useState<Failure>();

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
          <DialogForm onFailure={setFailure} />
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
        {info.data?.shell === 'desktop' && (
          <button type="button" className="start-sample" onClick={() => show({ what: 'connect' })}>
            <IconServer size={20} stroke={1.6} aria-hidden />
            <span>
              <strong>{t('server.title')}</strong>
              <small>{t('server.text')}</small>
            </span>
          </button>
        )}
        <RecentList />
        {info.data?.shell === 'desktop' && <ServerList />}
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
