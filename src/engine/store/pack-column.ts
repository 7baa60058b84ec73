/**
 * Packs a column of whole numbers: differences from the row before, or the values themselves, whichever are
 * narrower; then their bytes in planes (all lowest bytes first), which a general compressor handles far better than
 * interleaved ones; then a compressed block.
 *
 * Layout: method (1 byte: 0 values, 1 differences), width (1 byte: 0, 1, 2, 4, 8), codec (1 byte), first value
 * (8 bytes, double, little-endian), then the block. Width 0 stands for a column of one repeated value or step.
 */
import { decodeBlock, encodeBlock } from '../base/block-codec.ts';

const HEADER = 11;
const VALUES = 0;
const DIFFERENCES = 1;

type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Packs the column; any whole numbers a double holds exactly. */
export function packColumn(column: Column): Uint8Array {
  const count = column.length;
  let least = 0;
  let greatest = 0;
  let leastStep = 0;
  let greatestStep = 0;
  for (let i = 0; i < count; i++) {
    const value = column[i]!;
    const step = i === 0 ? 0 : value - column[i - 1]!;
    if (i === 0 || value < least) least = value;
    if (i === 0 || value > greatest) greatest = value;
    if (i <= 1 || step < leastStep) leastStep = step;
    if (i <= 1 || step > greatestStep) greatestStep = step;
  }
  const widthOfValues = measureWidth(greatest - least);
  const widthOfSteps = measureWidth(greatestStep - leastStep);
  const method = widthOfSteps < widthOfValues ? DIFFERENCES : VALUES;
  const width = method === DIFFERENCES ? widthOfSteps : widthOfValues;
  const base = method === DIFFERENCES ? leastStep : least;
  const planes = new Uint8Array(count * width + 8);
  // What is taken away from each value: the base, and the value before where it is differences that are kept.
  let before = method === DIFFERENCES && count > 0 ? column[0]! - base : 0;
  for (let i = 0; width > 0 && i < count; i++) {
    const value = column[i]!;
    let rest = value - before - base;
    if (method === DIFFERENCES) before = value;
    if (width === 8) {
      writePlanes(planes, i + 4 * count, count, 4, Math.floor(rest / 2 ** 32));
      rest %= 2 ** 32;
    }
    writePlanes(planes, i, count, Math.min(width, 4), rest);
  }
  new DataView(planes.buffer).setFloat64(count * width, base, true);
  const block = encodeBlock(planes);
  const packed = new Uint8Array(HEADER + block.data.length);
  packed[0] = method;
  packed[1] = width;
  packed[2] = block.codec;
  new DataView(packed.buffer).setFloat64(3, count === 0 ? 0 : column[0]!, true);
  packed.set(block.data, HEADER);
  return packed;
}

/** Fills `column`, whose length is the number of rows, from what `packColumn` gave. */
export function unpackColumn<T extends Column>(packed: Uint8Array, column: T): T {
  const count = column.length;
  const width = packed[1]!;
  const planes = decodeBlock({
    codec: packed[2]!,
    rawBytes: count * width + 8,
    data: packed.subarray(HEADER),
  });
  const base = new DataView(planes.buffer, planes.byteOffset).getFloat64(count * width, true);
  readPlanes(planes, column, width);
  if (packed[0] === VALUES) {
    if (base !== 0) for (let i = 0; i < count; i++) column[i]! += base;
    return column;
  }
  let value = new DataView(packed.buffer, packed.byteOffset).getFloat64(3, true) - base;
  // The first row has no step: its planes hold nothing.
  for (let i = 0; i < count; i++) {
    value += column[i]! + base;
    column[i] = value;
  }
  return column;
}

function measureWidth(range: number): number {
  return range === 0 ? 0 : range < 2 ** 8 ? 1 : range < 2 ** 16 ? 2 : range < 2 ** 32 ? 4 : 8;
}

/** Writes the low bytes of a number below 2^32, one a plane. */
function writePlanes(planes: Uint8Array, at: number, count: number, width: number, value: number): void {
  planes[at] = value;
  if (width === 1) return;
  planes[at + count] = value >>> 8;
  if (width === 2) return;
  planes[at + 2 * count] = value >>> 16;
  planes[at + 3 * count] = value >>> 24;
}

/** A loop for each width: this is what the first query of a segment waits for. */
function readPlanes(planes: Uint8Array, column: Column, width: number): void {
  const count = column.length;
  switch (width) {
    case 0:
      column.fill(0);
      return;
    case 1:
      for (let i = 0; i < count; i++) column[i] = planes[i]!;
      return;
    case 2:
      for (let i = 0; i < count; i++) column[i] = planes[i]! | (planes[i + count]! << 8);
      return;
    default:
      for (let i = 0; i < count; i++) column[i] = readWord(planes, i, count);
      if (width === 4) return;
      for (let i = 0; i < count; i++) column[i]! += readWord(planes, i + 4 * count, count) * 2 ** 32;
  }
}

function readWord(planes: Uint8Array, at: number, count: number): number {
  const low = planes[at]! | (planes[at + count]! << 8) | (planes[at + 2 * count]! << 16);
  return low + planes[at + 3 * count]! * 2 ** 24;
}
