/** Stands where a value is not shown. */
import { IconEyeOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function MaskedValue() {
  const { t } = useTranslation();
  return (
    <span className="masked-value">
      <IconEyeOff size={12} aria-hidden /> {t('screen.mask.masked')}
    </span>
  );
}
