/** The side of the window: what is open, the verdict on it, where to go, and how times and colours are shown. */
import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconAdjustments,
  IconAntenna,
  IconBracketsContain,
  IconChartHistogram,
  IconFileText,
  IconFolderOpen,
  IconList,
  IconListCheck,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallName } from '../../contract/api.ts';
import { useMay } from '../session/account.ts';
import { type ScreenName, useNavigation } from '../session/NavigationProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { countRows } from '../session/sources.ts';
import { useFollow } from '../session/use-follow.ts';
import { useOpened } from '../session/use-report.ts';
import { useFormat } from '../ui/FormatProvider.tsx';
import { listDeciding } from '../ui/finding-look.ts';
import { PathText } from '../ui/PathText.tsx';
import { AboutLine } from './AboutLine.tsx';
import { AccountLine } from './AccountLine.tsx';
import { BrandMark } from './BrandMark.tsx';
import { FollowLine } from './FollowLine.tsx';
import { MaskLine } from './MaskLine.tsx';
import { SchemeSwitch } from './SchemeSwitch.tsx';
import { VerdictBadge } from './VerdictBadge.tsx';
import { ZoneSwitch } from './ZoneSwitch.tsx';

const items = [
  { screen: 'overview', icon: IconChartHistogram },
  { screen: 'findings', icon: IconBracketsContain },
  { screen: 'entries', icon: IconList },
  { screen: 'document', icon: IconFileText },
] as const satisfies readonly NavItem[];
/** What is audited, how, and whether that works. */
const auditing = [
  { screen: 'rules', icon: IconListCheck },
  { screen: 'receiver', icon: IconAntenna, needs: 'receiver.settings' },
  { screen: 'audit-settings', icon: IconAdjustments, needs: 'settings.list' },
] as const satisfies readonly NavItem[];

/** Screens that there are while a first check reads: the overview is then how far it is. */
const beforeReport: readonly ScreenName[] = ['overview', 'entries'];

interface NavItem {
  readonly screen: ScreenName;
  readonly icon: typeof IconList;
  /** Without this call there is nothing on the screen. */
  readonly needs?: CallName;
}

export function Sidebar() {
  const { t } = useTranslation();
  const format = useFormat();
  const session = useSession();
  const { workspace, report } = useOpened();
  const { unchecked = 0 } = useFollow(workspace).state;
  const { place, go } = useNavigation();
  const may = useMay();
  // A record's and a person's page belong to the entries.
  const current = place.screen === 'record' || place.screen === 'person' ? 'entries' : place.screen;
  const counts: Partial<Record<ScreenName, number | undefined>> = {
    // What only informs is listed there as well, and is no reason for alarm.
    findings: (report && listDeciding(report.findings).length) || undefined,
    entries: report ? countRows(report) + unchecked : session.progress?.soFar?.entries,
  };
  const isThere = (screen: ScreenName): boolean => report !== undefined || beforeReport.includes(screen);
  const list = (shown: readonly NavItem[]) =>
    shown.map(({ screen, icon: Picture, needs }) => (
      <button
        key={screen}
        type="button"
        className="nav-item"
        disabled={!isThere(screen) || (needs !== undefined && !may(needs))}
        title={needs === undefined || may(needs) ? undefined : t('signIn.needsManager')}
        aria-current={current === screen ? 'page' : undefined}
        onClick={() => go({ screen })}
      >
        <Picture size={17} stroke={1.6} aria-hidden />
        <span>{t(`screen.nav.${screen}`)}</span>
        {counts[screen] !== undefined && (
          <span
            className="nav-count"
            title={screen === 'findings' ? t('screen.nav.deciding', { count: counts[screen] }) : undefined}
            data-tone={screen === 'findings' ? report?.verdict : undefined}
          >
            {format.number(counts[screen])}
          </span>
        )}
      </button>
    ));
  return (
    <header className="sidebar">
      <BrandMark />
      <div className="sidebar-open">
        <p className="sidebar-path">
          {session.opened?.sample ? (
            t('screen.sample')
          ) : (
            <PathText path={session.workspace?.paths.join(' · ') ?? ''} />
          )}
        </p>
        <Tooltip label={t('screen.openOther')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('screen.openOther')}
            onClick={session.close}
          >
            <IconFolderOpen size={16} />
          </ActionIcon>
        </Tooltip>
      </div>
      {report && <VerdictBadge verdict={report.verdict} />}
      {report && <FollowLine />}
      <nav aria-label={t('screen.nav.label')}>
        {list(items)}
        <p className="nav-group">{t('setting.group')}</p>
        {list(auditing)}
      </nav>
      <div className="sidebar-foot">
        <MaskLine />
        <AccountLine />
        <ZoneSwitch />
        <SchemeSwitch />
        <AboutLine />
      </div>
    </header>
  );
}
