/** What the screens mark as hidden; the host does not tell it them. */
import { type Mask, makeMask } from '../../contract/mask.ts';
import { usePreferences } from './PreferencesProvider.tsx';

export function useMask(): Mask {
  return makeMask(usePreferences().preferences?.settings);
}
