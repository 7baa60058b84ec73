/** The second half of a check on a thread of its own, which is kept for the next one: the engine reads on meanwhile. */
import { Worker } from 'node:worker_threads';
import { createFailure } from '../base/failure.ts';
import type { CheckedAside, CheckTask, ThreadData } from './check-thread.ts';

export class CheckAside {
  readonly #data: ThreadData;
  #thread: Worker | undefined;

  constructor(workspace: string, nativeBinding: string | undefined) {
    this.#data = { workspace, nativeBinding };
  }

  /** One at a time. Rejects with `cancelled` when the signal says so. */
  run(task: CheckTask, signal: AbortSignal): Promise<CheckedAside> {
    const thread = this.#thread ?? this.#start();
    thread.ref();
    return new Promise<CheckedAside>((resolve, reject) => {
      const stop = (): void => {
        this.#thread = undefined;
        void thread.terminate();
        reject(createFailure('cancelled', 'the check was cancelled', { cause: signal.reason }));
      };
      const end = (): void => {
        for (const event of ['message', 'error', 'exit']) thread.removeAllListeners(event);
        signal.removeEventListener('abort', stop);
      };
      thread.once('message', (checked: CheckedAside) => {
        end();
        // An idle thread must not keep a process alive.
        thread.unref();
        resolve(checked);
      });
      const fail = (error: unknown): void => {
        end();
        this.#thread = undefined;
        reject(error);
      };
      thread.once('error', fail);
      thread.once('exit', () => fail(createFailure('cancelled', 'the check was cancelled')));
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      else thread.postMessage({ data: this.#data, task });
    });
  }

  close(): void {
    this.#thread?.postMessage(undefined);
    this.#thread = undefined;
  }

  #start(): Worker {
    const url = new URL(`./check-thread${import.meta.url.slice(-3)}`, import.meta.url);
    this.#thread = new Worker(url);
    return this.#thread;
  }
}
