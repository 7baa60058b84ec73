/** Analyses the nodes of a source: large ones side by side, on threads and in this one, all others here. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { AnalyseThreadData, FromAnalyseThread } from './analyse-thread.ts';
import { analyseNode, type NodeAnalysis, type NodeInput } from './analysis/analyse.ts';
import { createFailure, throwIfCancelled } from './base/failure.ts';
import type { SortedRuns } from './base/sorted-runs.ts';

/** Below so many entries a thread takes longer to start than it saves. */
const WORTH_A_THREAD = 200_000;
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
  const [own = [], ...others] = shareOut(tasks, worthAThread);
  const running = others.map(async (share) => {
    const found = await analyseOnThread(share, signal);
    for (const [at, task] of share.entries()) analyses.set(task, found[at]!);
  });
  // Nobody waits for them while this thread is at work.
  for (const thread of running) thread.catch(() => {});
  for (const task of own) {
    throwIfCancelled(signal);
    analyses.set(task, analyseNode(task));
  }
  await Promise.all(running);
  return tasks.map((task) => analyses.get(task)!);
}

/** Shares for threads of about equal size, the first for this one: each takes the largest task that is left. */
function shareOut(tasks: readonly NodeTask[], worthAThread: number): NodeTask[][] {
  const bySize = [...tasks].sort((a, b) => b.entries.count - a.entries.count);
  const large = bySize.filter(({ entries }) => entries.count >= worthAThread).length;
  const threads = Math.max(1, Math.min(large, availableParallelism(), MAX_THREADS));
  const shares = Array.from({ length: threads }, () => ({ tasks: [] as NodeTask[], entries: 0 }));
  for (const task of bySize) {
    const least = shares.reduce((a, b) => (b.entries < a.entries ? b : a));
    least.tasks.push(task);
    least.entries += task.entries.count;
  }
  return shares.map((share) => share.tasks);
}

function analyseOnThread(tasks: readonly NodeTask[], signal: AbortSignal): Promise<NodeAnalysis[]> {
  const shared = tasks.map((task) => ({ ...task, entries: task.entries.share() }));
  const thread = new Worker(new URL(`./analyse-thread${import.meta.url.slice(-3)}`, import.meta.url), {
    workerData: { tasks: shared } satisfies AnalyseThreadData,
  });
  const stop = (): void => void thread.terminate();
  signal.addEventListener('abort', stop, { once: true });
  return new Promise<NodeAnalysis[]>((resolve, reject) => {
    thread.once('error', reject);
    thread.once('message', ({ analyses }: FromAnalyseThread) => resolve(analyses));
    // After what it told, or instead of it: then it was stopped.
    thread.once('exit', () => reject(createFailure('cancelled', 'the check was cancelled')));
    if (signal.aborted) stop();
  }).finally(() => signal.removeEventListener('abort', stop));
}
