/** Leads to all about a user, by login where there is one, else by id. */
import { useTranslation } from 'react-i18next';
import { Marked } from '../ui/Marked.tsx';
import { useNavigation } from './NavigationProvider.tsx';

export function PersonLink({ user }: { readonly user: string }) {
  const { t } = useTranslation();
  const { go } = useNavigation();
  if (user === '') return <>{t('screen.none')}</>;
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
