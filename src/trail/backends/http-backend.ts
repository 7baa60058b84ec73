/**
 * The HTTP backend. `write` resolves when the entry is in a durable queue; what delivers it is not waited for.
 *
 * Of all processes that share a queue one delivers, the holder of a lock; when it ends or is killed another takes over.
 * Each entry arrives at least once: twice where the receiver's answer was lost, or where the sender was killed before it
 * had taken note of it. The order is that of the queue, in batches whose entries are under way at once.
 * An entry is lost for this backend only where the queue is full; that is counted, and told when there is room again.
 */
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Backend, Loss, RecordedEntry } from '../backend.ts';
import { Backoff } from './backoff.ts';
import type { FsyncPolicy } from './file-backend.ts';
import { Health } from './health.ts';
import { PostError, Poster, toAscii } from './http-post.ts';
import { HttpQueue, type QueuedEntry, type QueueOptions } from './http-queue.ts';
import { type HeldLock, tryLock } from './lock-file.ts';
import { Outcomes, withinDeadline } from './outcomes.ts';

export interface HttpBackendOptions {
  readonly url: string;
  /** The value of the Authorization header, sent verbatim. */
  readonly authorization?: string;
  /** Certificates to trust in place of the system's, PEM. */
  readonly caFile?: string;
  /** Where the queue and the status file lie; processes with the same folder share them. */
  readonly stateFolder: string;
  /** 5 s. */
  readonly timeoutMs?: number;
  /** So many entries wait at most; 100 000. */
  readonly maxEntries?: number;
  /** So many bytes wait at most; 256 MiB. */
  readonly maxBytes?: number;
  /** `always`: `write` also waits until the disk has the entry. */
  readonly fsync?: FsyncPolicy;
  /** The wait after a first failure, doubled until a minute is reached; 500 ms. */
  readonly retryMs?: number;
  /** better-sqlite3's addon, where the runtime needs another than the packaged one. */
  readonly nativeBinding?: string;
}

/** Under way at once. */
const BATCH = 8;
const MAX_RETRY_MS = 60_000;
const REFUSED_RETRY_MS = 10_000;
const MAX_REFUSED_RETRY_MS = 3_600_000;
/** How soon entries of other processes are noticed. */
const POLL_MS = 200;
/** How often a process that does not deliver asks whether it should. */
const ELECT_MS = 1_000;
/** How long an entry to be confirmed is left to the ordinary way. */
const PATIENCE_MS = 250;

/** Opens the backend; throws where URL or header cannot be used. What an earlier process left is delivered at once. */
export function openHttpBackend(options: HttpBackendOptions): Backend {
  return new HttpBackend(options);
}

class HttpBackend implements Backend {
  readonly name = 'http';
  readonly #options: HttpBackendOptions;
  readonly #poster: Poster;
  readonly #health: Health;
  readonly #queued = new Outcomes();
  readonly #ids = new WeakMap<RecordedEntry, number>();
  readonly #incoming: { entry: RecordedEntry; settle: (error?: Error) => void }[] = [];
  readonly #inFlight = new Set<number>();
  readonly #backoff: Backoff;
  readonly #closing = new AbortController();
  #queue: HttpQueue | undefined;
  #flushing: Promise<void> | undefined;
  readonly #delivering: Promise<void>;
  #turn: HeldLock | undefined;
  #wake = new AbortController();
  #tellLoss: ((loss: Loss) => Promise<void>) | undefined;
  #isTelling = false;

  constructor(options: HttpBackendOptions) {
    const { url, authorization, caFile, timeoutMs = 5_000, retryMs = 500 } = options;
    this.#options = options;
    this.#poster = new Poster({ url, authorization, caFile, timeoutMs });
    this.#health = new Health('http', { statusFolder: options.stateFolder, secrets: listSecrets(options) });
    this.#backoff = new Backoff(retryMs, MAX_RETRY_MS);
    this.#delivering = this.#takeTurns();
  }

  write(entry: RecordedEntry): Promise<void> {
    const queued = new Promise<void>((done, reject) => {
      this.#incoming.push({ entry, settle: (error) => (error ? reject(error) : done()) });
    });
    this.#queued.expect(entry, queued);
    this.#flushing ??= Promise.resolve().then(() => this.#flush());
    return queued;
  }

  async confirm(entry: RecordedEntry, deadlineMs: number): Promise<void> {
    // What is left of a deadline is a fraction, and such a signal takes none.
    const stop = AbortSignal.timeout(Math.ceil(deadlineMs));
    await this.#queued.confirm(entry, deadlineMs);
    const id = this.#ids.get(entry);
    if (id !== undefined) await withinDeadline(this.#deliverNow(id, stop), deadlineMs);
  }

  state() {
    return this.#health.state(this.#incoming.length + this.#countQueued());
  }

  onLoss(tell: (loss: Loss) => Promise<void>): void {
    this.#tellLoss = tell;
  }

  async close(deadlineMs: number): Promise<void> {
    const until = performance.now() + deadlineMs;
    await this.#flushing;
    const queue = this.#queue;
    // Where another process delivers, or nobody can at present, there is nothing to wait for: the queue is durable.
    const isWorthwhile = () => this.#turn !== undefined && !this.#backoff.isFailing;
    while (queue && isWorthwhile() && queue.fill().entries > 0 && performance.now() < until) await pause(5);
    this.#closing.abort();
    this.#wake.abort();
    this.#poster.close();
    await this.#delivering;
    queue?.close();
    this.#queue = undefined;
    await this.#health.settle();
  }

  #countQueued(): number {
    try {
      return this.#queue?.fill().entries ?? 0;
    } catch (error) {
      this.#health.fail(error);
      return 0;
    }
  }

  /** Puts what came in during one turn of the event loop as one transaction. */
  async #flush(): Promise<void> {
    while (this.#incoming.length > 0) {
      const batch = [...this.#incoming];
      const entries = batch.map(({ entry }) => ({ ...entry, body: toAscii(entry.line) }));
      const results = await this.#attempt(() => this.#open().put(entries));
      this.#incoming.splice(0, batch.length);
      for (const [i, { entry, settle }] of batch.entries()) {
        const id = results instanceof Error ? results : results[i];
        if (typeof id === 'number') this.#ids.set(entry, id);
        if (id === undefined) settle(this.#health.fail(new Error('the queue is full'), 1));
        else settle(id instanceof Error ? this.#health.fail(id, 1) : undefined);
      }
    }
    this.#flushing = undefined;
    this.#wake.abort();
  }

  /** A busy queue is asked for again: others hold it for moments. */
  async #attempt<T>(act: () => T): Promise<T | Error> {
    for (let attempt = 0; ; attempt++) {
      try {
        return act();
      } catch (error) {
        if (attempt === 5) return error instanceof Error ? error : new Error(String(error));
        await pause(10);
      }
    }
  }

  #open(): HttpQueue {
    const {
      stateFolder,
      maxEntries = 100_000,
      maxBytes = 256 * 2 ** 20,
      fsync = 'second',
      nativeBinding,
    } = this.#options;
    const options: QueueOptions = {
      file: join(stateFolder, 'http-queue.sqlite'),
      maxEntries,
      maxBytes,
      fsync,
      nativeBinding,
    };
    this.#queue ??= new HttpQueue(options);
    return this.#queue;
  }

  /** Delivers while this process holds the lock; what an earlier process left as well. Never rejects. */
  async #takeTurns(): Promise<void> {
    const { stateFolder, nativeBinding } = this.#options;
    while (!this.#closing.signal.aborted) {
      try {
        const queue = this.#open();
        this.#turn ??= tryLock(join(stateFolder, 'http-queue.lock'), nativeBinding);
        if (this.#turn) await this.#deliver(queue);
        else await this.#sleep(ELECT_MS);
      } catch (error) {
        this.#health.fail(error);
        await this.#sleep(ELECT_MS, this.#closing.signal);
      }
    }
    this.#turn?.release();
  }

  /** Sends one batch, or waits for one. */
  async #deliver(queue: HttpQueue): Promise<void> {
    const due = queue.listDue(Date.now(), this.#backoff.isFailing ? 1 : BATCH);
    const batch = due.filter(({ id }) => !this.#inFlight.has(id));
    if (batch.length === 0) {
      await this.#sleep(POLL_MS);
      return;
    }
    const failures = (await Promise.all(batch.map((queued) => this.#send(queued)))).filter(
      (e) => e !== undefined,
    );
    const outage = failures.find(({ isRefusal }) => !isRefusal);
    if (!outage) {
      this.#backoff.reset();
      this.#tellLosses(queue);
      return;
    }
    const waitMs = this.#backoff.next();
    await this.#sleep(Math.max(waitMs, outage.retryAfterMs ?? 0), this.#closing.signal);
  }

  /** Sends one entry and takes note of what came of it. */
  async #send({ id, body, refusals }: QueuedEntry): Promise<PostError | undefined> {
    this.#inFlight.add(id);
    try {
      await this.#poster.post(body);
      this.#queue?.remove([id]);
      this.#health.succeed();
      return undefined;
    } catch (error) {
      if (this.#closing.signal.aborted) return undefined;
      this.#health.fail(error);
      const failure = error instanceof PostError ? error : new PostError(String(error));
      const waitMs = Math.min(MAX_REFUSED_RETRY_MS, REFUSED_RETRY_MS * 2 ** Math.min(refusals, 20));
      if (failure.isRefusal) this.#queue?.postpone(id, Date.now() + waitMs);
      return failure;
    } finally {
      this.#inFlight.delete(id);
    }
  }

  /** Resolves when the entry has left the queue; sends it past all others where that takes long. */
  async #deliverNow(id: number, stop: AbortSignal): Promise<void> {
    let sendAt = performance.now() + (this.#health.state(0).outage ? 0 : PATIENCE_MS);
    for (;;) {
      const queued = this.#open().find(id);
      if (!queued) return;
      stop.throwIfAborted();
      if (performance.now() >= sendAt && !this.#inFlight.has(id)) {
        await this.#send(queued);
        sendAt = performance.now() + PATIENCE_MS;
      } else await pause(5);
    }
  }

  /** Not waited for: what is told may itself wait for another backend that fails. */
  #tellLosses(queue: HttpQueue): void {
    const tell = this.#tellLoss;
    const losses = tell && !this.#isTelling ? queue.listLosses() : [];
    if (!tell || losses.length === 0) return;
    this.#isTelling = true;
    const told = losses.map((loss) => tell(loss).then(() => this.#queue?.forgetLoss(loss)));
    // What could not be told is told after the next batch.
    Promise.all(told)
      .catch(() => {})
      .finally(() => {
        this.#isTelling = false;
      });
  }

  /** Ends early when entries come in, or as `signal` says. Does not keep the process alive: the queue is durable. */
  async #sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (!signal && this.#wake.signal.aborted) this.#wake = new AbortController();
    await pause(ms, undefined, { ref: false, signal: signal ?? this.#wake.signal }).catch(() => {});
  }
}

/** What no message may hold: the header, and what a URL may carry of a login. */
function listSecrets({ url, authorization = '' }: HttpBackendOptions): string[] {
  const { password, search } = new URL(url);
  return [authorization, authorization.split(' ').at(-1) ?? '', password, search];
}
