/**
 * One backend as the trail uses it: whatever the backend does, nothing here throws and nothing waits without a bound.
 * Failures are counted, and told once an outage.
 */
import { formatTs } from '../engine/base/timestamp.ts';
import type { Backend, BackendName, BackendState, RecordedEntry } from './backend.ts';

/** An outage of a backend began or ended. */
export interface BackendNews {
  readonly backend: BackendName;
  readonly what: 'outage-began' | 'outage-ended';
  readonly message: string;
}

export interface OutletState extends BackendState {
  /** It did not settle in time: entries go to it all the same, and nobody waits for it until it has caught up. */
  readonly late: boolean;
}

/** Entries that a backend holds without settling; what comes on top is lost for it, and counted. */
const MAX_UNSETTLED = 10_000;

export class Outlet {
  readonly #backend: Backend;
  readonly #tell: (news: BackendNews) => void;
  readonly #unsettled = new Set<Promise<void>>();
  #refused = 0;
  #late = false;
  #outage: { readonly since: string; readonly message: string; failures: number } | undefined;

  constructor(backend: Backend, tell: (news: BackendNews) => void) {
    this.#backend = backend;
    this.#tell = tell;
  }

  get name(): BackendName {
    return this.#backend.name;
  }

  get isLate(): boolean {
    return this.#late;
  }

  /** Hands the entry over. Resolves when the backend has taken it or lost it; never rejects. */
  send(entry: RecordedEntry): Promise<boolean> {
    if (this.#unsettled.size >= MAX_UNSETTLED) {
      this.#refused++;
      this.#fail(new Error(`${MAX_UNSETTLED} entries wait for this backend already`));
      return Promise.resolve(false);
    }
    const sent = this.#attempt(() => this.#backend.write(entry));
    const settled = sent.then((taken) => {
      this.#unsettled.delete(settled);
      if (!this.#late || this.#unsettled.size > 0) return;
      this.#late = false;
      if (taken) this.#succeed();
    });
    this.#unsettled.add(settled);
    return sent;
  }

  /** Hands the entry over; true where its receiving side has it before the deadline. */
  async confirm(entry: RecordedEntry, deadlineMs: number): Promise<boolean> {
    const started = performance.now();
    const confirmed = this.send(entry).then((taken) => {
      const left = Math.max(0, deadlineMs - (performance.now() - started));
      return taken && this.#attempt(() => this.#backend.confirm(entry, left));
    });
    return (await settleWithin(confirmed, deadlineMs)) ?? false;
  }

  /** Nobody waits for it until all that it holds is settled. */
  declareLate(waitedMs: number): void {
    if (this.#late || this.#unsettled.size === 0) return;
    this.#late = true;
    this.#fail(new Error(`it took longer than ${waitedMs} ms`));
  }

  state(): OutletState {
    const state = this.#backend.state();
    return {
      ...state,
      lost: state.lost + this.#refused,
      waiting: Math.max(state.waiting, this.#unsettled.size),
      ...(state.outage || !this.#outage ? {} : { outage: { ...this.#outage } }),
      late: this.#late,
    };
  }

  async close(deadlineMs: number): Promise<void> {
    const started = performance.now();
    await settleWithin(Promise.all(this.#unsettled), deadlineMs);
    const left = Math.max(0, deadlineMs - (performance.now() - started));
    const closed = (async () => this.#backend.close(left))().catch((error: unknown) => this.#fail(error));
    await settleWithin(closed, left + CLOSING_MS);
  }

  /** A backend that throws at once is one that fails. */
  async #attempt(act: () => Promise<void>): Promise<boolean> {
    try {
      await act();
    } catch (error) {
      this.#fail(error);
      return false;
    }
    // A backend with a queue takes entries while nobody takes its own.
    const { outage } = this.#backend.state();
    if (outage) this.#fail(new Error(outage.message));
    else this.#succeed();
    return true;
  }

  #fail(error: unknown): void {
    if (this.#outage) {
      this.#outage.failures++;
      return;
    }
    const message = error instanceof Error ? error.message : 'it failed without saying why';
    this.#outage = { since: formatTs(Date.now() * 1000), message, failures: 1 };
    this.#tell({ backend: this.name, what: 'outage-began', message });
  }

  #succeed(): void {
    if (!this.#outage || this.#late) return;
    const { failures, since } = this.#outage;
    this.#outage = undefined;
    this.#tell({ backend: this.name, what: 'outage-ended', message: `${failures} failures since ${since}` });
  }
}

/** For what a backend does after its own deadline: letting go of files and sockets. */
const CLOSING_MS = 500;

/** What it resolves to; undefined where that takes longer. */
export async function settleWithin<T>(promise: Promise<T>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), ms);
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
