/** A receiver that another process keeps, as if it were kept here. */
import type { Failure } from '../../contract/failure.ts';
import type { ReceiverState, ReceiverStatus } from '../../contract/receiver-status.ts';
import { FailureError, readFailure } from '../../engine/base/failure.ts';
import type { KeptReceiver, ReceiverStart, ReceiverTold } from '../../receiver/keep-receiver.ts';

/** What is asked of the other process. */
export type ReceiverAsked =
  | { readonly act: 'start'; readonly start: ReceiverStart }
  | { readonly act: 'stop' };

export interface FarReceiver {
  readonly kept: KeptReceiver;
  /** Takes what the other process tells. */
  hear(told: ReceiverTold): void;
}

/** `ask` resolves when it is done, with the failure where it was not. */
export function reachReceiver(ask: (asked: ReceiverAsked) => Promise<Failure | undefined>): FarReceiver {
  const listeners = new Set<(told: ReceiverTold) => void>();
  let state: ReceiverState = { state: 'stopped', since: new Date().toISOString(), listeners: [] };
  let status: ReceiverStatus | undefined;
  const act = async (asked: ReceiverAsked): Promise<void> => {
    const failure = await ask(asked);
    if (failure) throw new FailureError(failure);
  };
  return {
    kept: {
      get state() {
        return state;
      },
      get status() {
        return status;
      },
      start: (start) => act({ act: 'start', start }),
      stop: () => act({ act: 'stop' }),
      on: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    hear: (told) => {
      if ('state' in told) {
        state = told.state;
        if (state.state !== 'running') status = undefined;
      } else if ('status' in told) status = told.status;
      for (const listener of listeners) listener(told);
    },
  };
}

/** Carries out what is asked where the receiver is kept; gives the failure where it could not be. */
export async function answerAsked(kept: KeptReceiver, asked: ReceiverAsked): Promise<Failure | undefined> {
  try {
    if (asked.act === 'start') await kept.start(asked.start);
    else await kept.stop();
    return undefined;
  } catch (error) {
    return readFailure(error) ?? { code: 'internal', message: String(error) };
  }
}
