/** Says on every screen that values are masked, while they are. */
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useMask } from '../session/mask.ts';

export function MaskLine() {
  const { t } = useTranslation();
  if (!useMask().isOn) return null;
  return (
    <p className="mask-line" role="status" title={t('screen.mask.text')}>
      <IconEyeOff size={15} aria-hidden /> {t('screen.mask.on')}
    </p>
  );
}
