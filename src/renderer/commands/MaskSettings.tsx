/** Whether values are shown, and the values of which keys. */
import { Switch, TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usePreferences } from '../session/PreferencesProvider.tsx';

export function MaskSettings() {
  const { t } = useTranslation();
  const { preferences, change } = usePreferences();
  if (!preferences) return null;
  const { mask, maskValues } = preferences.settings;
  return (
    <div className="settings-row">
      <h3>{t('screen.mask.title')}</h3>
      <div className="settings-mask">
        <Switch
          size="xs"
          label={t('screen.mask.switch')}
          description={t('screen.mask.text')}
          checked={mask}
          onChange={({ currentTarget: { checked } }) => void change({ mask: checked })}
        />
        <TagsInput
          size="xs"
          label={t('screen.mask.fields')}
          description={t('screen.mask.fieldsText')}
          placeholder={maskValues.length === 0 ? t('screen.mask.all') : ''}
          maxTags={200}
          acceptValueOnBlur
          value={maskValues}
          onChange={(fields) => void change({ maskValues: fields.map((field) => field.slice(0, 200)) })}
        />
      </div>
    </div>
  );
}
