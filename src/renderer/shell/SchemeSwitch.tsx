/** Light, dark, or as the system has it. */
import { SegmentedControl, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Scheme } from '../../contract/preferences.ts';
import { usePreferences } from '../session/PreferencesProvider.tsx';

const schemes = [
  { value: 'auto', icon: IconDeviceDesktop },
  { value: 'light', icon: IconSun },
  { value: 'dark', icon: IconMoon },
] as const;

export function SchemeSwitch() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { change } = usePreferences();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('screen.scheme.label')}
      value={colorScheme}
      onChange={(scheme) => {
        setColorScheme(scheme as Scheme);
        void change({ scheme: scheme as Scheme });
      }}
      data={schemes.map(({ value, icon: Picture }) => ({
        value,
        label: (
          <span className="scheme-choice" title={t(`screen.scheme.${value}`)}>
            <Picture size={14} aria-hidden />
            <VisuallyHidden>{t(`screen.scheme.${value}`)}</VisuallyHidden>
          </span>
        ),
      }))}
    />
  );
}
