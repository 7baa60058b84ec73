/** One handler a call. Long work runs on and tells its progress as events; a workspace has at most one check at a time. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { CallName, Calls, EventName, Events } from '../contract/api.ts';
import type { Failure } from '../contract/failure.ts';
import type { Preferences } from '../contract/preferences.ts';
import { createFailure, readFailure } from '../engine/base/failure.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { type Outcome, WorkspaceFollower } from './follow-workspace.ts';
import { createAppHandlers } from './handle-app.ts';
import { createDocumentHandlers, type DocumentCalls, type DocumentShell } from './handle-document.ts';
import { createExportHandlers } from './handle-export.ts';
import { createMarkHandlers } from './handle-marks.ts';
import { keepPreferences } from './keep-preferences.ts';

export interface HostOptions {
  readonly shell: 'desktop' | 'browser';
  readonly version: string;
  readonly runtime: string;
  readonly developmentRuntime: boolean;
  readonly startPaths: readonly string[];
  /** Where workspaces of directories that were just opened are kept. */
  readonly workspaceDirectory: string;
  readonly sampleDirectory: string;
  /** Where settings, and what was opened lately, are kept. */
  readonly configDirectory: string;
  readonly licencesFile: string;
  /** Told of every change of the settings or of what was opened lately. */
  readonly onPreferences?: ((preferences: Preferences) => void) | undefined;
  readonly nativeBinding?: string | undefined;
  /** The system's dialog, where the shell has one. */
  readonly chooseSource?: ((what: Calls['source.choose']['input']['what']) => Promise<string[]>) | undefined;
  /** Where documents go and how they are printed, where the shell has windows. */
  readonly documentShell?: DocumentShell | undefined;
  readonly logBug: (error: unknown) => void;
}

export type Handlers = {
  readonly [N in CallName]: (input: Calls[N]['input']) => Calls[N]['output'] | Promise<Calls[N]['output']>;
};
type Emit = <N extends EventName>(name: N, payload: Events[N]) => void;

/** Why a check was aborted in favour of another: nobody waits for its end. */
const SUPERSEDED = 'superseded';
/** What a check of what changed is asked for: any other question takes its place. */
const FOLLOWING = 'following';

interface OpenWorkspace {
  readonly engine: Engine;
  readonly file: string;
  /** Pages that have it open: the last one to leave closes it. */
  users: number;
  /** What the running check was asked for; undefined where none runs. */
  checking: string | undefined;
  check: Promise<void>;
  abort: AbortController;
  /** What was last asked for: what changes is checked in the same way. */
  input: Calls['workspace.open']['input'];
  readonly follower: WorkspaceFollower;
}

export function createHandlers(
  options: HostOptions,
  emit: Emit,
  faults: readonly string[],
): {
  readonly handlers: Handlers;
  readonly takeDownload: DocumentCalls['takeDownload'];
  readonly close: () => Promise<void>;
} {
  const workspaces = new Map<string, OpenWorkspace>();
  const preferences = keepPreferences(options.configDirectory, (changed) => {
    emit('preferences.changed', changed);
    options.onPreferences?.(changed);
  });
  const nameFile = (paths: readonly string[]): string =>
    isKept(paths) ? paths[0] : join(options.workspaceDirectory, `${nameWorkspace(paths)}.unbroken`);

  const find = (name: string): OpenWorkspace => {
    const open = workspaces.get(name);
    if (!open) throw createFailure('not-found', 'this workspace is not open', { subject: name });
    return open;
  };

  const closeWorkspace = async (name: string): Promise<void> => {
    const open = workspaces.get(name);
    if (!open) return;
    open.users--;
    if (open.users > 0) return;
    workspaces.delete(name);
    open.abort.abort();
    await open.follower.close();
    await open.check;
    await open.engine.close();
  };

  /** A workspace is open once, however many pages look at it: a reload, or a second tab, finds it as it is. */
  const openWorkspace = (file: string, evidence: readonly string[]): string => {
    const [known] = [...workspaces].filter(([, open]) => open.file === file);
    if (known) {
      known[1].users++;
      return known[0];
    }
    const engine = openEngine({ workspace: file, evidence, nativeBinding: options.nativeBinding });
    const workspace = randomUUID();
    const idle = { users: 1, checking: undefined, check: Promise.resolve(), abort: new AbortController() };
    const follower = new WorkspaceFollower({
      engine,
      check: (paths, state) => checkChange(workspace, paths, state),
      tell: (follow) => emit('workspace.followed', { workspace, follow }),
    });
    workspaces.set(workspace, { engine, file, input: {}, follower, ...idle });
    return workspace;
  };

  const checkChange = async (
    workspace: string,
    paths: readonly string[],
    state: 'open' | 'settled',
  ): Promise<Outcome> => {
    const open = find(workspace);
    while (open.checking !== undefined) await open.check;
    if (!workspaces.has(workspace) || open.follower.state.state !== 'following') return 'given-up';
    open.abort = new AbortController();
    const { signal } = open.abort;
    const { from, to, against } = open.input;
    const before = open.engine.report()?.made.at;
    open.checking = FOLLOWING;
    const check = open.engine
      .importPaths(paths, { signal, from, to, against, following: state })
      .finally(() => {
        open.checking = undefined;
      })
      .then(
        (report) => {
          if (report.made.at === before) return 'unchanged';
          emit('workspace.checked', { workspace });
          if (state === 'settled') void open.engine.search.makeFilters().catch(options.logBug);
          return 'changed';
        },
        (error: unknown) => (signal.aborted ? 'given-up' : tellFailure(error)),
      );
    open.check = check.then(() => undefined);
    return check;
  };

  const tellFailure = (error: unknown): Failure => {
    const failure = readFailure(error);
    if (!failure) options.logBug(error);
    return failure ?? { code: 'internal', message: 'the check ended with an error; the log has the details' };
  };

  const startCheck = async (
    workspace: string,
    paths: readonly string[],
    input: Calls['workspace.open']['input'],
  ): Promise<void> => {
    const { from, to, against } = input;
    const open = find(workspace);
    const asked = JSON.stringify([from, to, against]);
    while (open.checking !== undefined) {
      // The same question is being answered already; another one takes its place.
      if (open.checking === asked) return;
      open.abort.abort(SUPERSEDED);
      await open.check;
    }
    if (!workspaces.has(workspace)) return;
    open.abort = new AbortController();
    const { signal } = open.abort;
    open.checking = asked;
    open.input = input;
    open.check = open.engine
      .importPaths(paths, {
        signal,
        ...{ from, to, against },
        following: 'begun',
        onProgress: (progress) => emit('workspace.progressed', { workspace, progress }),
      })
      .finally(() => {
        open.checking = undefined;
      })
      .then(
        () => {
          emit('workspace.checked', { workspace });
          if (workspaces.has(workspace)) open.follower.start(paths);
          // Behind the check, while the report is read: searches are quicker with them, and right without.
          void open.engine.search.makeFilters().catch(options.logBug);
        },
        (error: unknown) => {
          if (signal.reason === SUPERSEDED) return;
          emit('workspace.checked', { workspace, failure: tellFailure(error) });
        },
      );
  };

  const documents = createDocumentHandlers((workspace) => find(workspace).engine, options.documentShell);
  const handlers: Handlers = {
    'app.info': () => ({
      version: options.version,
      shell: options.shell,
      runtime: options.runtime,
      developmentRuntime: options.developmentRuntime,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      startPaths: [...options.startPaths],
    }),
    ...createAppHandlers({ preferences, licencesFile: options.licencesFile, faults }),
    'source.choose': async ({ what }) => {
      if (!options.chooseSource)
        throw createFailure('not-available-here', 'a browser has no dialog for directories');
      return { paths: await options.chooseSource(what) };
    },
    'workspace.open': async (input) => {
      const paths = (input.sample ? [options.sampleDirectory] : (input.paths ?? [])).map((path) =>
        resolve(path),
      );
      if (paths.length === 0) throw createFailure('bad-request', 'there is nothing to open');
      mkdirSync(options.workspaceDirectory, { recursive: true });
      const file = nameFile(paths);
      if (isKept(paths) && !existsSync(file))
        throw createFailure('path-not-found', 'there is no such workspace', { subject: file });
      const workspace = openWorkspace(file, isKept(paths) ? [] : paths);
      if (!input.sample && paths.some((path) => existsSync(path))) preferences.remember(paths);
      // A workspace that was kept is shown as it was checked: where its logs are now is not known.
      if (isKept(paths)) emit('workspace.checked', { workspace });
      else await startCheck(workspace, paths, input);
      return { workspace, file, paths };
    },
    'workspace.cancel': async ({ workspace }) => {
      const open = find(workspace);
      open.abort.abort();
      await open.check;
      return {};
    },
    'workspace.follow': ({ workspace, on }) => {
      const { follower } = find(workspace);
      if (on !== undefined) follower.turn(on);
      return follower.state;
    },
    'workspace.close': async ({ workspace }) => {
      await closeWorkspace(workspace);
      return {};
    },
    'workspace.delete': async (input) => {
      const paths = input.paths.map((path) => resolve(path));
      const file = nameFile(paths);
      const isKnown = preferences.read().recent.some((one) => String(one.paths) === String(paths));
      if (isKept(paths) && !isKnown)
        throw createFailure('not-found', 'this workspace was not opened', { subject: file });
      for (const [name, open] of workspaces) {
        if (open.file !== file) continue;
        open.users = 1;
        await closeWorkspace(name);
      }
      for (const part of ['', '-wal', '-shm', '-journal']) rmSync(file + part, { force: true });
      preferences.forget(paths);
      return {};
    },
    'report.get': ({ workspace }) => {
      const report = find(workspace).engine.report();
      if (!report) throw createFailure('not-found', 'there is no report yet');
      return report;
    },
    'entries.page': async ({ workspace, filter, ...page }) => {
      const { engine } = find(workspace);
      await engine.search.run(filter, page.order);
      return engine.entries.page(filter, page);
    },
    'entries.search': ({ workspace, filter, order, limit }) =>
      find(workspace).engine.search.look(filter, order, limit),
    'entries.cancelSearch': ({ workspace }) => {
      find(workspace).engine.search.cancel();
      return {};
    },
    'entries.detail': ({ workspace, id }) => {
      const detail = find(workspace).engine.detail(id);
      if (!detail) throw createFailure('not-found', 'there is no such entry', { subject: id });
      return detail;
    },
    'entries.at': ({ workspace, path, line }) => {
      const found = find(workspace).engine.entries.at(path, line);
      if (!found) throw createFailure('not-found', 'there is no such line', { subject: `${path}:${line}` });
      return { rows: found.rows, raw: new TextDecoder().decode(found.raw) };
    },
    'entries.position': async ({ workspace, filter, order, id }) => {
      const { engine } = find(workspace);
      await engine.search.run(filter, order);
      return { offset: engine.entries.position(filter, order, id) ?? null };
    },
    'entries.histogram': async ({ workspace, filter, by, buckets }) => {
      const { engine } = find(workspace);
      await engine.search.run(filter);
      return engine.entries.histogram(filter, by, buckets);
    },
    'entries.facets': async ({ workspace, filter }) => {
      const { engine } = find(workspace);
      await engine.search.run(filter);
      return engine.entries.facets(filter);
    },
    ...documents.handlers,
    ...createExportHandlers(
      (workspace) => find(workspace).engine,
      options.documentShell,
      documents.keepDownload,
    ),
    ...createMarkHandlers((workspace) => find(workspace).engine),
    'finding.strips': ({ workspace, finding }) => ({ strips: find(workspace).engine.strips(finding) }),
    'record.history': ({ workspace, ...question }) => find(workspace).engine.history(question),
    'person.activity': ({ workspace, ...question }) => find(workspace).engine.activity(question),
    'person.hours': ({ workspace, ...question }) => find(workspace).engine.hours(question),
  };

  return {
    handlers,
    takeDownload: documents.takeDownload,
    close: async () => {
      for (const open of workspaces.values()) open.users = 1;
      await Promise.all([...workspaces.keys()].map(closeWorkspace));
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
