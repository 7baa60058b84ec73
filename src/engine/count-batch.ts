/**
 * What a check needs to know of one batch: figures, malformed lines, and the entries of each node in time order, at 16
 * bytes an entry. It is taken in the thread that read the batch, so that whoever adds batches up has little to do.
 */
import { type SortedRun, sortRun } from './base/sorted-runs.ts';
import {
  type Batch,
  type Malformed,
  type MalformedReason,
  REF_LINES,
  ROW_SALVAGED,
  type Tuple,
} from './batch.ts';

/** The columns of a batch that are counted: what the store gives back has no more than these. */
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

/** One node's entries in a batch. */
export interface NodeCount {
  readonly node: string;
  /** Whole ones; the run has the salvaged ones too. */
  readonly entries: number;
  /** Whole ones per UTC day (days since the epoch); a day may come more than once. */
  readonly days: readonly (readonly [day: number, entries: number])[];
  readonly run: SortedRun;
}

export interface BatchCount {
  readonly file: number;
  readonly lines: number;
  /** Flags of all rows together. */
  readonly flags: number;
  /** Earliest and latest time and their places; NaN where there is no row. */
  readonly firstTsMicros: number;
  readonly lastTsMicros: number;
  readonly firstRef: number;
  readonly lastRef: number;
  readonly nodes: readonly NodeCount[];
  /** Only what the batch itself tells of their surroundings. */
  readonly malformed: readonly MalformedLine[];
  /** The first entry, for malformed lines at the end of the batch before. */
  readonly firstEntry: { readonly tsMicros: number; readonly node: string } | undefined;
}

/** Counts a batch; keeps none of its columns. */
export function countBatch(batch: CountedBatch): BatchCount {
  const { file, firstLine, lines, count, tsMicros, line } = batch;
  const base = file * REF_LINES + firstLine;
  let flags = 0;
  let first = 0;
  let last = 0;
  for (let row = 0; row < count; row++) {
    flags |= batch.flags[row]!;
    if (tsMicros[row]! < tsMicros[first]!) first = row;
    if (tsMicros[row]! > tsMicros[last]!) last = row;
  }
  const isEmpty = count === 0;
  return {
    file,
    lines,
    flags,
    firstTsMicros: isEmpty ? Number.NaN : tsMicros[first]!,
    lastTsMicros: isEmpty ? Number.NaN : tsMicros[last]!,
    firstRef: isEmpty ? 0 : base + line[first]!,
    lastRef: isEmpty ? 0 : base + line[last]!,
    nodes: countNodes(batch),
    malformed: describeMalformed(batch),
    firstEntry: isEmpty ? undefined : { tsMicros: tsMicros[0]!, node: batch.tuples[batch.code[0]!]!.node },
  };
}

/** Entries of one node as they are dealt out. */
class NodePart {
  readonly node: string;
  readonly tsMicros: Float64Array;
  readonly seq: Float64Array | Uint32Array;
  readonly line: Uint32Array;
  filled = 0;
  entries = 0;
  readonly days: [number, number][] = [];
  dayFrom = Number.POSITIVE_INFINITY;
  dayTo = Number.NEGATIVE_INFINITY;
  inDay = 0;

  constructor(node: string, size: number, isWide: boolean) {
    this.node = node;
    // Shared, so that a node can be analysed by any thread wherever it was read.
    this.tsMicros = new Float64Array(new SharedArrayBuffer(size * 8));
    this.seq = isWide
      ? new Float64Array(new SharedArrayBuffer(size * 8))
      : new Uint32Array(new SharedArrayBuffer(size * 4));
    this.line = new Uint32Array(new SharedArrayBuffer(size * 4));
  }

  /** Ends the day that was counted, and begins that of `tsMicros`. */
  changeDay(tsMicros: number): void {
    if (this.inDay > 0) this.days.push([this.dayFrom / DAY_MICROS, this.inDay]);
    this.dayFrom = Math.floor(tsMicros / DAY_MICROS) * DAY_MICROS;
    this.dayTo = this.dayFrom + DAY_MICROS;
    this.inDay = 0;
  }
}
const DAY_MICROS = 86_400_000_000;

function countNodes({
  count,
  code,
  tuples,
  tsMicros,
  seq,
  line,
  flags,
  firstLine,
}: CountedBatch): NodeCount[] {
  const { slotOfCode, nodes } = numberNodes(tuples);
  const sizes = new Uint32Array(nodes.length);
  let isWide = false;
  for (let row = 0; row < count; row++) {
    sizes[slotOfCode[code[row]!]!]!++;
    if (seq[row]! > 0xffff_ffff) isWide = true;
  }
  // A batch from the store brings the whole workspace's tuples: most nodes may have no row in it.
  const parts = nodes.map((node, slot) => new NodePart(node, sizes[slot]!, isWide));
  for (let row = 0; row < count; row++) {
    const part = parts[slotOfCode[code[row]!]!]!;
    const ts = tsMicros[row]!;
    const at = part.filled++;
    part.tsMicros[at] = ts;
    part.seq[at] = seq[row]!;
    part.line[at] = firstLine + line[row]!;
    if ((flags[row]! & ROW_SALVAGED) !== 0) continue;
    part.entries++;
    if (!(ts >= part.dayFrom && ts < part.dayTo)) part.changeDay(ts);
    part.inDay++;
  }
  return parts
    .filter(({ filled }) => filled > 0)
    .map((part) => {
      part.changeDay(0);
      const { node, entries, days, tsMicros, seq, line } = part;
      return { node, entries, days, run: sortRun({ tsMicros, seq, line }) };
    });
}

/** Most files hold one node; tuples of the same node share a slot. */
function numberNodes(tuples: readonly Tuple[]): { slotOfCode: Uint32Array; nodes: string[] } {
  const slotOfNode = new Map<string, number>();
  const slotOfCode = new Uint32Array(tuples.length);
  for (const [code, { node }] of tuples.entries()) {
    const slot = slotOfNode.get(node) ?? slotOfNode.size;
    slotOfNode.set(node, slot);
    slotOfCode[code] = slot;
  }
  return { slotOfCode, nodes: [...slotOfNode.keys()] };
}

function describeMalformed(batch: CountedBatch): MalformedLine[] {
  let row = 0;
  return batch.malformed.map((bad) => {
    while (row < batch.count && batch.line[row]! < bad.line) row++;
    return describeLine(batch, bad, row);
  });
}

/** `row`: the first row of the line or after it. */
function describeLine(batch: CountedBatch, bad: Malformed, row: number): MalformedLine {
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
    beforeTsMicros: row > 0 ? batch.tsMicros[row - 1]! : Number.NaN,
    afterTsMicros: after < batch.count ? batch.tsMicros[after]! : Number.NaN,
    node: row > 0 ? nodeAt(row - 1) : after < batch.count ? nodeAt(after) : undefined,
  };
}
