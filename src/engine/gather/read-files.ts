/** Reads many files on as many threads as pay off, and hands their batches over one at a time. */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { createFailure, throwIfCancelled } from '../base/failure.ts';
import { type FileReading, type LineStart, planReading, type SourceFile } from '../source/open-source.ts';
import { type ReadBatch, readBatches } from './read-batches.ts';
import type { FromThread, ToThread } from './read-thread.ts';
import { TupleReceiver } from './send-tuples.ts';

/** Below this much a thread costs more to start than it saves. */
const WORTH_A_THREAD_BYTES = 32 * 1024 * 1024;
/** Reading is bound by memory and disk: more threads than this made it slower, not quicker. */
const MAX_THREADS = 4;

export interface ReadFilesOptions {
  readonly keep: boolean;
  /** By file index: where a file that was read before goes on. */
  readonly after?: ReadonlyMap<number, LineStart> | undefined;
  /** Whether a file's last line may still be written. */
  readonly holdsBack?: ((file: SourceFile) => boolean) | undefined;
  readonly signal: AbortSignal;
  /** Batches of one file come in order; those of several files interleave. */
  readonly onBatch: (read: ReadBatch) => void;
  readonly onEnd: (file: SourceFile, reading: FileReading) => void;
  /** Stored bytes of a file read so far. */
  readonly onBytes: (file: number, bytes: number) => void;
}

/** Reads all files. Rejects with `cancelled` when the signal says so, and with the first error otherwise. */
export async function readFiles(files: readonly SourceFile[], options: ReadFilesOptions): Promise<void> {
  const bytes = files.reduce((sum, file) => sum + file.storedBytes, 0);
  if (bytes < WORTH_A_THREAD_BYTES) return readHere(files, options);
  // The largest group first: the last to finish should be a small one.
  const queue = planReading(files);
  const threads = Math.min(availableParallelism(), MAX_THREADS, queue.length);
  const others = new AbortController();
  const signal = AbortSignal.any([options.signal, others.signal]);
  const running = Array.from({ length: threads - 1 }, () => runThread(queue, { ...options, signal }));
  // Taking batches, and even writing them, is little beside reading: this thread reads too.
  running.push(readAlong(queue, { ...options, signal }));
  try {
    await Promise.all(running);
  } catch (error) {
    others.abort();
    await Promise.allSettled(running);
    throw error;
  }
}

async function readAlong(queue: SourceFile[][], options: ReadFilesOptions): Promise<void> {
  for (let group = queue.shift(); group; group = queue.shift()) await readHere(group, options);
}

async function readHere(files: readonly SourceFile[], options: ReadFilesOptions): Promise<void> {
  for (const file of files) {
    const batches = readBatches(file, {
      keep: options.keep,
      after: options.after?.get(file.index),
      holdsBack: options.holdsBack?.(file),
      signal: options.signal,
      onBytes: (bytes) => options.onBytes(file.index, bytes),
      // What other threads read, and a wish to cancel, must not wait for a whole batch.
      pause: () => setImmediate(),
    });
    for (;;) {
      throwIfCancelled(options.signal);
      const step = await batches.next();
      if (step.done) {
        options.onEnd(file, step.value);
        break;
      }
      options.onBatch(step.value);
    }
  }
}

function runThread(queue: SourceFile[][], options: ReadFilesOptions): Promise<void> {
  const thread = new Worker(new URL(`./read-thread${import.meta.url.slice(-3)}`, import.meta.url));
  const tell = (message: ToThread): void => thread.postMessage(message);
  const group: SourceFile[] = [];
  const tuples = new TupleReceiver();
  let current: SourceFile | undefined;
  return new Promise<void>((resolve, reject) => {
    const readNext = (): void => {
      if (group.length === 0) group.push(...(queue.shift() ?? []));
      current = group.shift();
      if (current) {
        tell({
          kind: 'read',
          file: current,
          keep: options.keep,
          after: options.after?.get(current.index),
          holdsBack: options.holdsBack?.(current),
        });
      } else resolve();
    };
    const handle = (message: FromThread): void => {
      switch (message.kind) {
        case 'bytes':
          options.onBytes(message.file, message.bytes);
          break;
        case 'batch':
          options.onBatch(receiveBatch(message, tuples));
          tell({ kind: 'taken' });
          break;
        case 'end':
          if (current) options.onEnd(current, message.reading);
          readNext();
      }
    };
    const stop = (): void => reject(createFailure('cancelled', 'the check was cancelled'));
    if (options.signal.aborted) return stop();
    options.signal.addEventListener('abort', stop, { once: true });
    thread.on('error', reject);
    thread.on('message', (message: FromThread) => {
      try {
        if (!options.signal.aborted) handle(message);
      } catch (error) {
        reject(error);
      }
    });
    readNext();
  }).then(
    () => tell({ kind: 'stop' }),
    async (error: unknown) => {
      await thread.terminate();
      throw error;
    },
  );
}

function receiveBatch(
  { read, tuples: sent }: Extract<FromThread, { kind: 'batch' }>,
  tuples: TupleReceiver,
): ReadBatch {
  return read.batch && sent ? { ...read, batch: { ...read.batch, tuples: tuples.receive(sent) } } : read;
}
