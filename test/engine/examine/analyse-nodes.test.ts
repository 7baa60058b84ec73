import { expect, test } from 'vitest';
import { RunBudget, SortedRuns, sortRun } from '../../../src/engine/base/sorted-runs.ts';
import { analyseNodes, type NodeTask } from '../../../src/engine/examine/analyse-nodes.ts';
import { simulateLog } from '../../simulator/simulate-log.ts';

const log = simulateLog({
  seed: 11,
  nodes: 3,
  processes: 4,
  days: 2,
  entriesPerNode: 4000,
  boots: 2,
  start: 'fork',
  recycleAfter: 500,
  jitterMs: 3,
  skew: 0.2,
});

/** The log's nodes, of which every 97th entry is lost; in runs of 1,000 entries. */
function listTasks(budget: RunBudget): NodeTask[] {
  return log.nodeNames.map((node, number) => {
    const entries = new SortedRuns(budget);
    const rows = Array.from(log.node.keys()).filter((row) => log.node[row] === number && row % 97 !== 0);
    for (let at = 0; at < rows.length; at += 1000) {
      const part = rows.slice(at, at + 1000);
      const share = (bytes: number) => new SharedArrayBuffer(part.length * bytes);
      const run = {
        tsMicros: new Float64Array(share(8)),
        seq: new Uint32Array(share(4)),
        line: new Uint32Array(share(4)),
      };
      run.tsMicros.set(part.map((row) => log.tsMicros[row] ?? 0));
      run.seq.set(part.map((row) => log.seq[row] ?? 0));
      run.line.set(part.map((row) => row + 1));
      entries.add(0, sortRun(run));
    }
    return { node, entries, files: [], malformed: [] };
  });
}

const { signal } = new AbortController();

test.each([
  ['in memory', 1 << 30],
  ['spilled', 0],
])('threads find what one thread finds, with entries %s', async (_, budgetBytes) => {
  const budget = new RunBudget({ budgetBytes });
  try {
    const tasks = listTasks(budget);
    const alone = await analyseNodes(tasks, { signal, worthAThread: Number.POSITIVE_INFINITY });
    expect(alone.map(({ node }) => node)).toEqual(log.nodeNames);
    expect(alone.every(({ missing }) => missing > 0)).toBe(true);
    expect(await analyseNodes(tasks, { signal, worthAThread: 1 })).toEqual(alone);
  } finally {
    budget.close();
  }
});

test('a cancelled check ends its threads', async () => {
  const budget = new RunBudget({ budgetBytes: 1 << 30 });
  const stopping = new AbortController();
  const analysing = analyseNodes(listTasks(budget), { signal: stopping.signal, worthAThread: 1 });
  stopping.abort();
  await expect(analysing).rejects.toMatchObject({ failure: { code: 'cancelled' } });
  budget.close();
});
