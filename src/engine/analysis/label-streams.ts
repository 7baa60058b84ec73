/**
 * Tells of every entry of a node which stream it is in: by the division that `analyseNode` makes, and so as sure as that.
 * Where two processes stood at the same seq, what follows may be the other's.
 */
import { buildStreams } from './build-streams.ts';
import { divideByProcess, PROCESS_TOLERANCE_MICROS, type Processes } from './divide-by-process.ts';
import { divideStreams } from './divide-streams.ts';
import { type LinkOrders, linkRuns, NO_ORDERS } from './link-runs.ts';
import type { Stream } from './node-analysis.ts';
import { RECENT } from './pending-entries.ts';
import type { SortedEntries } from './sorted-entries.ts';

/** Is told of an entry, at each line where it stands, in no order; `run` as an index into `StreamLabels.streamOf`. */
export type TellRun = (ref: number, seq: number, tsMicros: number, run: number) => void;

export interface StreamLabels {
  readonly streams: readonly Stream[];
  /** By run: the index of its stream. */
  readonly streamOf: Int32Array;
}

/** Labels a node's entries. A run's stream is known only when all has been told. */
export function labelStreams(entries: SortedEntries, tell: TellRun, processes?: Processes): StreamLabels {
  const known = processes && divideByProcess(entries, processes);
  if (known) {
    for (const { entries: part, renamed } of known.parts) {
      follow(part, PROCESS_TOLERANCE_MICROS, NO_ORDERS, (ref, seq, tsMicros, run) =>
        tell(ref, seq, tsMicros, renamed[run]!),
      );
    }
    return buildStreams(known.linked.runs, known.pairing);
  }
  const { linked, pairing, toleranceMicros, orders } = divideStreams(entries);
  follow(entries, toleranceMicros, orders, tell);
  return buildStreams(linked.runs, pairing);
}

/** Makes a pass, and tells of each entry its run. */
function follow(entries: SortedEntries, toleranceMicros: number, orders: LinkOrders, tell: TellRun): void {
  const held = new HeldEntries(tell);
  // The same pass once more: what a run is, is known at its end, and 16 bytes an entry are not kept for that.
  linkRuns(entries, toleranceMicros, orders, {
    visit: (run, seq, tsMicros, ref) => held.add(run, seq, tsMicros, ref),
    repeat: (ref) => held.repeat(ref),
    rename: (old, renamed, count) => held.rename(old, renamed, count),
  });
  held.tellAll();
}

/** Keeps the last entries back, since they may turn out to be another run's. */
class HeldEntries {
  readonly #tell: TellRun;
  readonly #run = new Int32Array(RECENT);
  readonly #seq = new Float64Array(RECENT);
  readonly #ts = new Float64Array(RECENT);
  readonly #ref = new Float64Array(RECENT);
  /** Further lines of an entry, by its own. */
  readonly #again = new Map<number, number[]>();
  #count = 0;

  constructor(tell: TellRun) {
    this.#tell = tell;
  }

  add(run: number, seq: number, tsMicros: number, ref: number): void {
    const at = this.#count % RECENT;
    if (this.#count >= RECENT) this.#tellAt(at);
    this.#run[at] = run;
    this.#seq[at] = seq;
    this.#ts[at] = tsMicros;
    this.#ref[at] = ref;
    this.#count += 1;
  }

  repeat(ref: number): void {
    const first = this.#ref[(this.#count - 1) % RECENT]!;
    const again = this.#again.get(first);
    if (again) again.push(ref);
    else this.#again.set(first, [ref]);
  }

  rename(old: number, renamed: number, count: number): void {
    for (let back = 1, left = count; left > 0 && back <= Math.min(RECENT, this.#count); back += 1) {
      const at = (this.#count - back) % RECENT;
      if (this.#run[at] !== old) continue;
      this.#run[at] = renamed;
      left -= 1;
    }
  }

  tellAll(): void {
    const first = Math.max(0, this.#count - RECENT);
    for (let index = first; index < this.#count; index += 1) this.#tellAt(index % RECENT);
  }

  #tellAt(at: number): void {
    const ref = this.#ref[at]!;
    this.#tell(ref, this.#seq[at]!, this.#ts[at]!, this.#run[at]!);
    const again = this.#again.get(ref);
    if (!again) return;
    for (const other of again) this.#tell(other, this.#seq[at]!, this.#ts[at]!, this.#run[at]!);
    this.#again.delete(ref);
  }
}
