/** Analyses the nodes of a source: large ones side by side, on threads and in this one, all others here. */
import { availableParallelism } from 'node:os';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { analyseNode, type NodeAnalysis, type NodeInput } from '../analysis/analyse.ts';
import { createFailure, throwIfCancelled } from '../base/failure.ts';
import type { SortedRuns } from '../base/sorted-runs.ts';
import type { FromAnalyseThread, ToAnalyseThread } from './analyse-thread.ts';

/** Below so many entries a thread takes longer to start than it saves. */
const WORTH_A_THREAD = 1_000_000;
const MAX_THREADS = 4;

/** One node, with entries that several threads can read. */
export interface NodeTask extends Omit<NodeInput, 'entries'> {
  readonly entries: SortedRuns;
}

/** Gives the analyses in the order of the tasks. Rejects with `cancelled` when the signal says so. */
export async function analyseNodes(
  tasks: readonly NodeTask[],
  options: { readonly signal: AbortSignal; readonly worthAThread?: number | undefined },
): Promise<NodeAnalysis[]> {
  const { signal, worthAThread = WORTH_A_THREAD } = options;
  const analyses = new Map<NodeTask, NodeAnalysis>();
  // The largest first: the last to be finished should be a small one.
  const queue = tasks.toSorted((a, b) => b.entries.count - a.entries.count);
  const large = queue.filter(({ entries }) => entries.count >= worthAThread).length;
  const threads = Math.min(large, availableParallelism(), MAX_THREADS);
  const running = Array.from({ length: threads - 1 }, () => runThread(queue, analyses, signal));
  // Nobody waits for them while this thread is at work.
  for (const thread of running) thread.catch(() => {});
  for (let task = queue.shift(); task; task = queue.shift()) {
    throwIfCancelled(signal);
    analyses.set(task, analyseNode(task));
    // What the threads found, and what they are to do next, must not wait for all that is left here.
    await setImmediate();
  }
  await Promise.all(running);
  return tasks.map((task) => analyses.get(task)!);
}

/** Analyses on a thread what is left in the queue. */
function runThread(
  queue: NodeTask[],
  analyses: Map<NodeTask, NodeAnalysis>,
  signal: AbortSignal,
): Promise<void> {
  const thread = new Worker(new URL(`./analyse-thread${import.meta.url.slice(-3)}`, import.meta.url));
  const stop = (): void => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<void>((resolve, reject) => {
    let current: NodeTask | undefined;
    const tellNext = (): void => {
      current = queue.shift();
      if (!current) resolve();
      const task = current && { ...current, entries: current.entries.share() };
      thread.postMessage(task satisfies ToAnalyseThread);
    };
    thread.once('error', reject);
    thread.on('message', (analysis: FromAnalyseThread) => {
      if (current) analyses.set(current, analysis);
      tellNext();
    });
    // After what it told, or instead of it: then it was stopped.
    thread.once('exit', () => reject(createFailure('cancelled', 'the check was cancelled')));
    thread.once('online', tellNext);
    if (signal.aborted) stop();
  }).finally(() => signal.removeEventListener('abort', stop));
}
