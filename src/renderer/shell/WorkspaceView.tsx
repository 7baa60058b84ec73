/** The screens of one workspace: navigation and verdict at the side, the chosen screen beside it. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { SettingsScreen } from '../auditing/SettingsScreen.tsx';
import { DocumentScreen } from '../document/DocumentScreen.tsx';
import { EntriesScreen } from '../entries/EntriesScreen.tsx';
import { FindingsScreen } from '../findings/FindingsScreen.tsx';
import { OverviewScreen } from '../overview/OverviewScreen.tsx';
import { PersonScreen } from '../person/PersonScreen.tsx';
import { ReceiverScreen } from '../receiver/ReceiverScreen.tsx';
import { RecordScreen } from '../record/RecordScreen.tsx';
import { RulesScreen } from '../rules/RulesScreen.tsx';
import { type ScreenName, useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { useOpened } from '../session/use-report.ts';
import { FailureNotice } from '../ui/FailureNotice.tsx';
import { CheckStrip } from './CheckStrip.tsx';
import { Sidebar } from './Sidebar.tsx';

const screens: Readonly<Record<ScreenName, () => React.ReactNode>> = {
  overview: OverviewScreen,
  findings: FindingsScreen,
  entries: EntriesScreen,
  record: RecordScreen,
  person: PersonScreen,
  document: DocumentScreen,
  rules: RulesScreen,
  receiver: ReceiverScreen,
  'audit-settings': SettingsScreen,
};

export function WorkspaceView() {
  const { t } = useTranslation();
  const { place } = useNavigation();
  const session = useSession();
  const { report } = useOpened();
  const main = useRef<HTMLElement>(null);
  const Screen = screens[place.screen];

  // A change of screen is a change of page: what is read and where the keyboard stands begins anew.
  const shown = useRef(place.screen);
  useEffect(() => {
    document.title = t('screen.windowTitle', { screen: t(`screen.nav.${place.screen}`) });
    if (shown.current !== place.screen) main.current?.focus();
    shown.current = place.screen;
  }, [place.screen, t]);

  return (
    <div className="shell">
      <button type="button" className="skip" onClick={() => main.current?.focus()}>
        {t('screen.skip')}
      </button>
      <Sidebar />
      <main id="main" ref={main} tabIndex={-1} className="shell-main">
        {(session.status === 'checking' || !report) && <CheckStrip />}
        {session.status === 'failed' && session.failure && (
          <div className="shell-notice">
            <FailureNotice failure={session.failure} />
          </div>
        )}
        <Screen />
      </main>
    </div>
  );
}
