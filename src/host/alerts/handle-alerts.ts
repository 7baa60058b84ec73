/** Calls about whom the desktop tells: kept here, and told by whoever shows notifications. */
import type { Alert } from '../../contract/alert.ts';
import { createFailure } from '../../engine/base/failure.ts';
import type { Handlers } from '../handlers.ts';
import { fillSecret, hideSecret, readAlertChoice, writeAlertChoice } from './keep-alert-choice.ts';
import { tryWays } from './send-alert.ts';

type Names = 'alerts.get' | 'alerts.set' | 'alerts.test';

/** `onChoice` is told of each that was kept; undefined where the desktop tells nobody. */
export function createAlertHandlers(
  directory: string,
  onChoice: (() => void) | undefined,
): Pick<Handlers, Names> {
  const refuseElsewhere = (): void => {
    // A command runs on this machine: nobody enters one from another.
    if (!onChoice)
      throw createFailure('not-available-here', 'whoever started this instance says who is told');
  };
  return {
    'alerts.get': () => {
      refuseElsewhere();
      return hideSecret(readAlertChoice(directory));
    },
    'alerts.set': (asked) => {
      refuseElsewhere();
      const choice = fillSecret(asked, readAlertChoice(directory));
      writeAlertChoice(directory, choice);
      onChoice?.();
      return hideSecret(choice);
    },
    'alerts.test': async (asked) => {
      refuseElsewhere();
      const alert: Alert = {
        format: 'unbroken.alert/1',
        ...{ kind: 'test', state: 'began', at: new Date().toISOString(), count: 1, places: [] },
        text: 'This is a test: alerts of Unbroken arrive here.',
      };
      return { ways: await tryWays(fillSecret(asked, readAlertChoice(directory)), alert) };
    },
  };
}
