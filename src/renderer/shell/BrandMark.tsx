/** The product's name and sign: a chain of strokes without a break. */
import { useTranslation } from 'react-i18next';

export function BrandMark() {
  const { t } = useTranslation();
  return (
    <p className="brand">
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <rect x="1" y="1" width="18" height="18" rx="5" fill="var(--accent)" />
        <path
          d="M5 6.2v4.2a5 5 0 0 0 10 0V6.2"
          fill="none"
          stroke="var(--sidebar)"
          strokeWidth="2.2"
          strokeLinecap="round"
        />
      </svg>
      {t('screen.product')}
    </p>
  );
}
