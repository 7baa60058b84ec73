/** The layout of the table, kept for each workspace on this machine. */
import { useLocalStorage } from '@mantine/hooks';
import { useSession } from '../session/SessionProvider.tsx';
import { type ColumnLayout, defaultLayout, readLayout } from './columns.ts';

export function useColumns(): readonly [ColumnLayout, (layout: ColumnLayout) => void] {
  const { workspace } = useSession();
  const [layout, keep] = useLocalStorage<ColumnLayout>({
    key: `unbroken.columns ${workspace?.file ?? ''}`,
    defaultValue: defaultLayout,
    getInitialValueInEffect: false,
    deserialize: readLayout,
  });
  return [layout, keep];
}
