/**
 * What `unbroken serve` does beside receiving: the log is kept open, checked and followed, people look at it, and are told
 * of what they would want to know.
 */
import { join } from 'node:path';
import { createTranslate } from '../catalogue/translate.ts';
import { type AlertSettings, isTold } from '../contract/alert.ts';
import type { ReceiverSettings } from '../contract/receiver.ts';
import { listReportCauses } from '../host/alerts/list-causes.ts';
import { AlertWatch } from '../host/alerts/watch-alerts.ts';
import { createHost } from '../host/dispatch.ts';
import { rememberPlace, setAsideCopy } from '../host/workspaces/copied-workspace.ts';
import { lockForServer } from '../host/workspaces/lock-workspace.ts';
import type { KeptReceiver } from '../receiver/keep-receiver.ts';
import type { Tls } from '../receiver/tls/read-tls.ts';
import { browserShell, rendererDirectory } from './browser-shell.ts';
import { type ServedUi, serveUi } from './serve-ui.ts';
import type { UiPlace } from './ui-place.ts';

export interface ServedOptions {
  /** The directory that is served. */
  readonly data: string;
  /** Followed and checked beside what is received. */
  readonly tail: readonly string[];
  readonly alerts: AlertSettings;
  /** Of the screens; undefined for none. */
  readonly place: UiPlace | undefined;
  /** Reads the certificate of the screens; undefined for plain HTTP. */
  readonly readTls: (() => Promise<Tls>) | undefined;
  readonly receiver: KeptReceiver;
  /** What it was started with. */
  readonly settings: ReceiverSettings;
  readonly notice: (text: string) => void;
}

export interface Served {
  readonly ui: ServedUi | undefined;
  close(): Promise<void>;
}

/** Resolves when the screens are there; the first check is under way. Failure: `workspace-busy`. */
export async function openServed(options: ServedOptions): Promise<Served> {
  const { data, tail, alerts, place, receiver, settings, notice } = options;
  const paths = [join(data, 'spool'), ...tail];
  const file = join(data, 'workspace.unbroken');
  const lock = await lockForServer(data);
  setAsideCopy(file, notice);
  const watch = isTold(alerts)
    ? new AlertWatch({ settings: alerts, data, notice, translate: createTranslate('en') })
    : undefined;
  const stopHearing = receiver.on((told) => {
    if ('status' in told) watch?.noteStatus(told.status);
  });
  const host = createHost({
    ...browserShell,
    startPaths: paths,
    served: { paths, file },
    onReport: (report) => watch?.noteFound(listReportCauses(report)),
    receiver: { kept: receiver, fixed: { data, settings } },
    dataDirectory: data,
    workspaceDirectory: join(data, 'workspaces'),
    configDirectory: join(data, 'preferences'),
    logBug: (error) => notice(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  });
  rememberPlace(file);
  let ui: ServedUi | undefined;
  const close = async (): Promise<void> => {
    stopHearing();
    await watch?.close();
    await ui?.close();
    await host.close();
    lock.release();
  };
  try {
    if (place) ui = await serveUi({ data, host, place, rendererDirectory, readTls: options.readTls });
  } catch (error) {
    await close();
    throw error;
  }
  return { ui, close };
}
