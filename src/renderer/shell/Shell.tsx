/** What the window shows: the start, the receiver alone, a running check, or the screens of a workspace. */
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CommandCenter } from '../commands/CommandCenter.tsx';
import { ReceiverPage } from '../receiver/ReceiverPage.tsx';
import { ServerStrip } from '../servers/ServerStrip.tsx';
import { useCall } from '../session/client.ts';
import { NavigationProvider, useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { ReportContext } from '../session/use-report.ts';
import { CheckScreen } from '../start/CheckScreen.tsx';
import { StartScreen } from '../start/StartScreen.tsx';
import { WorkspaceView } from './WorkspaceView.tsx';
import './shell.css';

export function Shell() {
  return (
    <NavigationProvider>
      <CommandCenter>
        <ServerStrip />
        <Content />
      </CommandCenter>
    </NavigationProvider>
  );
}

function Content() {
  const session = useSession();
  const { place } = useNavigation();
  const { i18n } = useTranslation();
  const workspace = session.workspace?.workspace;
  const isWaiting = session.status === 'checking';
  // Told by an event as a rule; asked for as well, since a connection may have been broken at that moment.
  const report = useCall(
    'report.get',
    { workspace: workspace ?? '' },
    { enabled: workspace !== undefined, everyMs: isWaiting ? 3000 : undefined },
  );

  useEffect(() => {
    document.documentElement.lang = i18n.language;
    document.documentElement.dir = i18n.dir();
  }, [i18n.language, i18n]);

  if (session.status === 'idle') return place.screen === 'receiver' ? <ReceiverPage /> : <StartScreen />;
  // `not-found` is no failure here: the first check is still at work.
  const isMissing = session.status === 'checked' && !report.isFetching;
  const hasEntries = (session.progress?.soFar?.entries ?? 0) > 0;
  const showsSoFar = place.screen === 'entries' && hasEntries && session.status !== 'failed' && !isMissing;
  if (workspace === undefined || !(report.data || showsSoFar)) {
    return <CheckScreen failure={session.failure ?? (isMissing ? report.error?.failure : undefined)} />;
  }
  return (
    <ReportContext value={{ workspace, report: report.data }}>
      <WorkspaceView />
    </ReportContext>
  );
}
