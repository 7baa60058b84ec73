/**
 * Text search on two threads that stay warm, and the making of text filters while nobody searches.
 *
 * One search runs for each asker: another of theirs takes its place, and whoever waited for it is told `cancelled`; those
 * who ask the same share it. A finished search
 * is remembered by the store's queries, so pages, counts and charts with its filter are answered from there.
 */
import { availableParallelism } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { SearchState } from '../../contract/api.ts';
import type { EntryFilter, EntryRow } from '../../contract/entry.ts';
import { createFailure, type FailureError } from '../base/failure.ts';
import type { SegmentHead, Store, TextSearch } from '../store/open-store.ts';
import type { FromSearchThread, SearchThreadData, ToSearchThread } from './search-thread.ts';

/** Below this much content the thread that asks is done before another has started. */
const WORTH_THREADS_BYTES = 4 * 1024 * 1024;
const MAX_THREADS = 2;
/** A pattern that has not gone through one segment by then, some megabytes, would perhaps never. */
const PATTERN_MS = 10_000;
/** A caller that waits for first rows hears of progress so often. */
const TELL_MS = 200;

/** Whoever asks where there is one only. */
const SOMEBODY = '';

interface Running {
  readonly key: string;
  readonly search: TextSearch;
  readonly done: Promise<void>;
  readonly abort: AbortController;
  readonly askers: Set<string>;
}

export class EntrySearch {
  readonly #store: Store;
  readonly #nativeBinding: string | undefined;
  #threads: SearchThread[] = [];
  #running: readonly Running[] = [];
  #filtering: Promise<void> | undefined;
  #isClosed = false;
  /** Conditions on text that took too long: they are refused at once when the next question comes with them. */
  readonly #tooSlow = new Set<string>();
  readonly #patternMs: number;

  constructor(store: Store, nativeBinding: string | undefined, patternMs = PATTERN_MS) {
    this.#patternMs = patternMs;
    this.#store = store;
    this.#nativeBinding = nativeBinding;
  }

  /** Finds all entries of a filter with text; at once where it has none, or the answer is known. Rejects with `cancelled`. */
  async run(
    filter: EntryFilter,
    order: TextSearch['order'] = 'oldest-first',
    asker: string = SOMEBODY,
  ): Promise<void> {
    await this.#begin(filter, order, asker)?.done;
  }

  /**
   * The first rows of a search as soon as they are certain, or how far it is after a moment; ask again for more.
   * The search goes on meanwhile. Rejects with `cancelled`.
   */
  async look(
    filter: EntryFilter,
    order: TextSearch['order'],
    limit: number,
    asker: string = SOMEBODY,
  ): Promise<SearchState> {
    const running = this.#begin(filter, order, asker);
    if (!running) {
      const { rows, total } = this.#store.entries.page(filter, { order, offset: 0, limit });
      return { rows, hits: total, bytes: 0, bytesTotal: 0, complete: true };
    }
    const { search, done } = running;
    const until = performance.now() + TELL_MS;
    // A search that goes the other way is certain of its last rows first.
    const listFirst = (): EntryRow[] => (search.order === order ? search.listFirst(limit) : []);
    let rows = listFirst();
    while (!search.isFinished && rows.length < limit && performance.now() < until) {
      await Promise.race([done, sleep(TELL_MS / 10)]);
      rows = listFirst();
    }
    if (running.abort.signal.aborted) throw createFailure('cancelled', 'another search took its place');
    const { hits, bytes, bytesTotal, isFinished: complete } = search;
    return { rows, hits, bytes, bytesTotal, complete };
  }

  /** Ends the asker's search under way, if there is one that nobody else waits for. */
  cancel(asker: string = SOMEBODY): void {
    for (const { askers, abort } of this.#running) {
      if (askers.delete(asker) && askers.size === 0) abort.abort();
    }
    this.#running = this.#running.filter(({ askers }) => askers.size > 0);
  }

  /** Makes the filters that are missing, whenever no search runs. Ends early at `close`. */
  makeFilters(): Promise<void> {
    this.#filtering ??= this.#makeFilters().finally(() => (this.#filtering = undefined));
    return this.#filtering;
  }

  /** True where no thread has been started. */
  get isIdle(): boolean {
    return this.#threads.length === 0;
  }

  /** Ends what runs; the threads' connections are closed when it resolves. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { abort } of this.#running) abort.abort();
    this.#running = [];
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((thread) => thread.stop()));
  }

  #begin(filter: EntryFilter, order: TextSearch['order'], asker: string): Running | undefined {
    const key = JSON.stringify(filter);
    const same = this.#running.find((running) => running.key === key);
    if (same) {
      if (!same.askers.has(asker)) this.cancel(asker);
      same.askers.add(asker);
      return same;
    }
    const search = this.#store.entries.beginSearch(filter, order);
    if (!search) return undefined;
    // Another connection would see little of what an import has written, and keep it from writing.
    if (this.#store.showsUnfinished)
      throw createFailure('not-found', 'text is searched once all has been read');
    // Too little to be divided is searched when it is asked for; a pattern never, since a thread can be ended.
    if (search.bytesTotal < WORTH_THREADS_BYTES && !search.isUnbounded) return undefined;
    if (search.segments.length === 0) return undefined;
    this.cancel(asker);
    const abort = new AbortController();
    const done = this.#search(search, abort.signal).finally(() => {
      this.#running = this.#running.filter((running) => running.search !== search);
    });
    done.catch(() => {});
    const begun = { key, search, done, abort, askers: new Set([asker]) };
    this.#running = [...this.#running, begun];
    return begun;
  }

  async #search(search: TextSearch, signal: AbortSignal): Promise<void> {
    const queue = [...search.segments];
    while (queue.length > 0) {
      await Promise.all(
        this.#ensureThreads().map(async (thread) => {
          for (let segment = queue.shift(); segment; segment = queue.shift()) {
            const found = await this.#findOn(thread, segment, search);
            if (signal.aborted) throw createFailure('cancelled', 'another search took its place');
            if (found === 'ended') {
              queue.push(segment);
              return;
            }
            if (found.kind === 'rows') search.add(segment, found.rows);
          }
        }),
      );
    }
  }

  /**
   * Ends all threads where a pattern takes too long on one segment: nothing else ends it. Another search goes on with new
   * ones.
   */
  async #findOn(
    thread: SearchThread,
    segment: SegmentHead,
    { text, isUnbounded }: TextSearch,
  ): Promise<FromSearchThread | 'ended'> {
    const key = JSON.stringify(text);
    if (this.#tooSlow.has(key)) throw tellSlow(text);
    let begin = (): void => {};
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const found = thread.ask({ kind: 'find', segment, text }, begin).catch((error: unknown) => {
      if (error instanceof ThreadEnded && !this.#isClosed) return 'ended' as const;
      throw error;
    });
    if (!isUnbounded) return found;
    // What waits behind another's search is not slow.
    await begun;
    const limit = new AbortController();
    const late = sleep(this.#patternMs, 'late' as const, { signal: limit.signal, ref: false });
    const first = await Promise.race([found, late.catch(() => 'late' as const)]).finally(() => limit.abort());
    if (first !== 'late') return first;
    found.catch(() => {});
    this.#tooSlow.add(key);
    const threads = this.#threads;
    this.#threads = [];
    await Promise.all(threads.map((other) => other.end()));
    throw tellSlow(text);
  }

  async #makeFilters(): Promise<void> {
    const queue = this.#store.listUnfiltered();
    if (queue.length === 0) return;
    await Promise.all(
      this.#ensureThreads().map(async (thread) => {
        for (let segment = queue.shift(); segment; segment = queue.shift()) {
          await Promise.allSettled(this.#running.map(({ done }) => done));
          if (this.#isClosed) return;
          const made = await thread.ask({ kind: 'filter', segment });
          if (made.kind === 'bits' && !this.#isClosed) this.#store.writer.saveFilter(segment, made.bits);
        }
      }),
    );
  }

  #ensureThreads(): readonly SearchThread[] {
    const wanted = Math.min(availableParallelism(), MAX_THREADS);
    while (this.#threads.length < wanted) {
      this.#threads.push(new SearchThread({ file: this.#store.file, nativeBinding: this.#nativeBinding }));
    }
    return this.#threads;
  }
}

function tellSlow({ pattern, not }: TextSearch['text']): FailureError {
  const subject = pattern ?? not?.pattern ?? '';
  return createFailure('pattern-too-slow', 'the regular expression takes too long', { subject });
}

class ThreadEnded extends Error {}

/** One thread; questions wait their turn. */
class SearchThread {
  readonly #worker: Worker;
  readonly #waiting: {
    readonly resolve: (answer: FromSearchThread) => void;
    readonly reject: (error: unknown) => void;
    readonly begin: () => void;
  }[] = [];
  readonly #ended: Promise<void>;

  constructor(data: SearchThreadData) {
    this.#worker = new Worker(new URL(`./search-thread${import.meta.url.slice(-3)}`, import.meta.url), {
      workerData: data,
    });
    this.#ended = new Promise((resolve) => this.#worker.once('exit', () => resolve()));
    this.#worker.on('message', (answer: FromSearchThread) => {
      const { resolve, reject } = this.#waiting.shift()!;
      this.#waiting[0]?.begin();
      if (answer.kind === 'failed') reject(new Error(answer.message));
      else resolve(answer);
    });
    this.#worker.on('error', (error) => this.#giveUp(error));
    // A search that nobody waits for keeps no process alive.
    this.#worker.unref();
  }

  /** `begin` is called when it is its turn. */
  ask(
    question: Exclude<ToSearchThread, { kind: 'stop' }>,
    begin: () => void = () => {},
  ): Promise<FromSearchThread> {
    this.#worker.ref();
    return new Promise<FromSearchThread>((resolve, reject) => {
      this.#waiting.push({ resolve, reject, begin });
      if (this.#waiting.length === 1) begin();
      this.#worker.postMessage(question);
    }).finally(() => {
      if (this.#waiting.length === 0) this.#worker.unref();
    });
  }

  /** Ends it at once, whatever it does; what waits for it is refused. */
  async end(): Promise<void> {
    await this.#worker.terminate();
    this.#giveUp(new ThreadEnded('the search thread was ended'));
  }

  async stop(): Promise<void> {
    this.#worker.ref();
    this.#worker.postMessage({ kind: 'stop' } satisfies ToSearchThread);
    await this.#ended;
  }

  #giveUp(error: unknown): void {
    for (const { reject, begin } of this.#waiting.splice(0)) {
      begin();
      reject(error);
    }
  }
}
