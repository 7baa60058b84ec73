/** What is chosen on the start screen counts for whatever is opened from there: by a dialog, a key, a drop, the list of recent. */
import { useEffect } from 'react';
import { useSession } from '../session/SessionProvider.tsx';
import { type Period, setPeriod } from '../ui/period.ts';

export function useAsking(against: string | undefined, period: Period): void {
  const { ask } = useSession();
  useEffect(() => {
    ask(setPeriod(against === undefined ? {} : { against }, period));
    return () => ask({});
  }, [ask, against, period]);
}
