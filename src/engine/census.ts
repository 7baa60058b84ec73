/**
 * What was read, counted and kept for analysis: per file its figures and malformed lines, per root and node the
 * entries in time order, per node and day how many there were.
 */
import { RunBudget, SortedRuns } from './base/sorted-runs.ts';
import { dayNumber } from './base/timestamp.ts';
import {
  type Batch,
  type Malformed,
  type MalformedReason,
  REF_LINES,
  ROW_DOCUMENTED,
  ROW_OBSERVED,
  ROW_SALVAGED,
  ROW_TS_AS_WRITTEN,
} from './batch.ts';

/** The columns of a batch that the census needs: what the store gives back has no more than these. */
export type CountedBatch = Pick<
  Batch,
  | 'file'
  | 'firstLine'
  | 'lines'
  | 'count'
  | 'tsMicros'
  | 'seq'
  | 'code'
  | 'line'
  | 'flags'
  | 'tuples'
  | 'malformed'
>;

export interface MalformedLine {
  readonly ref: number;
  readonly lengthBytes: number;
  readonly reason: MalformedReason;
  readonly atByte: number;
  readonly salvaged: readonly { readonly node: string; readonly seq: number; readonly tsMicros: number }[];
  /** Times of the entries around it in its file, NaN where there is none. */
  readonly beforeTsMicros: number;
  readonly afterTsMicros: number;
  /** Node of the entry before it, else after it. */
  readonly node: string | undefined;
}

/** One file's figures. Times are places too: `ts` as written is fetched for those alone. */
export interface FileFigures {
  lines: number;
  entries: number;
  malformed: number;
  flags: number;
  firstTsMicros: number;
  lastTsMicros: number;
  firstRef: number;
  lastRef: number;
  readonly nodes: Set<string>;
}

/** One node's entries in one root. */
export interface NodeFigures {
  readonly runs: SortedRuns;
  /** Whole entries per UTC day (days since the epoch); salvaged ones are not whole. */
  readonly days: Map<number, number>;
  entries: number;
}

export class Census {
  readonly files = new Map<number, FileFigures>();
  /** By root, then node. */
  readonly nodes = new Map<number, Map<string, NodeFigures>>();
  readonly malformed: MalformedLine[] = [];
  readonly #budget: RunBudget;
  /** Malformed lines at a file's end so far, waiting for the time of the entry that follows. */
  readonly #open = new Map<number, { line: MalformedLine; index: number }[]>();

  constructor(options: { readonly budgetBytes: number; readonly spillDirectory?: string | undefined }) {
    this.#budget = new RunBudget(options);
  }

  /** Frees the spill file. */
  close(): void {
    this.#budget.close();
  }

  /** Counts a batch; batches of one file must come in order. */
  add(batch: CountedBatch, root: number): void {
    const file = this.#fileOf(batch.file);
    this.#addMalformed(batch, file);
    file.lines += batch.lines;
    file.malformed += batch.malformed.length;
    this.#addRows(batch, file, root);
  }

  #fileOf(index: number): FileFigures {
    let file = this.files.get(index);
    if (!file) {
      file = {
        lines: 0,
        entries: 0,
        malformed: 0,
        flags: 0,
        firstTsMicros: Number.NaN,
        lastTsMicros: Number.NaN,
        firstRef: 0,
        lastRef: 0,
        nodes: new Set(),
      };
      this.files.set(index, file);
    }
    return file;
  }

  #nodeOf(root: number, node: string): NodeFigures {
    let nodes = this.nodes.get(root);
    if (!nodes) {
      nodes = new Map();
      this.nodes.set(root, nodes);
    }
    let figures = nodes.get(node);
    if (!figures) {
      figures = { runs: new SortedRuns(this.#budget), days: new Map(), entries: 0 };
      nodes.set(node, figures);
    }
    return figures;
  }

  #addRows(batch: CountedBatch, file: FileFigures, root: number): void {
    const { count, tsMicros, seq, line, code, flags, tuples } = batch;
    const base = batch.file * REF_LINES + batch.firstLine;
    // Most files hold one node; tuples of the same node share a slot.
    const slotOfNode = new Map<string, number>();
    const slotOfCode = Uint32Array.from(tuples, ({ node }) => {
      const slot = slotOfNode.get(node) ?? slotOfNode.size;
      slotOfNode.set(node, slot);
      return slot;
    });
    const sizes = new Uint32Array(slotOfNode.size);
    for (let row = 0; row < count; row++) sizes[slotOfCode[code[row]!]!]!++;
    // A batch from the store brings the whole workspace's tuples: most nodes may have no row in it.
    const parts = [...slotOfNode.keys()].map((node, slot) => ({
      figures: sizes[slot] === 0 ? undefined : this.#nodeOf(root, node),
      filled: 0,
      ts: new Float64Array(sizes[slot]!),
      seq: new Float64Array(sizes[slot]!),
      line: new Uint32Array(sizes[slot]!),
      day: Number.NaN,
      inDay: 0,
    }));
    for (const [node, slot] of slotOfNode) if (sizes[slot]! > 0) file.nodes.add(node);
    for (let row = 0; row < count; row++) {
      const part = parts[slotOfCode[code[row]!]!]!;
      const ts = tsMicros[row]!;
      const at = part.filled++;
      part.ts[at] = ts;
      part.seq[at] = seq[row]!;
      part.line[at] = batch.firstLine + line[row]!;
      file.flags |= flags[row]!;
      if ((flags[row]! & ROW_SALVAGED) === 0) {
        file.entries++;
        part.figures!.entries++;
        const day = dayNumber(ts);
        if (day !== part.day) {
          addToDay(part.figures!.days, part.day, part.inDay);
          part.day = day;
          part.inDay = 0;
        }
        part.inDay++;
      }
      if (!(ts >= file.firstTsMicros)) {
        file.firstTsMicros = ts;
        file.firstRef = base + line[row]!;
      }
      if (!(ts <= file.lastTsMicros)) {
        file.lastTsMicros = ts;
        file.lastRef = base + line[row]!;
      }
    }
    for (const part of parts) {
      if (!part.figures) continue;
      addToDay(part.figures.days, part.day, part.inDay);
      part.figures.runs.add(batch.file, part.ts, part.seq, part.line);
    }
  }

  #addMalformed(batch: CountedBatch, file: FileFigures): void {
    const waiting = this.#open.get(batch.file);
    if (waiting && batch.count > 0) {
      for (const { line, index } of waiting) {
        this.malformed[index] = {
          ...line,
          afterTsMicros: batch.tsMicros[0]!,
          node: line.node ?? batch.tuples[batch.code[0]!]!.node,
        };
      }
      this.#open.delete(batch.file);
    }
    let row = 0;
    for (const bad of batch.malformed) {
      while (row < batch.count && batch.line[row]! < bad.line) row++;
      const line = this.#describe(batch, bad, row, file);
      const index = this.malformed.push(line) - 1;
      if (Number.isNaN(line.afterTsMicros)) {
        const open = this.#open.get(batch.file) ?? [];
        open.push({ line, index });
        this.#open.set(batch.file, open);
      }
    }
  }

  /** `row`: the first row of the line or after it. */
  #describe(batch: CountedBatch, bad: Malformed, row: number, file: FileFigures): MalformedLine {
    const after = row + bad.salvaged;
    const nodeAt = (at: number): string => batch.tuples[batch.code[at]!]!.node;
    return {
      ref: batch.file * REF_LINES + batch.firstLine + bad.line,
      lengthBytes: bad.lengthBytes,
      reason: bad.reason,
      atByte: bad.atByte,
      salvaged: Array.from({ length: bad.salvaged }, (_, i) => ({
        node: nodeAt(row + i),
        seq: batch.seq[row + i]!,
        tsMicros: batch.tsMicros[row + i]!,
      })),
      beforeTsMicros: row > 0 ? batch.tsMicros[row - 1]! : file.lastTsMicros,
      afterTsMicros: after < batch.count ? batch.tsMicros[after]! : Number.NaN,
      node: row > 0 ? nodeAt(row - 1) : after < batch.count ? nodeAt(after) : [...file.nodes][0],
    };
  }
}

function addToDay(days: Map<number, number>, day: number, count: number): void {
  if (count > 0) days.set(day, (days.get(day) ?? 0) + count);
}

/** The dialect that a file's rows showed. */
export function readDialect(flags: number): 'documented' | 'observed' | 'mixed' | 'unknown' {
  const documented = (flags & ROW_DOCUMENTED) !== 0;
  const observed = (flags & ROW_OBSERVED) !== 0;
  return documented && observed ? 'mixed' : documented ? 'documented' : observed ? 'observed' : 'unknown';
}

/** True where some timestamp of the file is not in the module's own form, so that it must be fetched to be shown. */
export function hasOddTs(figures: FileFigures): boolean {
  return (figures.flags & ROW_TS_AS_WRITTEN) !== 0;
}
