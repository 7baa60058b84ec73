/** Reads timestamps straight from bytes; the module's own form in a few operations, any other through base/timestamp. */
import { daysFromCivil, parseTs } from '../base/timestamp.ts';

/** `"YYYY-MM-DDTHH:MM:SS.ffffff+00:00"` without its quotes, and the same without a fraction. */
const FULL = 32;
const WHOLE_SECOND = 25;
const ZONE = [0x2b, 0x30, 0x30, 0x3a, 0x30, 0x30];

/** A reader keeps the day of the last timestamp: a million entries share a few days. */
export class TsReader {
  /** True where the last timestamp was not written the way `formatTs` writes. */
  asWritten = false;
  #day = new Uint8Array(10);
  #dayMicros = Number.NaN;

  /** Microseconds of the timestamp in [from, to), quotes included; NaN where it is none. */
  read(bytes: Uint8Array, from: number, to: number): number {
    this.asWritten = false;
    if (to - from < 2 || bytes[from] !== 0x22) return Number.NaN;
    const at = from + 1;
    const length = to - from - 2;
    const micros = this.#readCanonical(bytes, at, length);
    if (!Number.isNaN(micros)) return micros;
    this.asWritten = true;
    let text = '';
    if (length > 64) return Number.NaN;
    for (let i = 0; i < length; i++) text += String.fromCharCode(bytes[at + i]!);
    return parseTs(text);
  }

  #readCanonical(bytes: Uint8Array, at: number, length: number): number {
    if (length !== FULL && length !== WHOLE_SECOND) return Number.NaN;
    for (let i = 0; i < 6; i++) if (bytes[at + length - 6 + i] !== ZONE[i]) return Number.NaN;
    if (bytes[at + 10] !== 0x54 || bytes[at + 13] !== 0x3a || bytes[at + 16] !== 0x3a) return Number.NaN;
    const hour = readTwo(bytes, at + 11);
    const minute = readTwo(bytes, at + 14);
    const second = readTwo(bytes, at + 17);
    if (!(hour <= 23 && minute <= 59 && second <= 59)) return Number.NaN;
    let fraction = 0;
    if (length === FULL) {
      if (bytes[at + 19] !== 0x2e) return Number.NaN;
      fraction = readTwo(bytes, at + 20) * 10_000 + readTwo(bytes, at + 22) * 100 + readTwo(bytes, at + 24);
      // Python leaves a fraction of 0 out: one that is written must be shown as written.
      if (!(fraction > 0)) return Number.NaN;
    }
    return this.#readDay(bytes, at) + (hour * 3600 + minute * 60 + second) * 1_000_000 + fraction;
  }

  #readDay(bytes: Uint8Array, at: number): number {
    const day = this.#day;
    let same = 0;
    while (same < 10 && day[same] === bytes[at + same]) same++;
    if (same === 10) return this.#dayMicros;
    const year = readTwo(bytes, at) * 100 + readTwo(bytes, at + 2);
    const isDashed = bytes[at + 4] === 0x2d && bytes[at + 7] === 0x2d;
    const days = isDashed ? daysFromCivil(year, readTwo(bytes, at + 5), readTwo(bytes, at + 8)) : Number.NaN;
    for (let i = 0; i < 10; i++) day[i] = bytes[at + i]!;
    this.#dayMicros = days * 86_400_000_000;
    return this.#dayMicros;
  }
}

/** Two decimal digits; NaN where they are none, which makes every comparison with the result false. */
function readTwo(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - 0x30;
  const ones = bytes[at + 1]! - 0x30;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
