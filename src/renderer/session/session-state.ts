/** What the app has open and how far its check is, as a pure reducer over actions and the engine's events. */
import type { Calls, Progress, Workspace } from '../../contract/api.ts';
import type { Failure } from '../../contract/failure.ts';

export type OpenInput = Calls['workspace.open']['input'];

export interface SessionState {
  /** `idle`: nothing is open. `opening`: asked for. `checking`: the engine is at work. `checked`, `failed`: it ended. */
  readonly status: 'idle' | 'opening' | 'checking' | 'checked' | 'failed';
  readonly opened: OpenInput | undefined;
  readonly workspace: Workspace | undefined;
  readonly progress: Progress | undefined;
  readonly failure: Failure | undefined;
  /** Ends told before the reply to `workspace.open` named the workspace they belong to. */
  readonly early: Readonly<Record<string, { readonly failure: Failure | undefined }>>;
}

export type SessionAction =
  | { readonly type: 'asked'; readonly input: OpenInput }
  | { readonly type: 'opened'; readonly workspace: Workspace }
  | { readonly type: 'refused'; readonly failure: Failure }
  | { readonly type: 'progressed'; readonly workspace: string; readonly progress: Progress }
  | { readonly type: 'checked'; readonly workspace: string; readonly failure: Failure | undefined }
  | { readonly type: 'stopped'; readonly failure: Failure }
  | { readonly type: 'closed' };

export const idleSession: SessionState = {
  status: 'idle',
  opened: undefined,
  workspace: undefined,
  progress: undefined,
  failure: undefined,
  early: {},
};

export function reduceSession(state: SessionState, action: SessionAction): SessionState {
  switch (action.type) {
    case 'asked':
      return { ...idleSession, status: 'opening', opened: action.input };
    case 'opened': {
      const end = state.early[action.workspace.workspace];
      const open: SessionState = { ...state, status: 'checking', workspace: action.workspace, early: {} };
      return end ? endCheck(open, end.failure) : open;
    }
    case 'refused':
      return { ...state, status: 'failed', failure: action.failure };
    case 'progressed':
      return isOther(state, action.workspace) || state.status !== 'checking'
        ? state
        : { ...state, progress: keepSoFar(action.progress, state.progress) };
    case 'checked':
      if (state.status === 'opening')
        return { ...state, early: { ...state.early, [action.workspace]: { failure: action.failure } } };
      return isOther(state, action.workspace) ? state : endCheck(state, action.failure);
    case 'stopped':
      return state.status === 'idle' ? state : { ...state, status: 'failed', failure: action.failure };
    case 'closed':
      return idleSession;
  }
}

/** What was read so far is told now and then only. */
function keepSoFar(progress: Progress, before: Progress | undefined): Progress {
  const soFar = progress.soFar ?? before?.soFar;
  return soFar === undefined ? progress : { ...progress, soFar };
}

function endCheck(state: SessionState, failure: Failure | undefined): SessionState {
  return { ...state, status: failure ? 'failed' : 'checked', failure };
}

/** Events of a workspace that was left behind say nothing about the one on screen. */
function isOther(state: SessionState, workspace: string): boolean {
  return state.workspace?.workspace !== workspace;
}
