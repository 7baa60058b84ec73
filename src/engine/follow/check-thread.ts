/**
 * Entry of a check thread: examines what the workspace holds, as it is told, while the engine reads on.
 *
 * What it examines is what it finds in one read transaction: entries that came after the task was written, too.
 */
import { parentPort } from 'node:worker_threads';
import type { Report } from '../../contract/report.ts';
import { assert } from '../base/assert.ts';
import { type ExamineOptions, examine } from '../examine/examine.ts';
import { Census } from '../gather/census.ts';
import { countBatch } from '../gather/count-batch.ts';
import type { Gathered, GatheredFile } from '../gather/gather.ts';
import type { FileReading } from '../source/open-source.ts';
import { openReplay } from '../store/open-store.ts';
import type { FollowedState } from './follow-paths.ts';
import { findOpenEnd } from './open-end.ts';
import { hashBasis } from './report-basis.ts';

export interface CheckTask {
  readonly paths: readonly string[];
  readonly read: Omit<Gathered, 'census'>;
  /** By the index of a file: the workspace's. */
  readonly ids: ReadonlyMap<number, number>;
  readonly options: Omit<ExamineOptions, 'signal' | 'end'>;
  readonly following: FollowedState;
  readonly budgetBytes: number;
  readonly spillDirectory: string;
}

export interface CheckedAside {
  readonly report: Report;
  /** As `hashBasis` gives it. */
  readonly basis: string;
  /** Entries of the workspace that were examined. */
  readonly entries: number;
}

export interface ThreadData {
  readonly workspace: string;
  readonly nativeBinding: string | undefined;
}

assert(parentPort !== null, 'this module is a thread entry');
const port = parentPort;
const never = new AbortController().signal;

port.on('message', async (task: { readonly data: ThreadData; readonly task: CheckTask } | undefined) => {
  // Ends by having nothing left to do: an exit by force while code still compiles has hung before.
  if (task === undefined) port.close();
  else port.postMessage(await check(task.data, task.task));
});

async function check(
  { workspace, nativeBinding }: ThreadData,
  { paths, read, ids, options, following, ...census }: CheckTask,
): Promise<CheckedAside> {
  const { files, counted, entries } = replay(workspace, nativeBinding, { files: read.files, ids, census });
  try {
    const gathered: Gathered = { ...read, files, census: counted };
    const end = findOpenEnd(gathered, Date.now(), following);
    const report = await examine(paths, gathered, { ...options, signal: never, end });
    return { report, basis: hashBasis(gathered, options.made), entries };
  } finally {
    counted.close();
  }
}

function replay(
  workspace: string,
  nativeBinding: string | undefined,
  {
    files,
    ids,
    census,
  }: Pick<CheckTask, 'ids'> & {
    readonly files: Gathered['files'];
    readonly census: ConstructorParameters<typeof Census>[0];
  },
): { files: Gathered['files']; counted: Census; entries: number } {
  const store = openReplay(workspace, nativeBinding);
  const counted = new Census(census);
  const now = new Map<number, GatheredFile>(files);
  let entries = 0;
  try {
    const records = new Map(store.listFiles().map((record) => [record.id, record]));
    for (const [index, id] of ids) {
      const { file } = files.get(index)!;
      const record = records.get(id);
      if (record) now.set(index, { file, reading: JSON.parse(record.reading) as FileReading });
      for (const batch of store.replayFile(id)) {
        entries += batch.count;
        counted.add(countBatch({ file: index, ...batch }), file.root);
      }
    }
    return { files: now, counted, entries };
  } catch (error) {
    counted.close();
    throw error;
  } finally {
    store.close();
  }
}
