/** Entry of an analysis thread: analyses the nodes that it was started with, tells what it found, and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { analyseNode, type NodeAnalysis, type NodeInput } from './analysis/analyse.ts';
import { assert } from './base/assert.ts';
import { openShared, type SharedRuns } from './base/sorted-runs.ts';

export interface AnalyseThreadData {
  readonly tasks: readonly (Omit<NodeInput, 'entries'> & { readonly entries: SharedRuns })[];
}

/** In the order of the tasks. */
export interface FromAnalyseThread {
  readonly analyses: NodeAnalysis[];
}

assert(parentPort !== null, 'this module is a thread entry');
const { tasks } = workerData as AnalyseThreadData;
const analyses = tasks.map((task) => analyseNode({ ...task, entries: openShared(task.entries) }));
parentPort.postMessage({ analyses } satisfies FromAnalyseThread);
