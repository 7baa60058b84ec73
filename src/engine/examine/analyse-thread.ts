/** Entry of an analysis thread: analyses one node after another, as it is told. */
import { parentPort } from 'node:worker_threads';
import { analyseNode, type NodeAnalysis, type NodeInput } from '../analysis/analyse.ts';
import { assert } from '../base/assert.ts';
import { openShared, type SharedRuns } from '../base/sorted-runs.ts';

/** A node to analyse; `undefined`: there is none left. */
export type ToAnalyseThread = (Omit<NodeInput, 'entries'> & { readonly entries: SharedRuns }) | undefined;
export type FromAnalyseThread = NodeAnalysis;

assert(parentPort !== null, 'this module is a thread entry');
const port = parentPort;
port.on('message', (task: ToAnalyseThread) => {
  // Ends by having nothing left to do: an exit by force while code still compiles has hung before.
  if (task === undefined) port.close();
  else
    port.postMessage(analyseNode({ ...task, entries: openShared(task.entries) }) satisfies FromAnalyseThread);
});
