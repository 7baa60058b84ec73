/**
 * Follows paths that still grow. Lines that are appended are read at once, and checked behind that, at most a fifth of
 * the time; any other change is checked soon, at most half of the time; and once more is checked when the log has been
 * quiet for long enough to be taken as complete. One check at a time.
 */
import { isOnNetwork } from '../base/places.ts';
import { listReceiverFolders } from '../base/spool-places.ts';
import { watchPaths } from '../source/open-source.ts';
import { QUIET_MS } from './open-end.ts';

/** What changes within this time is read, or checked, at once. */
const GATHER_MS = 100;
/** So many times as long as a check took the next one of mere growth is put off. */
const REST_OF_GROWTH = 4;

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
  /** Reads what was appended to these files; false where there is more to be found out than that. */
  readonly readOn: (paths: ReadonlySet<string>) => Promise<boolean>;
  readonly quietMs?: number | undefined;
}

export interface Following {
  /** Resolves when a check that was under way has ended. */
  close(): Promise<void>;
}

/** A check that is due, the most urgent first: something new is there, lines were appended, or nothing for a while. */
const urgency = ['soon', 'later', 'settled'] as const;
type Due = (typeof urgency)[number];

/** Begins to follow; errors of `check` are its own to handle. */
export function followPaths(paths: readonly string[], options: FollowOptions): Following {
  const quietMs = options.quietMs ?? QUIET_MS;
  const notBefore = { read: 0, soon: 0, later: 0 };
  let changed = new Set<string>();
  let changedAt = new Date();
  let readTimer: NodeJS.Timeout | undefined;
  let reading: Promise<void> | undefined;
  let due: Due | undefined;
  let checkTimer: NodeJS.Timeout | undefined;
  let checking: Promise<void> | undefined;
  let isClosed = false;

  const wait = (untilMs: number, run: () => void): NodeJS.Timeout =>
    setTimeout(run, Math.max(GATHER_MS, untilMs - performance.now())).unref();

  const planRead = (): void => {
    if (isClosed || reading || readTimer || changed.size === 0) return;
    readTimer = wait(notBefore.read, () => {
      readTimer = undefined;
      const started = performance.now();
      const paths = changed;
      changed = new Set();
      reading = options.readOn(paths).then((isAll) => {
        reading = undefined;
        notBefore.read = 2 * performance.now() - started;
        planCheck(isAll ? 'later' : 'soon');
        planRead();
      });
    });
  };
  const planCheck = (wanted: Due): void => {
    // One that is planned already is not put off.
    if (isClosed || (due && urgency.indexOf(due) <= urgency.indexOf(wanted))) return;
    due = wanted;
    if (checking) return;
    clearTimeout(checkTimer);
    const untilMs = due === 'settled' ? performance.now() + quietMs : notBefore[due];
    checkTimer = wait(untilMs, () => runCheck(wanted));
  };
  const runCheck = (kind: Due): void => {
    due = undefined;
    const started = performance.now();
    checking = options.check(kind === 'settled' ? 'settled' : 'open', changedAt).finally(() => {
      checking = undefined;
      const now = performance.now();
      notBefore.soon = now + (now - started);
      notBefore.later = now + (now - started) * REST_OF_GROWTH;
      const next = due ?? (kind === 'settled' ? undefined : 'settled');
      due = undefined;
      if (next) planCheck(next);
    });
  };
  const stop = watchPaths(paths, {
    polls: paths.some(isOnNetwork),
    ignores: listReceiverFolders(paths),
    onChange: (path) => {
      if (isClosed) return;
      changedAt = new Date();
      if (path === undefined) planCheck('soon');
      else {
        changed.add(path);
        planRead();
      }
    },
  });
  return {
    close: async () => {
      isClosed = true;
      clearTimeout(readTimer);
      clearTimeout(checkTimer);
      await stop();
      await reading;
      await checking;
    },
  };
}
