/** All that can be asked of the app at this moment. */
import { useMantineColorScheme } from '@mantine/core';
import {
  IconAdjustments,
  IconAntenna,
  IconBracketsContain,
  IconChartHistogram,
  IconClock,
  IconDeviceDesktop,
  IconEye,
  IconEyeOff,
  IconFiles,
  IconFileText,
  IconFlask,
  IconFolderOpen,
  IconHistory,
  IconInfoCircle,
  IconKey,
  IconKeyboard,
  IconList,
  IconListCheck,
  IconLogout,
  IconMoon,
  IconServer,
  IconSettings,
  IconSun,
  IconTrash,
  IconUserCheck,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useHasPassword, useMay, useSignOut } from '../session/account.ts';
import { useCall } from '../session/client.ts';
import { useNavigation } from '../session/NavigationProvider.tsx';
import { usePreferences } from '../session/PreferencesProvider.tsx';
import { useSession } from '../session/SessionProvider.tsx';
import { useZones } from '../ui/FormatProvider.tsx';
import type { Command } from './command.ts';

/** What is shown over the screens. */
export type Shown =
  | { readonly what: 'palette' | 'settings' | 'shortcuts' | 'about' | 'password' }
  | { readonly what: 'delete'; readonly paths: readonly string[] }
  /** The address of a server, where it is known which. */
  | { readonly what: 'connect'; readonly address?: string };

const schemes = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;
const screens = [
  { screen: 'overview', icon: IconChartHistogram, key: '1' },
  { screen: 'findings', icon: IconBracketsContain, key: '2' },
  { screen: 'entries', icon: IconList, key: '3' },
  { screen: 'document', icon: IconFileText, key: '4' },
] as const;

interface Acts {
  show(shown: Shown): void;
  choose(what: 'directories' | 'files'): void;
}

export function useCommands({ show, choose }: Acts): readonly Command[] {
  const { t } = useTranslation();
  const session = useSession();
  const { go } = useNavigation();
  const { zones, format, chooseZone } = useZones();
  const { preferences, change } = usePreferences();
  const { colorScheme } = useMantineColorScheme();
  const info = useCall('app.info', {}).data;
  const inBrowser = info?.shell === 'browser';
  const ownLog = info?.ownLog;
  const { servers = [], shown } = useCall('server.list', {}).data ?? {};
  const signOut = useSignOut();
  const hasPassword = useHasPassword();
  const may = useMay();
  const isOpen = session.workspace !== undefined;
  const paths = session.opened?.sample ? undefined : session.workspace?.paths;

  const auditing = (
    [
      { screen: 'rules', icon: IconListCheck, title: 'rules.title', needs: 'rules.coverage' },
      { screen: 'audit-settings', icon: IconAdjustments, title: 'setting.title', needs: 'settings.list' },
    ] as const
  )
    .filter(({ needs }) => may(needs))
    .map(
      ({ screen, icon, title }): Command => ({
        id: screen,
        group: 'go',
        label: t(title),
        icon,
        run: () => go({ screen }),
      }),
    );
  const going: Command[] = screens.map(({ screen, icon, key }) => ({
    id: screen,
    group: 'go',
    label: t(`screen.nav.${screen}`),
    icon,
    keys: { alt: true, key },
    run: () => go({ screen }),
  }));
  const receiving: Command = {
    id: 'receiver',
    group: 'go',
    label: t('receiver.title'),
    icon: IconAntenna,
    keys: { alt: true, key: '5' },
    run: () => go({ screen: 'receiver' }),
  };
  const choosing: Command[] = [
    {
      id: 'open-directories',
      group: 'open',
      label: t('app.command.openDirectories'),
      icon: IconFolderOpen,
      keys: { mod: true, shift: false, key: 'o' },
      run: () => choose('directories'),
    },
    {
      id: 'open-files',
      group: 'open',
      label: t('app.command.openFiles'),
      icon: IconFiles,
      keys: { mod: true, shift: true, key: 'o' },
      run: () => choose('files'),
    },
  ];
  const connecting: Command = {
    id: 'connect',
    group: 'open',
    label: t('server.menu'),
    icon: IconServer,
    run: () => show({ what: 'connect' }),
  };
  const known: Command[] = servers.map(({ address }) => ({
    id: `server ${address}`,
    group: 'open',
    label: t('server.open', { address }),
    icon: IconServer,
    run: () => show({ what: 'connect', address }),
  }));
  const closing: Command = {
    id: 'close',
    group: 'open',
    label: t('app.command.close'),
    icon: IconX,
    run: session.close,
  };
  const recent: Command[] = (preferences?.recent ?? [])
    .filter((one) => String(one.paths) !== String(paths))
    .map(({ paths: opened }) => ({
      id: `recent ${opened.join('\n')}`,
      group: 'open',
      label: t('app.command.openRecent', { paths: opened.join(' · ') }),
      icon: IconHistory,
      run: () => session.open({ paths: [...opened] }),
    }));
  const colours: Command[] = (['auto', 'light', 'dark'] as const)
    .filter((scheme) => scheme !== colorScheme)
    .map((scheme) => ({
      id: `scheme ${scheme}`,
      group: 'view',
      label: t(`app.command.scheme.${scheme}`),
      icon: schemes[scheme],
      run: () => void change({ scheme }),
    }));
  const isMasked = preferences?.settings.mask === true;
  const masking: Command = {
    id: 'mask',
    group: 'view',
    label: t(isMasked ? 'screen.mask.turnOff' : 'screen.mask.turnOn'),
    icon: isMasked ? IconEye : IconEyeOff,
    run: () => void change({ mask: !isMasked }),
  };
  const times: Command[] = zones
    .filter((zone) => zone !== format.zone)
    .map((zone) => ({
      id: `zone ${zone}`,
      group: 'view',
      label: t('app.command.zone', { zone }),
      icon: IconClock,
      run: () => chooseZone(zone),
    }));

  return [
    ...(isOpen ? going : []),
    ...(may('receiver.settings') ? [receiving] : []),
    ...(isOpen ? auditing : []),
    ...(inBrowser ? [] : [...choosing, connecting, ...known]),
    ...(hasPassword
      ? [
          {
            id: 'password',
            group: 'view',
            label: t('signIn.change.title'),
            icon: IconKey,
            run: () => show({ what: 'password' }),
          } as const,
        ]
      : []),
    ...(shown && signOut
      ? [
          {
            id: 'leave-server',
            group: 'open',
            label: t('server.leave', { address: shown.address }),
            icon: IconLogout,
            run: () => void signOut(),
          } as const,
        ]
      : []),
    {
      id: 'sample',
      group: 'open',
      label: t('app.command.sample'),
      icon: IconFlask,
      run: () => session.open({ sample: true }),
    },
    ...(ownLog
      ? [
          {
            id: 'own-log',
            group: 'open',
            label: t('app.command.ownLog'),
            icon: IconUserCheck,
            run: () => session.open({ paths: [ownLog] }),
          } as const,
        ]
      : []),
    ...(isOpen ? [closing] : []),
    ...(paths && may('workspace.delete') && !session.workspace?.served
      ? [
          {
            id: 'delete',
            group: 'open',
            label: t('app.command.delete'),
            icon: IconTrash,
            run: () => show({ what: 'delete', paths }),
          } as const,
        ]
      : []),
    ...recent,
    ...colours,
    ...(preferences ? [masking] : []),
    ...times,
    {
      id: 'settings',
      group: 'view',
      label: t('app.command.settings'),
      icon: IconSettings,
      keys: { mod: true, key: ',' },
      run: () => show({ what: 'settings' }),
    },
    {
      id: 'shortcuts',
      group: 'help',
      label: t('app.command.shortcuts'),
      icon: IconKeyboard,
      keys: { key: '?' },
      run: () => show({ what: 'shortcuts' }),
    },
    {
      id: 'about',
      group: 'help',
      label: t('app.command.about'),
      icon: IconInfoCircle,
      run: () => show({ what: 'about' }),
    },
  ];
}
