/**
 * Entry of a thread that divides what a workspace holds into streams once more, and tells of each line which one it is of.
 * It is started for one task, over one read transaction.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { labelStreams, type TellRun } from '../analysis/label-streams.ts';
import { assert } from '../base/assert.ts';
import { REF_LINES } from '../batch.ts';
import { Census } from '../gather/census.ts';
import { countBatch } from '../gather/count-batch.ts';
import { openReplay, type StreamLabels } from '../store/open-store.ts';

export interface LabelTask {
  readonly workspace: string;
  readonly nativeBinding: string | undefined;
  /** By source: the workspace's files, without those that are another's copies. */
  readonly sources: readonly (readonly number[])[];
  /** By file: the processes of its lines, where they are named. */
  readonly processes: ReadonlyMap<number, Uint32Array>;
  readonly budgetBytes: number;
  readonly spillDirectory: string;
}

/** How far it is, in parts of a hundred; and at the end, what it found. */
export type FromLabelThread =
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'labels'; readonly labels: StreamLabels };

/** A stream's number in labels of 16 bits; 0 stands for none. */
const NARROW = 0xffff;

assert(parentPort !== null, 'this module is a thread entry');
const port = parentPort;
const labels = label(workerData as LabelTask, (percent) =>
  port.postMessage({ kind: 'progress', percent } satisfies FromLabelThread),
);
const buffers = [...labels.files.values()].map(({ buffer }) => buffer as ArrayBuffer);
port.postMessage({ kind: 'labels', labels } satisfies FromLabelThread, buffers);

function label(
  { workspace, nativeBinding, sources, processes, ...budget }: LabelTask,
  tell: (percent: number) => void,
): StreamLabels {
  const store = openReplay(workspace, nativeBinding);
  const census = new Census(budget);
  try {
    const lengths = new Map<number, number>();
    const files = sources.flat().length;
    for (const [source, ids] of sources.entries()) {
      for (const id of ids) {
        for (const batch of store.replayFile(id)) {
          lengths.set(id, Math.max(lengths.get(id) ?? 0, batch.firstLine + batch.lines));
          census.add(countBatch({ file: id, ...batch }), source);
        }
        tell((lengths.size / files) * 50);
      }
    }
    return divide(census, { lengths, processes }, (done) => tell(50 + done * 50));
  } finally {
    census.close();
    store.close();
  }
}

function divide(
  census: Census,
  { lengths, processes }: Pick<LabelTask, 'processes'> & { readonly lengths: ReadonlyMap<number, number> },
  tell: (done: number) => void,
): StreamLabels {
  // Several entries on one line are told apart by what they are.
  const glued = new Set(census.malformed.filter(({ salvaged }) => salvaged.length > 0).map(({ ref }) => ref));
  const found: { ref: number; seq: number; tsMicros: number; run: number }[] = [];
  const runs = new Map([...lengths].map(([file, length]) => [file, new Uint32Array(length)]));
  const streamOf: number[] = [0];
  const streams: StreamLabels['streams'][number][] = [];
  const nodes = [...census.nodes].flatMap(([source, own]) =>
    [...own].map((one) => [source, ...one] as const),
  );
  for (const [index, [source, node, { runs: entries }]] of nodes.entries()) {
    const base = streamOf.length;
    const tellRun: TellRun = (ref, seq, tsMicros, run) => {
      const file = Math.floor(ref / REF_LINES);
      if (glued.has(ref)) found.push({ ref, seq, tsMicros, run: base + run });
      else runs.get(file)![ref - file * REF_LINES] = base + run;
    };
    const { streams: own, streamOf: ownStreamOf } = labelStreams(entries, tellRun, processes);
    for (const stream of ownStreamOf) streamOf.push(streams.length + 1 + stream);
    for (const { firstSeq, lastSeq, firstTsMicros } of own) {
      streams.push({ source, node, firstSeq, lastSeq, firstTsMicros });
    }
    tell((index + 1) / nodes.length);
  }
  const isNarrow = streams.length <= NARROW;
  return {
    streams,
    files: new Map(
      [...runs].map(([file, own]) => {
        const numbers = isNarrow ? new Uint16Array(own.length) : own;
        for (let line = 0; line < own.length; line += 1) numbers[line] = streamOf[own[line]!]!;
        return [file, numbers];
      }),
    ),
    glued: found.map(({ run, ...entry }) => ({ ...entry, stream: streamOf[run]! })),
  };
}
