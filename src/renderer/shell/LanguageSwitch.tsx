/** Chooses the language of the screens; each is named in itself. */
import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, pickLanguage } from '../../catalogue/languages.ts';
import { usePreferences } from '../session/PreferencesProvider.tsx';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  const { change } = usePreferences();
  return (
    <NativeSelect
      size="xs"
      aria-label={t('screen.language')}
      leftSection={<IconLanguage size={14} aria-hidden />}
      value={pickLanguage([i18n.language])}
      onChange={(event) => void change({ language: event.currentTarget.value })}
      data={Object.entries(LANGUAGES).map(([value, { name }]) => ({ value, label: name }))}
    />
  );
}
