/** Chooses the language of the screens, and keeps the choice. */
import { usePreferences } from '../session/PreferencesProvider.tsx';
import { LanguageSelect } from '../ui/LanguageSelect.tsx';

export function LanguageSwitch() {
  const { change } = usePreferences();
  return <LanguageSelect onChange={(language) => void change({ language })} />;
}
