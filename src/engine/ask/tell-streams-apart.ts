/**
 * Which stream each entry of a workspace is in. It is found out when it is first asked for, on a thread, and anew when the
 * report has changed; of a log that grows, not so often that it costs more than a tenth of the time.
 *
 * Guaranteed: the division is the one that the check makes of the same entries, and streams bear the report's ids.
 * Not known: entries that were read since, and streams that the report does not tell, such as those outside its period.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { EntryFilter, EntryStream } from '../../contract/entry.ts';
import type { Report } from '../../contract/report.ts';
import { createFailure } from '../base/failure.ts';
import { chooseSpillDirectory } from '../base/places.ts';
import { findSpool } from '../base/removed-files.ts';
import { parseTs } from '../base/timestamp.ts';
import { readProcesses } from '../source/open-source.ts';
import type { Store, StreamLabels } from '../store/open-store.ts';
import type { FromLabelThread, LabelTask } from './label-thread.ts';

/** Sorted entries that are kept in memory meanwhile; the others go to a file beside the workspace. */
const BUDGET_BYTES = 32 * 1024 * 1024;
/** What took so long is not done again before so many times as long has passed. */
const REST = 10;

interface Known {
  readonly report: Report;
  readonly labels: StreamLabels;
  /** The files that it was made of. */
  readonly sources: string;
  readonly restUntil: number;
}

export class LabelledStreams {
  readonly #store: Store;
  readonly #nativeBinding: string | undefined;
  readonly #needReport: () => Report;
  #known: Known | undefined;
  #running: Promise<void> | undefined;
  #thread: Worker | undefined;
  #isClosed = false;
  readonly #listeners = new Set<(percent: number) => void>();

  constructor(store: Store, nativeBinding: string | undefined, needReport: () => Report) {
    this.#store = store;
    this.#nativeBinding = nativeBinding;
    this.#needReport = needReport;
  }

  /** Tells the streams apart where the filter asks for them; what else it asks for is not waited for. */
  async prepare({ stream, not }: EntryFilter, onProgress?: (percent: number) => void): Promise<void> {
    if (stream || not?.stream) await this.tellApart(onProgress);
  }

  /** Failures: `not-found` before the first report, `cancelled` where the workspace is closed. */
  async tellApart(onProgress?: (percent: number) => void): Promise<void> {
    const report = this.#needReport();
    const sources = listSources(report, this.#store);
    if (this.#known?.report === report) return;
    if (
      this.#known &&
      this.#known.sources === JSON.stringify(sources) &&
      Date.now() < this.#known.restUntil
    ) {
      await this.#tell({ ...this.#known, report });
      return;
    }
    if (onProgress) this.#listeners.add(onProgress);
    this.#running ??= this.#run(report, sources).finally(() => {
      this.#running = undefined;
      this.#listeners.clear();
    });
    await this.#running;
  }

  /** An entry among those of its stream; undefined where none is known. */
  async look(id: string, onProgress?: (percent: number) => void): Promise<EntryStream | undefined> {
    await this.tellApart(onProgress);
    const steps = this.#store.entries.lookAlongStream(id);
    let step = steps.next();
    for (; !step.done; step = steps.next()) await breathe();
    if (!step.value) return undefined;
    const { stream, before, after } = step.value;
    return {
      id: stream,
      ...(before && { before }),
      ...(after && { after }),
      mixedWith: countMixed(this.#needReport(), stream),
    };
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#thread?.terminate();
    await this.#running?.catch(() => {});
  }

  async #run(report: Report, sources: number[][]): Promise<void> {
    const begun = Date.now();
    const labels = await this.#label(sources);
    const restUntil = Date.now() + (Date.now() - begun) * REST;
    await this.#tell({ report, labels, sources: JSON.stringify(sources), restUntil });
  }

  async #tell(known: Known): Promise<void> {
    const { labels, report } = known;
    for (const _ of this.#store.entries.setStreams(labels, nameStreams(labels, report))) {
      await breathe();
      if (this.#isClosed) throw createFailure('cancelled', 'the workspace was closed');
    }
    this.#known = known;
  }

  /** Of a receiver's spool that is where it was: a copy of it elsewhere is divided as any other log. */
  async #readProcesses(ids: readonly number[]): Promise<Map<number, Uint32Array>> {
    const pathOf = new Map(this.#store.listSources().map(({ id, path }) => [id, path]));
    const found = new Map<number, Uint32Array>();
    for (const { id, source, path } of this.#store.listFiles()) {
      const root = pathOf.get(source) ?? '';
      if (!ids.includes(id) || findSpool(root) === undefined) continue;
      const processes = await readProcesses(join(root, path)).catch(() => undefined);
      if (processes) found.set(id, processes);
    }
    return found;
  }

  async #label(sources: number[][]): Promise<StreamLabels> {
    const opened = this.#store.listSources().map(({ path }) => path);
    const place = chooseSpillDirectory(opened, [dirname(this.#store.file)]);
    // A thread that is ended leaves what it has written.
    const spillDirectory = mkdtempSync(join(place, 'unbroken-streams-'));
    const workerData: LabelTask = {
      ...{ workspace: this.#store.file, nativeBinding: this.#nativeBinding, sources, spillDirectory },
      processes: await this.#readProcesses(sources.flat()),
      budgetBytes: BUDGET_BYTES,
    };
    const thread = new Worker(new URL(`./label-thread${import.meta.url.slice(-3)}`, import.meta.url), {
      workerData,
    });
    this.#thread = thread;
    try {
      return await new Promise((resolve, reject) => {
        let labels: StreamLabels | undefined;
        thread.on('message', (message: FromLabelThread) => {
          if (message.kind === 'labels') labels = message.labels;
          else for (const listener of this.#listeners) listener(message.percent);
        });
        thread.once('error', reject);
        thread.once('exit', () => {
          if (labels) resolve(labels);
          else reject(createFailure('cancelled', 'the workspace was closed'));
        });
      });
    } finally {
      this.#thread = undefined;
      rmSync(spillDirectory, { recursive: true, force: true });
    }
  }
}

/** By source: the workspace's files that its entries are counted in. */
function listSources(report: Report, store: Store): number[][] {
  const idOf = new Map(
    store.listFiles().flatMap(({ path, state, id }) => (state === 'current' ? [[path, id]] : [])),
  );
  return report.sources.map((_, source) =>
    report.files.flatMap((file) => {
      const id = file.source === source && file.copyOf === undefined ? idOf.get(file.path) : undefined;
      return id === undefined ? [] : [id];
    }),
  );
}

/** The report's ids of the labelled streams: a source's node has each seq at a time once. */
function nameStreams({ streams }: StreamLabels, report: Report): (string | undefined)[] {
  const key = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);
  const idOf = new Map(
    report.streams.map(({ id, source, node, firstSeq, firstTs }) => [
      key(source, node, firstSeq, parseTs(firstTs)),
      id,
    ]),
  );
  return streams.map(({ source, node, firstSeq, firstTsMicros }) =>
    idOf.get(key(source, node, firstSeq, firstTsMicros)),
  );
}

/** Streams that stood beside a gap at the same seq as this one: which of them lost its entries nothing tells. */
function countMixed({ findings }: Report, id: string): number {
  const others = new Set(findings.flatMap(({ streams = [] }) => (streams.includes(id) ? streams : [])));
  others.delete(id);
  return others.size;
}
