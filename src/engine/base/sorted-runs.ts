/**
 * Entries of one node in time order, whatever order files and threads delivered them in.
 *
 * Each batch becomes a run sorted by (tsMicros, seq, ref); reading merges the runs that overlap. A log is nearly in
 * order, so most runs pass through whole. Runs beyond the memory budget lie in a spill file: 16 bytes an entry either
 * way.
 */
import { REF_LINES, type SortedChunk, type SortedEntries } from '../batch.ts';
import { assert } from './assert.ts';
import { readSpilled, SpillFile } from './spill-file.ts';

/** Entries handed out at once by a merge. */
const CHUNK = 16_384;

/** Shared by all nodes of a check: how much may stay in memory, and where the rest goes. */
export class RunBudget {
  #left: number;
  readonly spill: SpillFile;

  constructor(options: { readonly budgetBytes: number; readonly spillDirectory?: string | undefined }) {
    this.#left = options.budgetBytes;
    this.spill = new SpillFile(options.spillDirectory);
  }

  /** True where the bytes may stay in memory. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }

  close(): void {
    this.spill.close();
  }
}

/** Entries of one file and node as columns, ordered by (tsMicros, seq, line). */
export interface SortedRun {
  readonly tsMicros: Float64Array;
  /** Wide only where a seq needs it. */
  readonly seq: Float64Array | Uint32Array;
  readonly line: Uint32Array;
}

interface Run {
  readonly file: number;
  readonly count: number;
  readonly firstTs: number;
  readonly lastTs: number;
  readonly wideSeq: boolean;
  /** In memory, or at this place of the spill file. */
  readonly held: SortedRun | number;
}

export class SortedRuns implements SortedEntries {
  readonly #budget: RunBudget;
  readonly #runs: Run[] = [];
  #sorted = true;
  count = 0;

  constructor(budget: RunBudget) {
    this.#budget = budget;
  }

  /** Several roots' entries of one node as one: for paths that are parts of the same log. */
  static merge(parts: readonly SortedRuns[]): SortedRuns {
    const [first, ...others] = parts;
    assert(first !== undefined, 'there is something to merge');
    if (others.length === 0) return first;
    const merged = new SortedRuns(first.#budget);
    for (const part of parts) {
      merged.#runs.push(...part.#runs);
      merged.count += part.count;
    }
    merged.#sorted = false;
    return merged;
  }

  /** Earliest and latest time; NaN where there is no entry. */
  get span(): { readonly firstTs: number; readonly lastTs: number } {
    let [firstTs, lastTs] = [Number.NaN, Number.NaN];
    for (const run of this.#runs) {
      if (!(run.firstTs >= firstTs)) firstTs = run.firstTs;
      if (!(run.lastTs <= lastTs)) lastTs = run.lastTs;
    }
    return { firstTs, lastTs };
  }

  /** Adds a copy of entries of one file. */
  add(file: number, run: SortedRun): void {
    const { tsMicros, seq, line } = run;
    const count = tsMicros.length;
    if (count === 0) return;
    const held = this.#budget.take(tsMicros.byteLength + seq.byteLength + line.byteLength)
      ? copyShared(run)
      : this.#budget.spill.append([tsMicros, seq, line]);
    const wideSeq = seq instanceof Float64Array;
    this.#runs.push({ file, count, firstTs: tsMicros[0]!, lastTs: tsMicros[count - 1]!, wideSeq, held });
    this.count += count;
    this.#sorted = false;
  }

  /** Goes through all entries in order. Each chunk is valid until the next is asked for. */
  chunks(): Iterable<SortedChunk> {
    return mergeRuns(this.share());
  }

  /** What any thread needs to go through the same entries: memory is shared, not copied. */
  share(): SharedRuns {
    if (!this.#sorted) {
      this.#runs.sort((a, b) => a.firstTs - b.firstTs || a.file - b.file);
      this.#sorted = true;
    }
    return { runs: this.#runs, count: this.count, descriptor: this.#budget.spill.descriptor };
  }
}

/** In memory that any thread may read, so that a node can be analysed wherever there is time. */
function copyShared({ tsMicros, seq, line }: SortedRun): SortedRun {
  const count = tsMicros.length;
  const memory = new SharedArrayBuffer(tsMicros.byteLength + seq.byteLength + line.byteLength);
  const seqEnd = tsMicros.byteLength + seq.byteLength;
  const copy = {
    tsMicros: new Float64Array(memory, 0, count),
    seq:
      seq instanceof Float64Array
        ? new Float64Array(memory, tsMicros.byteLength, count)
        : new Uint32Array(memory, tsMicros.byteLength, count),
    line: new Uint32Array(memory, seqEnd, count),
  };
  copy.tsMicros.set(tsMicros);
  copy.seq.set(seq);
  copy.line.set(line);
  return copy;
}

/** Entries of SortedRuns on their way to another thread; for as long as their budget is open. */
export interface SharedRuns {
  readonly runs: readonly Run[];
  readonly count: number;
  /** Of the spill file. */
  readonly descriptor: number;
}

/** The entries that another thread shared. */
export function openShared(shared: SharedRuns): SortedEntries {
  return { count: shared.count, chunks: () => mergeRuns(shared) };
}

function* mergeRuns({ runs, descriptor }: SharedRuns): Generator<SortedChunk, void> {
  const loader = new RunLoader(descriptor);
  const out = new ChunkBuilder();
  const open: Cursor[] = [];
  let next = 0;
  while (next < runs.length || open.length > 0) {
    if (open.length === 0) open.push(new Cursor(runs[next]!, loader.load(runs[next++]!)));
    // Whatever begins before the foremost entry that is left takes part in the merge.
    while (next < runs.length && runs[next]!.firstTs <= open[0]!.ts) {
      insertCursor(open, new Cursor(runs[next]!, loader.load(runs[next++]!)));
    }
    const first = open.shift()!;
    const bound = Math.min(
      next < runs.length ? runs[next]!.firstTs : Number.POSITIVE_INFINITY,
      open.length > 0 ? open[0]!.ts : Number.POSITIVE_INFINITY,
    );
    // A log is nearly in order: long stretches of a run come before all others.
    for (let to = Math.max(first.findFrom(bound), first.at + 1); first.at < to; ) {
      out.add(first, to);
      if (out.count === CHUNK) yield out.take();
    }
    if (first.isDone) loader.release(first.columns);
    else insertCursor(open, first);
  }
  if (out.count > 0) yield out.take();
}

/** Brings runs into memory for one merge; what is done with serves for the next, as the collector would not see to it. */
class RunLoader {
  readonly #descriptor: number;
  readonly #free: ArrayBuffer[] = [];

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  load({ held, count, wideSeq }: Run): SortedRun {
    if (typeof held !== 'number') return held;
    const seqBytes = count * (wideSeq ? 8 : 4);
    const bytes = count * 8 + seqBytes + count * 4;
    const last = this.#free.pop();
    const memory = last && last.byteLength >= bytes ? last : new ArrayBuffer(bytes);
    const columns = {
      tsMicros: new Float64Array(memory, 0, count),
      seq: wideSeq ? new Float64Array(memory, count * 8, count) : new Uint32Array(memory, count * 8, count),
      line: new Uint32Array(memory, count * 8 + seqBytes, count),
    };
    readSpilled(this.#descriptor, held, [columns.tsMicros, columns.seq, columns.line]);
    return columns;
  }

  release({ tsMicros: { buffer } }: SortedRun): void {
    // What is shared is held in memory for all.
    if (buffer instanceof ArrayBuffer) this.#free.push(buffer);
  }
}

class Cursor {
  at = 0;
  readonly columns: SortedRun;
  readonly base: number;

  constructor(run: Run, columns: SortedRun) {
    this.columns = columns;
    this.base = run.file * REF_LINES;
  }

  get isDone(): boolean {
    return this.at === this.columns.line.length;
  }

  get ts(): number {
    return this.columns.tsMicros[this.at]!;
  }

  get seq(): number {
    return this.columns.seq[this.at]!;
  }

  get ref(): number {
    return this.base + this.columns.line[this.at]!;
  }

  /** The first place from here on with this time or a later one. It may be next: ever larger steps, then halves. */
  findFrom(tsMicros: number): number {
    const times = this.columns.tsMicros;
    let low = this.at;
    let step = 1;
    while (low + step < times.length && times[low + step - 1]! < tsMicros) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, times.length);
    while (low < high) {
      const middle = (low + high) >> 1;
      if (times[middle]! < tsMicros) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  compare(other: Cursor): number {
    return this.ts - other.ts || this.seq - other.seq || this.ref - other.ref;
  }
}

class ChunkBuilder implements SortedChunk {
  count = 0;
  readonly tsMicros = new Float64Array(CHUNK);
  readonly seq = new Float64Array(CHUNK);
  readonly ref = new Float64Array(CHUNK);

  /** Adds entries up to the place `to`, as many as there is room for. */
  add(cursor: Cursor, to: number): void {
    const { columns, base, at } = cursor;
    const end = Math.min(to, at + CHUNK - this.count);
    const { tsMicros, seq, line } = columns;
    for (let from = at, into = this.count; from < end; from++, into++) {
      this.tsMicros[into] = tsMicros[from]!;
      this.seq[into] = seq[from]!;
      this.ref[into] = base + line[from]!;
    }
    this.count += end - at;
    cursor.at = end;
  }

  take(): SortedChunk {
    const { count, tsMicros, seq, ref } = this;
    assert(count > 0, 'a chunk holds something');
    this.count = 0;
    return { count, tsMicros, seq, ref };
  }
}

/** Few runs overlap: a sorted list is quicker than a heap. */
function insertCursor(open: Cursor[], cursor: Cursor): void {
  let low = 0;
  let high = open.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (open[middle]!.compare(cursor) <= 0) low = middle + 1;
    else high = middle;
  }
  open.splice(low, 0, cursor);
}

/** Sorts a run's columns in place: by insertion while entries are nearly in order, else by index. */
export function sortRun(run: SortedRun): SortedRun {
  const { tsMicros, seq, line } = run;
  const count = tsMicros.length;
  let moves = count * 8;
  for (let i = 1; i < count; i++) {
    const ts = tsMicros[i]!;
    if (ts > tsMicros[i - 1]!) continue;
    const s = seq[i]!;
    const l = line[i]!;
    let at = i - 1;
    while (at >= 0 && isAfter(tsMicros[at]!, seq[at]!, line[at]!, ts, s, l)) {
      tsMicros[at + 1] = tsMicros[at]!;
      seq[at + 1] = seq[at]!;
      line[at + 1] = line[at]!;
      at--;
      moves--;
    }
    tsMicros[at + 1] = ts;
    seq[at + 1] = s;
    line[at + 1] = l;
    if (moves < 0) {
      sortByIndex(run);
      break;
    }
  }
  return run;
}

function isAfter(
  ts: number,
  seq: number,
  line: number,
  otherTs: number,
  otherSeq: number,
  otherLine: number,
): boolean {
  return ts > otherTs || (ts === otherTs && (seq > otherSeq || (seq === otherSeq && line > otherLine)));
}

function sortByIndex({ tsMicros, seq, line }: SortedRun): void {
  const index = Uint32Array.from({ length: tsMicros.length }, (_, i) => i);
  index.sort((a, b) => tsMicros[a]! - tsMicros[b]! || seq[a]! - seq[b]! || line[a]! - line[b]!);
  tsMicros.set(Float64Array.from(index, (i) => tsMicros[i]!));
  seq.set(Float64Array.from(index, (i) => seq[i]!));
  line.set(Uint32Array.from(index, (i) => line[i]!));
}
