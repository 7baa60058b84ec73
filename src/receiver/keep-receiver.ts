/**
 * Keeps the receiver's process: started when it is asked for, started again after it ended by itself, stopped in good
 * order. It outlives whoever looks at it; the process ends with the one that keeps it.
 */
import { fork } from 'node:child_process';
import { FromReceiver, type ReceiverSettings, type ToReceiver } from '../contract/receiver.ts';
import type { ReceiverState, ReceiverStatus } from '../contract/receiver-status.ts';
import { createFailure } from '../engine/base/failure.ts';

/** What a receiver is started with. */
export interface ReceiverStart {
  /** The data directory. */
  readonly data: string;
  readonly settings: ReceiverSettings;
  readonly nativeBinding?: string | undefined;
}

/** One of: another state, how it stands, a sentence for its log. */
export type ReceiverTold =
  | { readonly state: ReceiverState }
  | { readonly status: ReceiverStatus }
  | { readonly notice: string };

export interface KeptReceiver {
  readonly state: ReceiverState;
  /** The last that it told; undefined while none runs. */
  readonly status: ReceiverStatus | undefined;
  /**
   * Resolves when it listens; from then on it is kept running. Failure: `receiver-not-started`, with the reason,
   * and then none runs.
   */
  start(start: ReceiverStart): Promise<void>;
  /** Answers what is under way, and ends it; resolves when it is gone. */
  stop(): Promise<void>;
  /** Returns a function that ends the subscription. */
  on(listener: (told: ReceiverTold) => void): () => void;
}

/** A process, however it was started. */
export interface ReceiverChild {
  send(message: ToReceiver): void;
  kill(): void;
}

/** Starts the process; what it says, and that it ended, goes to these. */
export type SpawnReceiver = (to: { message(raw: unknown): void; exit(how: string): void }) => ReceiverChild;

/** It is started again after this, longer each time it ended soon. */
const RESTART_MS = 1000;
const MAX_RESTART_MS = 60_000;
/** One that is stuck is ended after this: what it has not acknowledged its senders have to send again. */
const STOP_MS = 30_000;

/** Nothing is started yet. In Electron `spawn` makes a utility process: its own executable runs no other script. */
export function keepReceiver(spawn: SpawnReceiver = forkReceiver): KeptReceiver {
  const listeners = new Set<(told: ReceiverTold) => void>();
  const tell = (told: ReceiverTold): void => {
    for (const listener of listeners) listener(told);
  };
  let state: ReceiverState = { state: 'stopped', since: new Date().toISOString(), listeners: [] };
  let status: ReceiverStatus | undefined;
  let child: ReceiverChild | undefined;
  let gone: Promise<void> = Promise.resolve();
  let restart: NodeJS.Timeout | undefined;
  let restartMs = RESTART_MS;

  const become = (
    next: ReceiverState['state'],
    about: Partial<Pick<ReceiverState, 'listeners' | 'tls' | 'problem'>> = {},
  ): void => {
    if (next !== 'running') status = undefined;
    state = { listeners: [], ...about, state: next, since: new Date().toISOString() };
    tell({ state });
  };

  /** Resolves when it listens; `keep`: one that ends, also before that, is started again. */
  const run = (start: ReceiverStart, keep: boolean): Promise<void> => {
    become('starting');
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const end = Promise.withResolvers<void>();
    gone = end.promise;
    let startedMs: number | undefined;
    let problem: string | undefined;
    const hear = (raw: unknown): void => {
      const message = FromReceiver.parse(raw);
      if (message.kind === 'notice') tell({ notice: message.text });
      else if (message.kind === 'failed') {
        problem = message.text;
        child?.send({ kind: 'stop' });
      } else if (message.kind === 'status') {
        status = message.status;
        tell({ status });
      } else {
        startedMs = performance.now();
        const { listeners, tls } = message;
        if (state.state === 'starting') become('running', { listeners, ...(tls && { tls }) });
        resolve();
      }
    };
    const leave = (how: string): void => {
      child = undefined;
      problem ??= `the receiver ended (${how})`;
      if (state.state === 'stopping') become('stopped');
      else if (startedMs === undefined && !keep) become('stopped', { problem });
      else {
        const ranMs = performance.now() - (startedMs ?? performance.now());
        if (ranMs > MAX_RESTART_MS) restartMs = RESTART_MS;
        become('waiting', { problem });
        tell({ notice: `${problem}; it is started again in ${restartMs / 1000} s` });
        restart = setTimeout(() => void run(start, true).catch(() => {}), restartMs);
        restartMs = Math.min(restartMs * 2, MAX_RESTART_MS);
      }
      reject(createFailure('receiver-not-started', problem, { subject: problem }));
      end.resolve();
    };
    child = spawn({ message: hear, exit: leave });
    child.send({ kind: 'start', ...start });
    return promise;
  };

  return {
    get state() {
      return state;
    },
    get status() {
      return status;
    },
    start: async (start) => {
      if (state.state !== 'stopped') throw createFailure('bad-request', `the receiver is ${state.state}`);
      restartMs = RESTART_MS;
      await run(start, false);
    },
    stop: async () => {
      clearTimeout(restart);
      if (!child) {
        if (state.state !== 'stopped') become('stopped');
        return;
      }
      const stopping = child;
      if (state.state !== 'stopping') {
        become('stopping', { listeners: state.listeners });
        stopping.send({ kind: 'stop' });
      }
      const timer = setTimeout(() => stopping.kill(), STOP_MS);
      await gone;
      clearTimeout(timer);
    },
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** What waits for one sync lives a little longer than a small young generation allows: a quarter less time an entry. */
const YOUNG = '--max-semi-space-size';

/** As a child of this Node. */
export const forkReceiver: SpawnReceiver = ({ message, exit }) => {
  const child = fork(new URL(RECEIVER, import.meta.url), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [...process.execArgv.filter((flag) => !flag.startsWith(YOUNG)), `${YOUNG}=32`],
  });
  child.on('message', message);
  child.once('exit', (code, signal) => exit(String(signal ?? code)));
  // What is said to one that is gone is in vain, and `exit` tells; only one that never was has none.
  child.on('error', (error) => {
    if (child.pid === undefined) exit(String(error));
  });
  return { send: (said) => void child.send(said), kill: () => void child.kill('SIGKILL') };
};

const RECEIVER = import.meta.url.endsWith('.ts') ? './receiver-process.ts' : './receiver-process.js';
