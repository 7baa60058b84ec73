/** A batch made ready to be stored where it was read, so that the one writer has little to do. */
import type { Batch } from '../batch.ts';
import { packColumn } from './pack-column.ts';

/** Rows in time order; every array is a buffer of its own. */
export interface PackedBatch
  extends Pick<
    Batch,
    | 'firstLine'
    | 'lines'
    | 'offsetBytes'
    | 'lengthBytes'
    | 'count'
    | 'code'
    | 'resId'
    | 'tuples'
    | 'resTexts'
    | 'malformed'
    | 'blocks'
  > {
  /** 0 where there is no row. */
  readonly minTs: number;
  readonly maxTs: number;
  /** Columns as they are stored; those that hold numbers of the workspace (`code`, `resId`) the writer packs. */
  readonly ts: Uint8Array;
  readonly seq: Uint8Array;
  readonly line: Uint8Array;
  readonly offset: Uint8Array;
  readonly length: Uint8Array;
  readonly flags: Uint8Array;
}

/** Packs a batch; keeps nothing of it but its blocks. */
export function packBatch(batch: Batch): PackedBatch {
  const { firstLine, lines, offsetBytes, lengthBytes, count, tuples, resTexts, malformed, blocks } = batch;
  const order = orderByTime(batch.tsMicros);
  const ts = inOrder(batch.tsMicros, order);
  const length = inOrder(batch.length, order);
  return {
    firstLine,
    lines,
    offsetBytes,
    lengthBytes,
    count,
    code: order ? inOrder(batch.code, order) : batch.code.slice(),
    resId: order ? inOrder(batch.resId, order) : batch.resId.slice(),
    tuples,
    resTexts,
    malformed,
    blocks,
    minTs: count > 0 ? ts[0]! : 0,
    maxTs: count > 0 ? ts[count - 1]! : 0,
    ts: packColumn(ts),
    seq: packColumn(inOrder(batch.seq, order)),
    line: packColumn(inOrder(batch.line, order)),
    offset: packColumn(measureDistances(inOrder(batch.offset, order), length)),
    length: packColumn(length),
    flags: packColumn(inOrder(batch.flags, order)),
  };
}

/** What changes hands when a packed batch is sent to another thread. */
export function listBuffers({ blocks, ...batch }: PackedBatch): ArrayBuffer[] {
  const { code, resId, ts, seq, line, offset, length, flags } = batch;
  const arrays = [code, resId, ts, seq, line, offset, length, flags, ...blocks.map(({ data }) => data)];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}

/** Where one row's bytes end the next usually begins, one terminator later: the distance packs to nothing. */
function measureDistances(offset: Uint32Array, length: Uint32Array): Float64Array {
  const distance = new Float64Array(offset.length);
  for (let row = 0, end = 0; row < offset.length; row++) {
    distance[row] = offset[row]! - end;
    end = offset[row]! + length[row]!;
  }
  return distance;
}

/** A copy of the column in this order; where there is none, the column itself. */
function inOrder<T extends Float64Array | Uint32Array | Uint8Array>(
  column: T,
  order: Uint32Array | undefined,
): T {
  if (order === undefined) return column;
  const ordered = column.slice() as T;
  for (let row = 0; row < order.length; row++) ordered[row] = column[order[row]!]!;
  return ordered;
}

/** Row order by time, the file's order among equals; undefined where rows are in order already. */
function orderByTime(ts: Float64Array): Uint32Array | undefined {
  let row = 1;
  while (row < ts.length && ts[row]! >= ts[row - 1]!) row++;
  if (row >= ts.length) return undefined;
  const order = Uint32Array.from({ length: ts.length }, (_, at) => at);
  return order.sort((a, b) => ts[a]! - ts[b]! || a - b);
}
