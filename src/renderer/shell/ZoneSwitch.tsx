/** Says which zone all times are shown in, and lets the machine's own be chosen instead of UTC. */
import { NativeSelect } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useZones } from '../ui/FormatProvider.tsx';

export function ZoneSwitch() {
  const { t } = useTranslation();
  const { format, zones, chooseZone } = useZones();
  if (zones.length === 1) {
    return (
      <p className="zone-line">
        <IconClock size={14} aria-hidden />
        {t('screen.time.allIn', { zone: format.zone })}
      </p>
    );
  }
  return (
    <NativeSelect
      size="xs"
      aria-label={t('screen.time.zone')}
      leftSection={<IconClock size={14} aria-hidden />}
      value={format.zone}
      onChange={(event) => chooseZone(event.currentTarget.value)}
      data={zones.map((zone) => ({ value: zone, label: t('screen.time.allIn', { zone }) }))}
    />
  );
}
