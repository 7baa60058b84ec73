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

type Column = Float64Array | Uint32Array | Uint8Array;

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
  for (let i = 0; i < count; i++) {
    const value = method === VALUES ? column[i]! : i === 0 ? base : column[i]! - column[i - 1]!;
    writePlanes(planes, i, count, width, value - base);
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
  if (packed[0] === VALUES) {
    for (let i = 0; i < count; i++) column[i] = readPlanes(planes, i, count, width) + base;
    return column;
  }
  let value = new DataView(packed.buffer, packed.byteOffset).getFloat64(3, true);
  for (let i = 0; i < count; i++) {
    if (i > 0) value += readPlanes(planes, i, count, width) + base;
    column[i] = value;
  }
  return column;
}

function measureWidth(range: number): number {
  return range === 0 ? 0 : range < 2 ** 8 ? 1 : range < 2 ** 16 ? 2 : range < 2 ** 32 ? 4 : 8;
}

function writePlanes(planes: Uint8Array, at: number, count: number, width: number, value: number): void {
  let low = value >>> 0;
  if (width === 8) low = value % 2 ** 32;
  for (let plane = 0; plane < Math.min(width, 4); plane++) {
    planes[plane * count + at] = low & 0xff;
    low >>>= 8;
  }
  if (width < 8) return;
  let high = Math.floor(value / 2 ** 32);
  for (let plane = 4; plane < 8; plane++) {
    planes[plane * count + at] = high & 0xff;
    high >>>= 8;
  }
}

function readPlanes(planes: Uint8Array, at: number, count: number, width: number): number {
  let value = 0;
  for (let plane = width - 1; plane >= 0; plane--) value = value * 256 + planes[plane * count + at]!;
  return value;
}
