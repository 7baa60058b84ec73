/** Calls that open, check, follow, close and delete workspaces, and give their report. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createFailure } from '../engine/base/failure.ts';
import type { Handlers } from './handlers.ts';
import type { PreferenceKeeper } from './keep-preferences.ts';
import type { Emit, OpenWorkspaces } from './open-workspaces.ts';
import type { OwnLog } from './own-log.ts';

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
  readonly ownLog: Pick<OwnLog, 'refuseOpening'>;
}

export function createWorkspaceHandlers(options: WorkspaceHandlerOptions): Pick<Handlers, Names> {
  const { workspaces, preferences, emit } = options;
  const nameFile = (paths: readonly string[]): string =>
    isKept(paths) ? paths[0] : join(options.workspaceDirectory, `${nameWorkspace(paths)}.unbroken`);
  return {
    'workspace.open': async (input) => {
      const paths = (input.sample ? [options.sampleDirectory] : (input.paths ?? [])).map((path) =>
        resolve(path),
      );
      if (paths.length === 0) throw createFailure('bad-request', 'there is nothing to open');
      options.ownLog.refuseOpening(paths);
      mkdirSync(options.workspaceDirectory, { recursive: true });
      const file = nameFile(paths);
      if (isKept(paths) && !existsSync(file))
        throw createFailure('path-not-found', 'there is no such workspace', { subject: file });
      const workspace = workspaces.open(file, isKept(paths) ? [] : paths);
      if (!input.sample && paths.some((path) => existsSync(path))) preferences.remember(paths);
      // A workspace that was kept is shown as it was checked: where its logs are now is not known.
      if (isKept(paths)) emit('workspace.checked', { workspace });
      else await workspaces.check(workspace, paths, input);
      return { workspace, file, paths };
    },
    'workspace.cancel': async ({ workspace }) => {
      const open = workspaces.find(workspace);
      open.abort.abort();
      await open.check;
      return {};
    },
    'workspace.follow': ({ workspace, on }) => {
      const { follower } = workspaces.find(workspace);
      if (on !== undefined) follower.turn(on);
      return follower.state;
    },
    'workspace.close': async ({ workspace }) => {
      await workspaces.close(workspace);
      return {};
    },
    'workspace.delete': async (input) => {
      const paths = input.paths.map((path) => resolve(path));
      const file = nameFile(paths);
      const isKnown = preferences.read().recent.some((one) => String(one.paths) === String(paths));
      if (isKept(paths) && !isKnown)
        throw createFailure('not-found', 'this workspace was not opened', { subject: file });
      await workspaces.closeFile(file);
      for (const part of ['', '-wal', '-shm', '-journal']) rmSync(file + part, { force: true });
      preferences.forget(paths);
      return {};
    },
    'report.get': ({ workspace }) => {
      const report = workspaces.find(workspace).engine.report();
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
