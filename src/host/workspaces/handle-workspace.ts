/** Calls that open, check, follow, close and delete workspaces, and give their report. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Calls } from '../../contract/api.ts';
import { createFailure } from '../../engine/base/failure.ts';
import type { Caller } from '../caller.ts';
import type { Handlers } from '../handlers.ts';
import type { PreferenceKeeper } from '../keep-preferences.ts';
import type { OwnLog } from '../own-log/own-log.ts';
import type { Emit, OpenWorkspace, OpenWorkspaces, ServedLog } from './open-workspaces.ts';

type Names =
  | 'workspace.open'
  | 'workspace.cancel'
  | 'workspace.follow'
  | 'workspace.close'
  | 'workspace.delete'
  | 'report.get';

export interface WorkspaceHandlerOptions {
  readonly workspaces: OpenWorkspaces;
  readonly preferences: PreferenceKeeper;
  /** Where workspaces of directories that were just opened are kept. */
  readonly workspaceDirectory: string;
  readonly sampleDirectory: string;
  readonly emit: Emit;
  readonly ownLog: Pick<OwnLog, 'refuseOpening' | 'place'>;
  readonly caller: Caller;
  readonly served: ServedLog | undefined;
}

export function createWorkspaceHandlers(options: WorkspaceHandlerOptions): Pick<Handlers, Names> {
  const { workspaces, preferences, emit, served, ownLog, caller } = options;
  const { session } = caller;
  const isServed = (paths: readonly string[]): boolean =>
    served !== undefined && String(paths) === String(served.paths);
  const nameFile = (paths: readonly string[]): string => {
    if (served && isServed(paths)) return served.file;
    return isKept(paths) ? paths[0] : join(options.workspaceDirectory, `${nameWorkspace(paths)}.unbroken`);
  };
  /** Paths of a served instance are those of a machine that its accounts have no business on. */
  const refuseForeign = ({ sample, against }: Calls['workspace.open']['input'], paths: string[]): void => {
    if (!served || (sample && against === undefined)) return;
    const isOwnLog = caller.group === 'manager' && String(paths) === String([ownLog.place]);
    if (against === undefined && (isServed(paths) || isOwnLog)) return;
    throw createFailure('not-available-here', 'only what is received is opened here', {
      subject: against ?? paths.join(', '),
    });
  };
  /** What is served stays as it is for all. */
  const findOther = (workspace: string): OpenWorkspace => {
    const open = workspaces.find(workspace, session);
    if (open.file !== served?.file) return open;
    throw createFailure('not-available-here', 'what is received is always followed');
  };
  return {
    'workspace.open': async (input) => {
      const paths = (input.sample ? [options.sampleDirectory] : (input.paths ?? [])).map((path) =>
        resolve(path),
      );
      if (paths.length === 0) throw createFailure('bad-request', 'there is nothing to open');
      refuseForeign(input, paths);
      ownLog.refuseOpening(paths);
      mkdirSync(options.workspaceDirectory, { recursive: true });
      const file = nameFile(paths);
      if (isKept(paths) && !existsSync(file))
        throw createFailure('path-not-found', 'there is no such workspace', { subject: file });
      const workspace = workspaces.open(file, isKept(paths) ? [] : paths, session);
      if (!input.sample && paths.some((path) => existsSync(path))) preferences.remember(paths);
      if (isServed(paths)) {
        if (workspaces.find(workspace, session).engine.report()) emit('workspace.checked', { workspace });
      }
      // A workspace that was kept is shown as it was checked: where its logs are now is not known.
      else if (isKept(paths)) emit('workspace.checked', { workspace });
      else await workspaces.check(workspace, paths, input);
      return { workspace, file, paths, served: isServed(paths) };
    },
    'workspace.cancel': async ({ workspace }) => {
      const open = findOther(workspace);
      open.abort.abort();
      await open.check;
      return {};
    },
    'workspace.follow': ({ workspace, on }) => {
      if (on !== undefined) findOther(workspace).follower.turn(on);
      return workspaces.find(workspace, session).follower.state;
    },
    'workspace.close': async ({ workspace }) => {
      await workspaces.close(workspace, session);
      return {};
    },
    'workspace.delete': async (input) => {
      const paths = input.paths.map((path) => resolve(path));
      refuseForeign({}, paths);
      if (isServed(paths))
        throw createFailure('not-available-here', 'what is received is kept for as long as it is served');
      const file = nameFile(paths);
      const isKnown = preferences.read().recent.some((one) => String(one.paths) === String(paths));
      if (isKept(paths) && !isKnown)
        throw createFailure('not-found', 'this workspace was not opened', { subject: file });
      await workspaces.deleteFile(file, isKept(paths) ? [] : paths);
      preferences.forget(paths);
      return {};
    },
    'report.get': ({ workspace }) => {
      const report = workspaces.find(workspace, session).engine.report();
      if (!report) throw createFailure('not-found', 'there is no report yet');
      return report;
    },
  };
}

/** Whether a workspace itself is opened, not logs. */
function isKept(paths: readonly string[]): paths is readonly [string] {
  return paths.length === 1 && paths[0]?.endsWith('.unbroken') === true;
}

/** The same paths give the same workspace, whatever order they were given in. */
function nameWorkspace(paths: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([...paths].sort()))
    .digest('hex')
    .slice(0, 24);
}
