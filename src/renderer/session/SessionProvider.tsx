/** Keeps what is open: asks the engine to open, listens to its events, and reopens after a reload of the page. */
import { useThrottledCallback } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  use,
  useCallback,
  useEffect,
  useMemo,
  useReducer,
  useRef,
} from 'react';
import { forgetAnswers, forgetValues, renewEntries, useCall, useClient } from './client.ts';
import { idleSession, type OpenInput, reduceSession, type SessionState } from './session-state.ts';

export interface Session extends SessionState {
  open(input: OpenInput): void;
  /** Asks the same of all that is opened from now on: a period, an earlier record. */
  ask(how: OpenInput): void;
  /** Stops the running check; what was read stays. */
  cancel(): void;
  close(): void;
}

const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('no session was provided');
  return session;
}

/** Counts and charts of entries are asked for again as often, at most, while a log grows. */
const RENEW_MS = 1000;

/** A reload must not lose what a person opened; another window has its own. */
const REMEMBERED = 'unbroken.opened';

/** What was open before a reload; nothing where the app was started anew for other paths. */
function recallOpened(startPaths: readonly string[]): OpenInput | undefined {
  const kept = sessionStorage.getItem(REMEMBERED);
  if (kept === null) return undefined;
  const { input, startedWith } = JSON.parse(kept) as { input: OpenInput; startedWith: string[] };
  return String(startedWith) === String(startPaths) ? input : undefined;
}

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const queries = useQueryClient();
  const [state, dispatch] = useReducer(reduceSession, idleSession);
  const info = useCall('app.info', {});
  const startPaths = info.data?.startPaths;

  const masked = useRef('');
  const renew = useThrottledCallback(() => renewEntries(queries), RENEW_MS);

  useEffect(() => {
    const ends = [
      client.on('workspace.followed', ({ follow }) => {
        if (follow.unchecked) renew();
      }),
      client.on('workspace.progressed', (payload) => {
        if (payload.progress.soFar) renew();
        dispatch({ type: 'progressed', ...payload });
      }),
      client.on('workspace.checked', ({ workspace, failure }) => {
        forgetAnswers(queries);
        dispatch({ type: 'checked', workspace, failure });
      }),
      client.on('preferences.changed', ({ settings: { mask, maskValues } }) => {
        const now = JSON.stringify([mask, maskValues]);
        if (masked.current !== now) forgetValues(queries);
        masked.current = now;
      }),
      client.on('engine.stopped', ({ failure }) => dispatch({ type: 'stopped', failure })),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [client, queries, renew]);

  const asked = useRef<OpenInput>({});
  const ask = useCallback((how: OpenInput) => {
    asked.current = how;
  }, []);

  const left = useRef<string>(undefined);
  useEffect(() => {
    left.current = state.workspace?.workspace;
  }, [state.workspace]);

  const open = useCallback(
    (named: OpenInput) => {
      // Of the sample everything is shown.
      const input = named.sample ? named : { ...asked.current, ...named };
      sessionStorage.setItem(REMEMBERED, JSON.stringify({ input, startedWith: startPaths }));
      dispatch({ type: 'asked', input });
      // What was open before is closed first: a workspace is open once at a time.
      const closed =
        left.current === undefined ? undefined : client.call('workspace.close', { workspace: left.current });
      void Promise.resolve(closed)
        .then(() => client.call('workspace.open', input))
        .then((reply) =>
          dispatch(
            reply.ok
              ? { type: 'opened', workspace: reply.value }
              : { type: 'refused', failure: reply.failure },
          ),
        );
    },
    [client, startPaths],
  );

  const started = useRef(false);
  useEffect(() => {
    if (!startPaths || started.current) return;
    started.current = true;
    const input = recallOpened(startPaths) ?? (startPaths.length > 0 ? { paths: startPaths } : undefined);
    if (input) open(input);
  }, [startPaths, open]);

  const workspace = state.workspace?.workspace;
  const session = useMemo<Session>(
    () => ({
      ...state,
      open,
      ask,
      cancel: () => {
        if (workspace !== undefined) void client.call('workspace.cancel', { workspace });
      },
      close: () => {
        sessionStorage.removeItem(REMEMBERED);
        if (workspace !== undefined) void client.call('workspace.close', { workspace });
        dispatch({ type: 'closed' });
        queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'app.info' });
      },
    }),
    [state, open, ask, client, queries, workspace],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}
