/** Leads to all about a user, by login where there is one, else by id. */
import { useTranslation } from 'react-i18next';
import { Marked } from '../ui/Marked.tsx';
import { useNavigation } from './NavigationProvider.tsx';
import { useOpened } from './use-report.ts';

export function PersonLink({ user }: { readonly user: string }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  const { report } = useOpened();
  if (user === '') return <>{t('screen.none')}</>;
  if (!report) return <Marked text={user} />;
  return (
    <button
      type="button"
      className="link"
      title={t('screen.person.open')}
      onClick={() => go({ screen: 'person', person: user })}
    >
      <Marked text={user} />
    </button>
  );
}
