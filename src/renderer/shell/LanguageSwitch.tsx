/** Chooses the language of the screens; each is named in itself. */
import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language, pickLanguage } from '../../catalogue/languages.ts';
import { chooseLanguage } from '../language.ts';

export function LanguageSwitch() {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={t('screen.language')}
      leftSection={<IconLanguage size={14} aria-hidden />}
      value={pickLanguage([i18n.language])}
      onChange={(event) => chooseLanguage(event.currentTarget.value as Language)}
      data={Object.entries(LANGUAGES).map(([value, { name }]) => ({ value, label: name }))}
    />
  );
}
