/** Notifications of the desktop of what a person would want to know while the app receives. */
import { join } from 'node:path';
import { Notification } from 'electron';
import type { Translate } from '../catalogue/translate.ts';
import type { AlertChoice } from '../contract/alert-calls.ts';
import type { Cause } from '../host/alerts/decide-alerts.ts';
import { AlertWatch } from '../host/alerts/watch-alerts.ts';
import type { KeptReceiver } from '../receiver/keep-receiver.ts';

export interface NotifierOptions {
  readonly receiver: KeptReceiver;
  /** Whom the person wants to be told, and of what. */
  findChoice(): AlertChoice;
  /** The data directory of the receiver that runs. */
  findData(): string;
  /** In the person's language, which may change. */
  translate(): Translate;
  /** Brings the app to the front. */
  show(): void;
}

export interface Notifier {
  /** A log was checked; of what was received, the person is told. */
  noteChecked(paths: readonly string[], found: readonly Cause[]): void;
  /** The person has chosen anew. */
  renew(): void;
}

/** From now on, for as long as the receiver runs. */
export function notifyOfAlerts({
  receiver,
  findChoice,
  findData,
  translate,
  show,
}: NotifierOptions): Notifier {
  let watch: AlertWatch | undefined;
  let spool = '';
  let lastFound: readonly Cause[] | undefined;
  const begin = (): AlertWatch => {
    const data = findData();
    spool = join(data, 'spool');
    const { desktop, ...settings } = findChoice();
    return new AlertWatch({
      settings,
      data,
      translate: (key, values) => translate()(key, values),
      notice: (text) => process.stderr.write(`${text}\n`),
      onAlert: ({ text }) => {
        if (!desktop) return;
        const notification = new Notification({ title: translate()('alert.title'), body: text });
        notification.on('click', show);
        notification.show();
      },
    });
  };
  receiver.on((told) => {
    if ('status' in told) watch?.noteStatus(told.status);
    else if ('state' in told) {
      if (told.state.state === 'running') watch ??= begin();
      else if (told.state.state === 'stopped') {
        void watch?.close();
        watch = undefined;
        lastFound = undefined;
      }
    }
  });
  return {
    noteChecked: (paths, found) => {
      if (!paths.includes(spool)) return;
      lastFound = found;
      watch?.noteFound(found);
    },
    renew: () => {
      if (!watch) return;
      void watch.close();
      watch = begin();
      if (lastFound) watch.noteFound(lastFound);
    },
  };
}
