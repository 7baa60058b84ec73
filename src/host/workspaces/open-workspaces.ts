/** The workspaces that are open: each once, however many pages look at it, and with at most one check at a time. */
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import type { Calls, EventName, Events } from '../../contract/api.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Report } from '../../contract/report.ts';
import { createFailure, readFailure } from '../../engine/base/failure.ts';
import { type Engine, openEngine, type WatchWrites } from '../../engine/engine.ts';
import { type Outcome, WorkspaceFollower } from './follow-workspace.ts';

export type Emit = <N extends EventName>(name: N, payload: Events[N]) => void;

/** Why a check was aborted in favour of another: nobody waits for its end. */
const SUPERSEDED = 'superseded';
/** What a check of what changed is asked for: any other question takes its place. */
const FOLLOWING = 'following';

/** Whoever serves has what is served open for as long as it does. */
const SERVER = 'server';
/** What is served and could not be checked, such as a spool without entries, is tried again after this. */
const RETRY_MS = 5000;

/** What a served instance has received, and the workspace that it keeps it in. */
export interface ServedLog {
  readonly paths: readonly string[];
  readonly file: string;
}

export interface OpenWorkspace {
  readonly engine: Engine;
  readonly file: string;
  /** Sessions that have it open, with how many pages of each: the last one to leave closes it. */
  readonly users: Map<string, number>;
  /** What the running check was asked for; undefined where none runs. */
  checking: string | undefined;
  check: Promise<void>;
  abort: AbortController;
  /** What was last asked for: what changes is checked in the same way. */
  input: Calls['workspace.open']['input'];
  readonly follower: WorkspaceFollower;
}

interface WorkspaceOptions {
  readonly nativeBinding: string | undefined;
  readonly emit: <N extends `workspace.${string}` & EventName>(name: N, payload: Events[N]) => void;
  /** Told of each check, and of which paths. */
  readonly onReport?: ((report: Report, paths: readonly string[]) => void) | undefined;
  /** Whoever records what people write in the workspace of this evidence. */
  readonly watch: (evidence: readonly string[]) => WatchWrites | undefined;
  readonly logBug: (error: unknown) => void;
}

/** `session`: whose page it is. */
export interface OpenWorkspaces {
  /** Gives a workspace that this session has open, or fails. */
  find(name: string, session: string): OpenWorkspace;
  isOpenFor(name: string, session: string): boolean;
  /** Opens its file, or finds it open; returns its name. */
  open(file: string, evidence: readonly string[], session: string): string;
  /** Starts a check, in place of one that was asked for otherwise. */
  check(workspace: string, paths: readonly string[], input: Calls['workspace.open']['input']): Promise<void>;
  /** Opens what is served and checks and follows it from now on, whether anybody looks or not. */
  serve(served: ServedLog): void;
  close(workspace: string, session: string): Promise<void>;
  /** Closes all that a session has open. */
  leave(session: string): Promise<void>;
  /** Closes the workspace of this file for all who look at it, and removes what people wrote in it and the file. */
  deleteFile(file: string, evidence: readonly string[]): Promise<void>;
  closeAll(): Promise<void>;
}

export function keepWorkspaces({
  nativeBinding,
  emit,
  onReport,
  watch,
  logBug,
}: WorkspaceOptions): OpenWorkspaces {
  const workspaces = new Map<string, OpenWorkspace>();
  /** What is to be done when following stops by itself, and nobody is there to begin it again. */
  const onStopped = new Map<string, () => void>();

  const tellChecked = (workspace: string, paths: readonly string[]): void => {
    emit('workspace.checked', { workspace });
    const report = onReport && workspaces.get(workspace)?.engine.report();
    if (report) onReport(report, paths);
  };
  const openWatched = (file: string, evidence: readonly string[]): Engine => {
    const about = evidence.length > 0 ? evidence : [file];
    return openEngine({ workspace: file, evidence, nativeBinding, watch: watch(about) });
  };
  const refuse = (name: string): never => {
    throw createFailure('not-found', 'this workspace is not open', { subject: name });
  };
  const find = (name: string): OpenWorkspace => workspaces.get(name) ?? refuse(name);
  const isOpenFor = (name: string, session: string): boolean =>
    workspaces.get(name)?.users.has(session) === true;

  const closeWorkspace = async (name: string, session: string): Promise<void> => {
    const open = workspaces.get(name);
    const pages = open?.users.get(session);
    if (!open || pages === undefined) return;
    if (pages > 1) open.users.set(session, pages - 1);
    else open.users.delete(session);
    if (open.users.size === 0) await endWorkspace(name, open);
  };

  const endWorkspace = async (name: string, open: OpenWorkspace): Promise<void> => {
    workspaces.delete(name);
    open.abort.abort();
    await open.follower.close();
    await open.check;
    await open.engine.close();
  };

  /** A workspace is open once, however many pages look at it: a reload, or a second tab, finds it as it is. */
  const openWorkspace = (file: string, evidence: readonly string[], session: string): string => {
    const [known] = [...workspaces].filter(([, open]) => open.file === file);
    if (known) {
      const [name, { users }] = known;
      users.set(session, (users.get(session) ?? 0) + 1);
      return name;
    }
    const engine = openWatched(file, evidence);
    const workspace = randomUUID();
    const users = new Map([[session, 1]]);
    const idle = { users, checking: undefined, check: Promise.resolve(), abort: new AbortController() };
    const follower = new WorkspaceFollower({
      engine,
      check: (paths, state) => checkChange(workspace, paths, state),
      tell: (follow) => {
        emit('workspace.followed', { workspace, follow });
        if (follow.state === 'stopped') onStopped.get(workspace)?.();
      },
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
          tellChecked(workspace, paths);
          if (state === 'settled') void open.engine.search.makeFilters().catch(logBug);
          return 'changed';
        },
        (error: unknown) => (signal.aborted ? 'given-up' : tellFailure(error)),
      );
    open.check = check.then(() => undefined);
    return check;
  };

  const tellFailure = (error: unknown): Failure => {
    const failure = readFailure(error);
    if (!failure) logBug(error);
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
          tellChecked(workspace, paths);
          if (workspaces.has(workspace)) open.follower.start(paths);
          // Behind the check, while the report is read: searches are quicker with them, and right without.
          void open.engine.search.makeFilters().catch(logBug);
        },
        (error: unknown) => {
          if (signal.reason === SUPERSEDED) return;
          emit('workspace.checked', { workspace, failure: tellFailure(error) });
        },
      );
  };

  const serve = ({ paths, file }: ServedLog): void => {
    const workspace = openWorkspace(file, paths, SERVER);
    let isWaiting = false;
    const attempt = async (): Promise<void> => {
      isWaiting = false;
      if (!isOpenFor(workspace, SERVER)) return;
      await startCheck(workspace, paths, {});
      await workspaces.get(workspace)?.check;
      if (isOpenFor(workspace, SERVER) && find(workspace).follower.state.state !== 'following') tryAgain();
    };
    const tryAgain = (): void => {
      if (isWaiting) return;
      isWaiting = true;
      setTimeout(() => void attempt().catch(logBug), RETRY_MS).unref();
    };
    onStopped.set(workspace, tryAgain);
    void attempt().catch(logBug);
  };

  const endAll = async (every: readonly (readonly [string, OpenWorkspace])[]): Promise<void> => {
    await Promise.all(every.map(([name, open]) => endWorkspace(name, open)));
  };

  /** So that it is recorded what goes with a workspace; one that cannot be opened goes as it is. */
  const removeWritten = async (file: string, evidence: readonly string[]): Promise<void> => {
    if (!existsSync(file)) return;
    try {
      const engine = openWatched(file, evidence);
      engine.marks.removeAll();
      await engine.close();
    } catch (error) {
      if (!readFailure(error)) logBug(error);
    }
  };

  return {
    find: (name, session) => (isOpenFor(name, session) ? find(name) : refuse(name)),
    isOpenFor,
    open: openWorkspace,
    check: startCheck,
    serve,
    close: closeWorkspace,
    leave: async (session) => {
      for (const [name, { users }] of [...workspaces]) {
        if (users.has(session)) users.set(session, 1);
        await closeWorkspace(name, session);
      }
    },
    deleteFile: async (file, evidence) => {
      await endAll([...workspaces].filter(([, open]) => open.file === file));
      await removeWritten(file, evidence);
      for (const part of ['', '-wal', '-shm', '-journal']) rmSync(file + part, { force: true });
    },
    closeAll: () => endAll([...workspaces]),
  };
}
