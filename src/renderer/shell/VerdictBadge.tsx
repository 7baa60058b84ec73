/** The verdict, always in sight: icon, word and colour. */
import { useTranslation } from 'react-i18next';
import type { Verdict } from '../../contract/report.ts';
import { verdictIcons } from '../ui/verdict-look.ts';

export function VerdictBadge({ verdict }: { readonly verdict: Verdict }) {
  const { t } = useTranslation();
  const Picture = verdictIcons[verdict];
  return (
    <p className="verdict-badge" data-tone={verdict}>
      <Picture size={18} stroke={1.8} aria-hidden />
      <span className="hidden-visually">{t('screen.verdict.label')}</span>
      <strong>{t(`verdictName.${verdict}`)}</strong>
    </p>
  );
}
