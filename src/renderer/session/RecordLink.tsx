/** Leads to all about a record; of an entry about none, nothing. */
import { useTranslation } from 'react-i18next';
import type { RecordName } from '../../contract/record.ts';
import { Marked } from '../ui/Marked.tsx';
import { useNavigation } from './NavigationProvider.tsx';
import { useOpened } from './use-report.ts';

export function RecordLink({ model, resId }: RecordName) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { report } = useOpened();
  const name = nameRecord({ model, resId });
  if (resId === '' || !report) return <Marked text={name || t('screen.none')} />;
  return (
    <button
      type="button"
      className="link"
      title={t('screen.record.open')}
      onClick={() => go({ screen: 'record', record: { model, resId } })}
    >
      <Marked text={name} />
    </button>
  );
}

export function nameRecord({ model, resId }: RecordName): string {
  return [model, resId].filter(Boolean).join(', ');
}
