/** The receiver: whether it runs, what it takes and from whom, and what to enter on the other side. */
import { Button } from '@mantine/core';
import { IconInbox, IconPlayerPlay, IconPlayerStop, IconPlugConnectedX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReceiverView } from '../../contract/receiver-calls.ts';
import { useMay } from '../session/account.ts';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { useChange } from '../session/use-change.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { Marked } from '../ui/Marked.tsx';
import { AlertsPanel } from './AlertsPanel.tsx';
import { ConnectPanel } from './ConnectPanel.tsx';
import { ListenersPanel } from './ListenersPanel.tsx';
import { NoticesPanel } from './NoticesPanel.tsx';
import { NowPanel } from './NowPanel.tsx';
import { RecentPanel } from './RecentPanel.tsx';
import { RefusedPanel } from './RefusedPanel.tsx';
import { SelfTestPanel } from './SelfTestPanel.tsx';
import { SendersPanel } from './SendersPanel.tsx';
import { SettingsPanel } from './SettingsPanel.tsx';
import { useReceiver } from './use-receiver.ts';
import './receiver.css';

const tones = {
  running: 'intact',
  stopped: 'none',
  starting: 'none',
  stopping: 'none',
  waiting: 'contradicted',
} as const;

export function ReceiverScreen() {
  const { t } = useTranslation();
  const { view, failure } = useReceiver();
  return (
    <>
      <div className="screen-head">
        <h1>{t('receiver.title')}</h1>
        {view && <Head view={view} />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls what holds the focus */}
      <div className="receiver" tabIndex={0}>
        {failure && <FailureNotice failure={failure} />}
        {view && <Content view={view} />}
      </div>
    </>
  );
}

function Head({ view }: { readonly view: ReceiverView }) {
  const { t } = useTranslation();
  const session = useSession();
  const { go } = useNavigation();
  const { state } = view.state;
  const { spool } = view;
  return (
    <>
      <span className="receiver-state" data-tone={tones[state]} role="status">
        {t(`receiver.state.${state}`)}
      </span>
      <Button
        size="xs"
        variant="default"
        className="receiver-open"
        leftSection={<IconInbox size={15} aria-hidden />}
        disabled={spool === null}
        title={spool === null ? t('receiver.openNone') : undefined}
        onClick={() => {
          if (spool === null) return;
          session.open({ paths: [spool] });
          go({ screen: 'overview' });
        }}
      >
        {t('receiver.open')}
      </Button>
    </>
  );
}

function Content({ view }: { readonly view: ReceiverView }) {
  const { t } = useTranslation();
  const may = useMay();
  const [value, setValue] = useState<string>();
  const { state, status } = view;
  const isManager = may('senders.list');
  const isDesktop = useCall('app.info', {}).data?.shell === 'desktop';
  const settings = isManager && !view.fixed && (
    <>
      <SettingsPanel view={view} />
      {isDesktop && <AlertsPanel />}
    </>
  );
  return (
    <>
      <div className="receiver-main">
        <Switch view={view} />
        {state.problem !== undefined && state.state !== 'running' && (
          <p className="warning-note" data-tone="contradicted">
            {t('receiver.problem')}{' '}
            <span className="mono">
              <Marked text={state.problem} />
            </span>
          </p>
        )}
        {status?.trouble && (
          <p className="warning-note" data-tone="contradicted" role="alert">
            {t(`receiver.trouble.${status.trouble}`)}
          </p>
        )}
        {status ? (
          <>
            <NowPanel status={status} rates={view.rates} />
            <ListenersPanel view={view} status={status} />
            <RecentPanel recent={status.recent} />
            <RefusedPanel refused={status.refused} lost={status.lost} />
          </>
        ) : (
          state.state === 'stopped' && (
            <>
              <section className="panel">
                <EmptyState
                  icon={IconPlugConnectedX}
                  title={t('receiver.stopped.title')}
                  text={t('receiver.stopped.text')}
                />
              </section>
              {settings}
            </>
          )
        )}
        <NoticesPanel notices={view.notices} />
      </div>
      {isManager && (
        <div className="receiver-side">
          <SendersPanel value={value} onValue={setValue} />
          <ConnectPanel view={view} value={value} />
          <SelfTestPanel isRunning={state.state === 'running'} />
          {state.state !== 'stopped' && settings}
        </div>
      )}
    </>
  );
}

function Switch({ view }: { readonly view: ReceiverView }) {
  const { t } = useTranslation();
  const may = useMay();
  const start = useChange('receiver.start', ['receiver.status']);
  const stop = useChange('receiver.stop', ['receiver.status']);
  const [isBusy, setBusy] = useState(false);
  const { state } = view.state;
  const isStopped = state === 'stopped';
  const act = isStopped ? start : stop;
  const run = async (): Promise<void> => {
    setBusy(true);
    await act.run({});
    setBusy(false);
  };
  return (
    <div className="receiver-switch">
      <p>{t(view.fixed ? 'receiver.fixed' : 'receiver.lead')}</p>
      {!view.fixed && may('receiver.start') && (
        <Button
          leftSection={
            isStopped ? <IconPlayerPlay size={16} aria-hidden /> : <IconPlayerStop size={16} aria-hidden />
          }
          variant={isStopped ? 'filled' : 'default'}
          loading={isBusy}
          onClick={() => void run()}
        >
          {t(isStopped ? 'receiver.start' : 'receiver.stop')}
        </Button>
      )}
      {isStopped && start.failure && <FailureNotice failure={start.failure} />}
    </div>
  );
}
