/** Says how far the streams are told apart, while rows of a stream wait for it. */
import { useTranslation } from 'react-i18next';
import { useDivided } from '../session/use-divided.ts';
import { useFormat } from '../ui/FormatProvider.tsx';

export function StreamLine({ workspace }: { readonly workspace: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const percent = useDivided(workspace);
  if (percent === undefined) return <div className="search-line" role="status" />;
  return (
    <div className="search-line" role="status">
      <progress max={100} value={percent} aria-label={t('screen.around.stream.dividing')} />
      <span>
        {t('screen.around.stream.dividing')} {format.percent(percent / 100)}
      </span>
    </div>
  );
}
