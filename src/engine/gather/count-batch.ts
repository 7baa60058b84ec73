/**
 * What a check needs to know of one batch: figures, malformed lines, and the entries of each node in time order, at 16
 * bytes an entry. It is taken in the thread that read the batch, so that whoever adds batches up has little to do.
 */
import { type SortedRun, sortRun } from '../base/sorted-runs.ts';
import {
  type Batch,
  type Malformed,
  type MalformedReason,
  REF_LINES,
  ROW_RULE_CHANGE,
  ROW_SALVAGED,
  type Tuple,
} from '../batch.ts';

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

/** An entry that tells of a change to a rule. One recovered from a broken line is known by its time alone. */
export interface RuleChangeAt {
  readonly ref: number;
  readonly tsMicros: number;
  readonly seq: number;
  readonly node: string;
  readonly salvaged: boolean;
}

/** One node's entries in a batch. */
export interface NodeCount {
  readonly node: string;
  /** Whole ones; the run has the salvaged ones too. */
  readonly entries: number;
  /** Whole ones per UTC day (days since the epoch). */
  readonly days: readonly (readonly [day: number, entries: number])[];
  readonly run: SortedRun;
}

/** What an entry tells of a malformed line beside it. */
export interface NearEntry {
  readonly tsMicros: number;
  readonly node: string;
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
  readonly ruleChanges: readonly RuleChangeAt[];
  /** The first entry, for malformed lines at the end of the batch before. */
  readonly firstEntry: NearEntry | undefined;
  /** The last one, for malformed lines at the beginning of the batch after. */
  readonly lastEntry: NearEntry | undefined;
}

/** The memory of a count's runs, which all share, for a hand-over to another thread or for `releaseRuns`. */
export function listRunBuffers(count: BatchCount): ArrayBuffer[] {
  const [first] = count.nodes;
  if (first === undefined) return [];
  const { tsMicros, seq, line } = first.run;
  return [tsMicros, seq, line].map((column) => column.buffer as ArrayBuffer);
}

/** Gives the runs' memory back at once: the collector, which sees only small objects, would let it pile up. */
export function releaseRuns(count: BatchCount): void {
  for (const buffer of listRunBuffers(count)) buffer.transfer?.(0);
}

/** Counts a batch; keeps none of its columns. */
export function countBatch(batch: CountedBatch): BatchCount {
  const { file, firstLine, lines, count, tsMicros, line, flags } = batch;
  const base = file * REF_LINES + firstLine;
  let allFlags = 0;
  let first = 0;
  let last = 0;
  let firstTs = Number.POSITIVE_INFINITY;
  let lastTs = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < count; row++) {
    const ts = tsMicros[row]!;
    allFlags |= flags[row]!;
    if (ts > lastTs) {
      lastTs = ts;
      last = row;
    }
    if (ts < firstTs) {
      firstTs = ts;
      first = row;
    }
  }
  const isEmpty = count === 0;
  return {
    file,
    lines,
    flags: allFlags,
    firstTsMicros: isEmpty ? Number.NaN : firstTs,
    lastTsMicros: isEmpty ? Number.NaN : lastTs,
    firstRef: isEmpty ? 0 : base + line[first]!,
    lastRef: isEmpty ? 0 : base + line[last]!,
    nodes: countNodes(batch, (allFlags & ROW_SALVAGED) !== 0),
    malformed: describeMalformed(batch),
    ruleChanges: (allFlags & ROW_RULE_CHANGE) === 0 ? [] : listRuleChanges(batch),
    firstEntry: isEmpty ? undefined : tellNear(batch, 0),
    lastEntry: isEmpty ? undefined : tellNear(batch, count - 1),
  };
}

function listRuleChanges(batch: CountedBatch): RuleChangeAt[] {
  const { file, firstLine, count, flags, line, tsMicros, seq, code, tuples } = batch;
  const found: RuleChangeAt[] = [];
  for (let row = 0; row < count; row++) {
    if ((flags[row]! & ROW_RULE_CHANGE) === 0) continue;
    found.push({
      ref: file * REF_LINES + firstLine + line[row]!,
      tsMicros: tsMicros[row]!,
      seq: seq[row]!,
      node: tuples[code[row]!]!.node,
      salvaged: (flags[row]! & ROW_SALVAGED) !== 0,
    });
  }
  return found;
}

function tellNear({ tsMicros, tuples, code }: CountedBatch, row: number): NearEntry {
  return { tsMicros: tsMicros[row]!, node: tuples[code[row]!]!.node };
}

const DAY_MICROS = 86_400_000_000;

function countNodes(batch: CountedBatch, hasSalvaged: boolean): NodeCount[] {
  const { slotOfCode, nodes } = numberNodes(batch.tuples);
  const { columns, ends } = dealOut(batch, slotOfCode, nodes.length);
  const salvaged = hasSalvaged ? listSalvaged(batch, slotOfCode) : [];
  // A batch from the store brings the whole workspace's tuples: most nodes may have no row in it.
  return nodes.flatMap((node, slot) => {
    const from = slot === 0 ? 0 : ends[slot - 1]!;
    const to = ends[slot]!;
    if (from === to) return [];
    const run = sortRun({
      tsMicros: columns.tsMicros.subarray(from, to),
      seq: columns.seq.subarray(from, to),
      line: columns.line.subarray(from, to),
    });
    const notWhole = salvaged.filter((each) => each.slot === slot);
    return [{ node, entries: to - from - notWhole.length, days: countDays(run.tsMicros, notWhole), run }];
  });
}

/** The rows of each node side by side, in the order they came; `ends`: where those of each end. */
function dealOut(
  { count, code, tsMicros, seq, line, firstLine }: CountedBatch,
  slotOfCode: Uint32Array,
  nodes: number,
): { columns: SortedRun; ends: Uint32Array } {
  const sizes = new Uint32Array(nodes);
  let isWide = false;
  for (let row = 0; row < count; row++) {
    sizes[slotOfCode[code[row]!]!]!++;
    if (seq[row]! > 0xffff_ffff) isWide = true;
  }
  const columns: SortedRun = {
    tsMicros: new Float64Array(count),
    seq: isWide ? new Float64Array(count) : new Uint32Array(count),
    line: new Uint32Array(count),
  };
  const ends = new Uint32Array(nodes);
  for (let slot = 1; slot < nodes; slot++) ends[slot] = ends[slot - 1]! + sizes[slot - 1]!;
  for (let row = 0; row < count; row++) {
    const at = ends[slotOfCode[code[row]!]!]!++;
    columns.tsMicros[at] = tsMicros[row]!;
    columns.seq[at] = seq[row]!;
    columns.line[at] = firstLine + line[row]!;
  }
  return { columns, ends };
}

interface Salvaged {
  readonly slot: number;
  readonly tsMicros: number;
}

function listSalvaged(
  { count, code, flags, tsMicros }: CountedBatch,
  slotOfCode: Uint32Array,
): readonly Salvaged[] {
  const salvaged: Salvaged[] = [];
  for (let row = 0; row < count; row++) {
    if ((flags[row]! & ROW_SALVAGED) !== 0)
      salvaged.push({ slot: slotOfCode[code[row]!]!, tsMicros: tsMicros[row]! });
  }
  return salvaged;
}

/** Whole entries per day, of times in order. */
function countDays(tsMicros: Float64Array, notWhole: readonly Salvaged[]): [number, number][] {
  const days = new Map<number, number>();
  for (let from = 0; from < tsMicros.length; ) {
    const day = Math.floor(tsMicros[from]! / DAY_MICROS);
    let to = tsMicros.length;
    for (let low = from; low < to; ) {
      const middle = (low + to) >> 1;
      if (tsMicros[middle]! < (day + 1) * DAY_MICROS) low = middle + 1;
      else to = middle;
    }
    days.set(day, to - from);
    from = to;
  }
  for (const each of notWhole) {
    const day = Math.floor(each.tsMicros / DAY_MICROS);
    days.set(day, days.get(day)! - 1);
  }
  return [...days].filter(([, entries]) => entries > 0);
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
