/** The workspaces that are open: each once, however many pages look at it, and with at most one check at a time. */
import { randomUUID } from 'node:crypto';
import type { Calls, EventName, Events } from '../contract/api.ts';
import type { Failure } from '../contract/failure.ts';
import { createFailure, readFailure } from '../engine/base/failure.ts';
import { type Engine, openEngine } from '../engine/engine.ts';
import { type Outcome, WorkspaceFollower } from './follow-workspace.ts';

export type Emit = <N extends EventName>(name: N, payload: Events[N]) => void;

/** Why a check was aborted in favour of another: nobody waits for its end. */
const SUPERSEDED = 'superseded';
/** What a check of what changed is asked for: any other question takes its place. */
const FOLLOWING = 'following';

export interface OpenWorkspace {
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

interface WorkspaceOptions {
  readonly nativeBinding: string | undefined;
  readonly emit: Emit;
  readonly logBug: (error: unknown) => void;
}

export interface OpenWorkspaces {
  /** Gives an open workspace, or fails. */
  find(name: string): OpenWorkspace;
  /** Opens its file, or finds it open; returns its name. */
  open(file: string, evidence: readonly string[]): string;
  /** Starts a check, in place of one that was asked for otherwise. */
  check(workspace: string, paths: readonly string[], input: Calls['workspace.open']['input']): Promise<void>;
  close(workspace: string): Promise<void>;
  /** Closes the workspace of this file for all who look at it. */
  closeFile(file: string): Promise<void>;
  closeAll(): Promise<void>;
}

export function keepWorkspaces({ nativeBinding, emit, logBug }: WorkspaceOptions): OpenWorkspaces {
  const workspaces = new Map<string, OpenWorkspace>();

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
    const engine = openEngine({ workspace: file, evidence, nativeBinding });
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
          emit('workspace.checked', { workspace });
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

  const closeFor = async (every: readonly (readonly [string, OpenWorkspace])[]): Promise<void> => {
    for (const [, open] of every) open.users = 1;
    await Promise.all(every.map(([name]) => closeWorkspace(name)));
  };

  return {
    find,
    open: openWorkspace,
    check: startCheck,
    close: closeWorkspace,
    closeFile: (file) => closeFor([...workspaces].filter(([, open]) => open.file === file)),
    closeAll: () => closeFor([...workspaces]),
  };
}
