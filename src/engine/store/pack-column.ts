/**
 * Packs a column of whole numbers: differences from the row before, or the values themselves, whichever are
 * narrower; then their bytes in planes (all lowest bytes first), which a general compressor handles far better than
 * interleaved ones; then a compressed block.
 *
 * Layout: method (1 byte: 0 values, 1 differences), width (1 byte: 0, 1, 2, 4, 8), codec (1 byte), first value
 * (8 bytes, double, little-endian), then the block. Width 0 stands for a column of one repeated value or step.
 */
import { decodeBlock, encodeBlock, freeContent } from '../base/block-codec.ts';

const HEADER = 11;
const VALUES = 0;
const DIFFERENCES = 1;

type Column = Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Used again for every column: the values, what is left of them to pack, and its bytes in planes. */
let rests = new Float64Array(0);
let planes = new Uint8Array(0);

/** Packs the column; any whole numbers a double holds exactly. */
export function packColumn(column: Column): Uint8Array {
  const count = column.length;
  makeRoom(count);
  // One kind of array for all columns: loops over several kinds take five times as long.
  rests.set(column);
  const { least, greatest, leastStep, greatestStep } = measureRanges(rests, count);
  const widthOfValues = measureWidth(greatest - least);
  const widthOfSteps = measureWidth(greatestStep - leastStep);
  const method = widthOfSteps < widthOfValues ? DIFFERENCES : VALUES;
  const width = method === DIFFERENCES ? widthOfSteps : widthOfValues;
  const base = method === DIFFERENCES ? leastStep : least;
  const first = count === 0 ? 0 : rests[0]!;
  if (width > 0) {
    if (method === DIFFERENCES) takeSteps(rests, count, base);
    else for (let i = 0; i < count; i++) rests[i]! -= base;
    writePlanes(planes, rests, count, width);
  }
  const bytes = count * width;
  new DataView(planes.buffer).setFloat64(bytes, base, true);
  const block = encodeBlock(planes.subarray(0, bytes + 8));
  const packed = new Uint8Array(HEADER + block.data.length);
  packed[0] = method;
  packed[1] = width;
  packed[2] = block.codec;
  new DataView(packed.buffer).setFloat64(3, first, true);
  packed.set(block.data, HEADER);
  return packed;
}

function makeRoom(count: number): void {
  if (count <= rests.length && planes.length > 0) return;
  rests = new Float64Array(count);
  planes = new Uint8Array(count * 8 + 8);
}

/** Ranges of the values and of the steps between them; the first row has no step. */
function measureRanges(
  values: Float64Array,
  count: number,
): { least: number; greatest: number; leastStep: number; greatestStep: number } {
  let before = count > 0 ? values[0]! : 0;
  let [least, greatest] = [before, before];
  let leastStep = count > 1 ? values[1]! - before : 0;
  let greatestStep = leastStep;
  for (let i = 1; i < count; i++) {
    const value = values[i]!;
    const step = value - before;
    before = value;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
    if (step < leastStep) leastStep = step;
    if (step > greatestStep) greatestStep = step;
  }
  return { least, greatest, leastStep, greatestStep };
}

/** Puts the steps, less their base, in place of the values. */
function takeSteps(values: Float64Array, count: number, base: number): void {
  let before = values[0]! - base;
  for (let i = 0; i < count; i++) {
    const value = values[i]!;
    values[i] = value - before - base;
    before = value;
  }
}

/** Fills `column`, whose length is the number of rows, from what `packColumn` gave. */
export function unpackColumn<T extends Column>(packed: Uint8Array, column: T): T {
  const count = column.length;
  const width = packed[1]!;
  const data = packed.subarray(HEADER);
  const planes = decodeBlock({ codec: packed[2]!, rawBytes: count * width + 8, data });
  const base = new DataView(planes.buffer, planes.byteOffset).getFloat64(count * width, true);
  readPlanes(planes, column, width);
  if (planes !== data) freeContent(planes);
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

/** Writes each number's bytes, lowest first, one a plane. */
function writePlanes(planes: Uint8Array, numbers: Float64Array, count: number, width: number): void {
  if (width === 1) {
    for (let i = 0; i < count; i++) planes[i] = numbers[i]!;
  } else if (width === 2) {
    for (let i = 0; i < count; i++) {
      const number = numbers[i]! >>> 0;
      planes[i] = number;
      planes[i + count] = number >>> 8;
    }
  } else {
    for (let i = 0; i < count; i++) writeWord(planes, i, count, numbers[i]!);
    if (width === 8) {
      for (let i = 0; i < count; i++) writeWord(planes, i + 4 * count, count, numbers[i]! / 2 ** 32);
    }
  }
}

function writeWord(planes: Uint8Array, at: number, count: number, number: number): void {
  // The low 32 bits, of a larger number too.
  const word = number >>> 0;
  planes[at] = word;
  planes[at + count] = word >>> 8;
  planes[at + 2 * count] = word >>> 16;
  planes[at + 3 * count] = word >>> 24;
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
