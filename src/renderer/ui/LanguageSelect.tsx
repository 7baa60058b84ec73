/** The languages of the screens; each is named in itself. */
import { NativeSelect } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, pickLanguage } from '../../catalogue/languages.ts';

export function LanguageSelect({ onChange }: { onChange(language: string): void }) {
  const { t, i18n } = useTranslation();
  return (
    <NativeSelect
      size="xs"
      aria-label={t('screen.language')}
      leftSection={<IconLanguage size={14} aria-hidden />}
      value={pickLanguage([i18n.language])}
      onChange={(event) => onChange(event.currentTarget.value)}
      data={Object.entries(LANGUAGES).map(([value, { name }]) => ({ value, label: name }))}
    />
  );
}
