/** One handler a call: the host's options, and the handlers of each noun put together. */
import { join } from 'node:path';
import type { CallName, Calls } from '../contract/api.ts';
import { makeMask } from '../contract/mask.ts';
import type { Preferences } from '../contract/preferences.ts';
import type { Report } from '../contract/report.ts';
import { createFailure } from '../engine/base/failure.ts';
import { createAlertHandlers } from './alerts/handle-alerts.ts';
import { createRuleHandlers } from './auditing/handle-rules.ts';
import { createSettingHandlers } from './auditing/handle-settings.ts';
import type { RuleKeeper } from './auditing/keep-rules.ts';
import type { Caller } from './caller.ts';
import {
  createDocumentHandlers,
  type DocumentCalls,
  type DocumentShell,
} from './documents/handle-document.ts';
import { createExportHandlers } from './documents/handle-export.ts';
import { keepDocumentChoices } from './documents/keep-documents.ts';
import { createAppHandlers } from './handle-app.ts';
import { keepPreferences } from './keep-preferences.ts';
import { maskAnswers } from './mask-answers.ts';
import type { OwnLog } from './own-log/own-log.ts';
import type { GivenReceiver, ReceiverDesk } from './receiver/handle-receiver.ts';
import { readReceipt } from './receiver/read-receipt.ts';
import { NO_SERVERS, type ServerDesk } from './servers/server-desk.ts';
import { createEntryHandlers } from './workspaces/handle-entries.ts';
import { createMarkHandlers } from './workspaces/handle-marks.ts';
import { createThreadHandlers } from './workspaces/handle-thread.ts';
import { createWorkspaceHandlers } from './workspaces/handle-workspace.ts';
import type { Emit, OpenWorkspaces, ServedLog } from './workspaces/open-workspaces.ts';

export interface HostOptions {
  readonly shell: 'desktop' | 'browser';
  readonly version: string;
  readonly runtime: string;
  readonly developmentRuntime: boolean;
  readonly startPaths: readonly string[];
  /** Where the log of what people do with Unbroken is kept, unless the environment says otherwise. */
  readonly dataDirectory: string;
  /** The process's own, where it is left out. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Where workspaces of directories that were just opened are kept. */
  readonly workspaceDirectory: string;
  readonly sampleDirectory: string;
  /** Where settings, and what was opened lately, are kept. */
  readonly configDirectory: string;
  readonly licencesFile: string;
  /** What a served instance has received: it is kept open and followed, and hardly anything else may be opened. */
  readonly served?: ServedLog | undefined;
  /** Who keeps the receiver in place of the host. */
  readonly receiver?: GivenReceiver | undefined;
  /** Told of each check, and of which paths. */
  readonly onReport?: ((report: Report, paths: readonly string[]) => void) | undefined;
  /** Told of every change of the settings or of what was opened lately. */
  readonly onPreferences?: ((preferences: Preferences) => void) | undefined;
  readonly nativeBinding?: string | undefined;
  /** The system's dialog, where the shell has one. */
  readonly chooseSource?: ((what: Calls['source.choose']['input']['what']) => Promise<string[]>) | undefined;
  /** Where documents go and how they are printed, where the shell has windows. */
  readonly documentShell?: DocumentShell | undefined;
  /** Told of each choice about whom the desktop tells of what it receives; left out where it tells nobody. */
  readonly onAlertChoice?: (() => void) | undefined;
  /** Other servers, where the shell shows them in the same screens. */
  readonly servers?: Pick<ServerDesk, 'handlers'> | undefined;
  readonly logBug: (error: unknown) => void;
}

export type Handlers = {
  readonly [N in CallName]: (input: Calls[N]['input']) => Calls[N]['output'] | Promise<Calls[N]['output']>;
};

/** What the sessions of a host share, and whose session it is. */
export interface Shared {
  readonly caller: Caller;
  readonly workspaces: OpenWorkspaces;
  readonly ownLog: OwnLog;
  readonly rules: RuleKeeper;
  readonly receiver: ReceiverDesk;
  readonly faults: readonly string[];
  /** Tells the caller's pages. */
  readonly emit: Emit;
}

/** Handlers of one session. */
export function createHandlers(
  options: HostOptions,
  { caller, workspaces, ownLog, rules, receiver, faults, emit }: Shared,
): { readonly handlers: Handlers; readonly takeDownload: DocumentCalls['takeDownload'] } {
  const { workspaceDirectory, sampleDirectory, served } = options;
  const { group, account, session } = caller;
  const find = (workspace: string) => workspaces.find(workspace, session).engine;
  const preferences = keepPreferences(findPreferences(options.configDirectory, account), (changed) => {
    emit('preferences.changed', changed);
    options.onPreferences?.(changed);
  });
  const documents = createDocumentHandlers(
    find,
    options.documentShell,
    account === undefined
      ? undefined
      : {
          choices: keepDocumentChoices(findPreferences(options.configDirectory, account)),
          findFile: (workspace) => workspaces.find(workspace, session).file,
        },
  );
  const handlers: Handlers = {
    'app.info': () => ({
      version: options.version,
      shell: options.shell,
      runtime: options.runtime,
      developmentRuntime: options.developmentRuntime,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      startPaths: [...options.startPaths],
      // Who did what is for those who answer for it.
      ownLog: (group === 'manager' ? ownLog.place : undefined) ?? null,
      account: account === undefined ? null : { name: account, group },
    }),
    ...createAppHandlers({ preferences, licencesFile: options.licencesFile, faults, ownLog }),
    'source.choose': async ({ what }) => {
      if (!options.chooseSource)
        throw createFailure('not-available-here', 'a browser has no dialog for directories');
      return { paths: await options.chooseSource(what) };
    },
    ...createWorkspaceHandlers({
      ...{ caller, workspaces, preferences, workspaceDirectory, sampleDirectory, served, emit, ownLog },
    }),
    ...createSettingHandlers({
      find,
      environment: options.environment,
      dataDirectory: options.dataDirectory,
      protect: ownLog.changeSetting,
    }),
    ...createEntryHandlers(find, emit, session),
    ...createMarkHandlers(find),
    ...createThreadHandlers({ find, rules, ownLog }),
    ...createRuleHandlers({ find, rules, ownLog, saveFile: documents.saveFile }),
    ...receiver.handlers,
    ...createAlertHandlers(options.configDirectory, options.onAlertChoice),
    // Where there are sessions, whoever keeps them answers it.
    'account.changePassword': () => {
      throw createFailure('not-available-here', 'nobody signs in here');
    },
    ...(options.servers?.handlers ?? NO_SERVERS),
    'entries.receipt': async ({ workspace, id }) => (await readReceipt(find(workspace), id)) ?? null,
    ...documents.handlers,
    ...createExportHandlers(find, options.documentShell, documents.keepDownload, session),
  };
  const masked = maskAnswers(handlers, () => makeMask(preferences.read().settings));
  return { handlers: masked, takeDownload: documents.takeDownload };
}

/** Each account has its own. */
function findPreferences(directory: string, account: string | undefined): string {
  return account === undefined ? directory : join(directory, 'accounts', account);
}
