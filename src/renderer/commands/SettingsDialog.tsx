/** What a person sets once: colours, zone of all times, language. Each takes effect at once. */
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LanguageSwitch } from '../shell/LanguageSwitch.tsx';
import { SchemeSwitch } from '../shell/SchemeSwitch.tsx';
import { useZones } from '../ui/FormatProvider.tsx';
import { Dialog } from './Dialog.tsx';
import { MaskSettings } from './MaskSettings.tsx';

export function SettingsDialog({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const { format, zones, chooseZone } = useZones();
  const all = [...new Set([...zones, ...Intl.supportedValuesOf('timeZone')])];
  return (
    <Dialog onClose={onClose} title={t('app.settings.title')} size={460}>
      <div className="settings">
        <div className="settings-row">
          <h3>{t('screen.scheme.label')}</h3>
          <SchemeSwitch />
        </div>
        <div className="settings-row">
          <h3>{t('screen.time.zone')}</h3>
          <Select
            size="xs"
            aria-label={t('screen.time.zone')}
            data={all}
            value={format.zone}
            onChange={(zone) => zone !== null && chooseZone(zone)}
            allowDeselect={false}
            searchable
            limit={60}
            nothingFoundMessage={t('app.settings.noZone')}
          />
        </div>
        <div className="settings-row">
          <h3>{t('screen.language')}</h3>
          <LanguageSwitch />
        </div>
        <MaskSettings />
      </div>
    </Dialog>
  );
}
