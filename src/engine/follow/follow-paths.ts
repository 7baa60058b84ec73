/**
 * Follows paths that still grow: a check soon after every change, and one more when the log has been quiet for long
 * enough to be taken as complete. One check at a time, and never more than half of the time.
 */
import { isOnNetwork } from '../base/places.ts';
import { watchPaths } from '../source/open-source.ts';
import { QUIET_MS } from './open-end.ts';

/** What changes within this time is checked at once. */
const GATHER_MS = 100;

/**
 * Why paths that are followed are checked. `begun`: before they are; `open`: something changed; `settled`: nothing has
 * changed for a while. Until then more may be on its way.
 */
export type FollowedState = 'begun' | 'open' | 'settled';
type ChangeState = Exclude<FollowedState, 'begun'>;

/**
 * Whether a check goes on from one of this session: what looks as it did when it was hashed is not hashed again, and as
 * long as nothing looks other the report stands, with its date.
 */
export function isFollowUp(state: FollowedState | undefined): boolean {
  return state === 'open' || state === 'settled';
}

export interface FollowOptions {
  /** Told when the last change was noticed. */
  readonly check: (state: ChangeState, changedAt: Date) => Promise<void>;
  readonly quietMs?: number | undefined;
}

export interface Following {
  /** Resolves when a check that was under way has ended. */
  close(): Promise<void>;
}

/** Begins to follow; errors of `check` are its own to handle. */
export function followPaths(paths: readonly string[], options: FollowOptions): Following {
  const quietMs = options.quietMs ?? QUIET_MS;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isDirty = false;
  let isClosed = false;
  let notBefore = 0;
  let changedAt = new Date();

  const plan = (waitMs: number, state: ChangeState): void => {
    clearTimeout(timer);
    timer = setTimeout(() => run(state), waitMs);
    timer.unref();
  };
  const run = (state: ChangeState): void => {
    isDirty = false;
    const started = performance.now();
    running = options.check(state, changedAt).finally(() => {
      running = undefined;
      notBefore = 2 * performance.now() - started;
      if (isClosed) return;
      if (isDirty) planNext();
      else if (state === 'open') plan(quietMs, 'settled');
    });
  };
  const planNext = (): void => plan(Math.max(GATHER_MS, notBefore - performance.now()), 'open');
  const stop = watchPaths(paths, {
    polls: paths.some(isOnNetwork),
    onChange: () => {
      if (isClosed) return;
      changedAt = new Date();
      if (!isDirty && !running) planNext();
      isDirty = true;
    },
  });
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(timer);
      await stop();
      await running;
    },
  };
}
