/** Where the person is: screen, chosen finding, chosen entry, filter. Kept in the window's history, so Back works. */
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { EntryFilter } from '../../contract/entry.ts';
import type { RecordName } from '../../contract/record.ts';
import { useSession } from './SessionProvider.tsx';

export type ScreenName =
  | 'overview'
  | 'findings'
  | 'entries'
  | 'record'
  | 'person'
  | 'document'
  | 'rules'
  | 'receiver'
  | 'audit-settings';

export interface Place {
  readonly screen: ScreenName;
  readonly finding?: string | undefined;
  readonly entry?: string | undefined;
  readonly record?: RecordName | undefined;
  /** Login, or the user's id in digits. */
  readonly person?: string | undefined;
  readonly filter: EntryFilter;
}

interface Navigation {
  readonly place: Place;
  /** Goes somewhere else; Back returns. */
  go(change: Partial<Place>): void;
  /** Changes what is chosen here, without a step in the history. */
  choose(change: Partial<Place>): void;
}

const NavigationContext = createContext<Navigation | undefined>(undefined);
const START: Place = { screen: 'overview', filter: {} };

export function useNavigation(): Navigation {
  const navigation = use(NavigationContext);
  if (!navigation) throw new Error('no navigation was provided');
  return navigation;
}

export function NavigationProvider({ children }: { readonly children: ReactNode }) {
  const [place, setPlace] = useState<Place>(() => (history.state as Place | null) ?? START);

  useEffect(() => {
    const follow = (event: PopStateEvent) => setPlace((event.state as Place | null) ?? START);
    window.addEventListener('popstate', follow);
    return () => window.removeEventListener('popstate', follow);
  }, []);

  // Another log, or the same one opened anew, begins at its verdict; a reload of the page does not.
  const { opened } = useSession();
  const log = opened && (opened.paths?.join('\n') ?? '');
  const lastLog = useRef(log);
  useEffect(() => {
    if (lastLog.current !== undefined && lastLog.current !== log) {
      history.replaceState(START, '');
      setPlace(START);
    }
    lastLog.current = log;
  }, [log]);

  const go = useCallback(
    (change: Partial<Place>) => {
      const next = { ...place, ...change };
      history.pushState(next, '');
      setPlace(next);
    },
    [place],
  );
  const choose = useCallback(
    (change: Partial<Place>) => {
      const next = { ...place, ...change };
      history.replaceState(next, '');
      setPlace(next);
    },
    [place],
  );
  const navigation = useMemo(() => ({ place, go, choose }), [place, go, choose]);
  return <NavigationContext value={navigation}>{children}</NavigationContext>;
}
