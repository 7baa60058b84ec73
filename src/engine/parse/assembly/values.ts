/** Single values, each read from its first byte `p`: where it ends, or 0 where it is not what the grammar allows. */

const QUOTE: i32 = 0x22;
const BACKSLASH: i32 = 0x5c;

/** From after the opening quote to after the closing one: RFC 8259 strings of valid UTF-8. */
export function skipString(p: usize): usize {
  const quote = i8x16.splat(0x22);
  const backslash = i8x16.splat(0x5c);
  const space = i8x16.splat(0x20);
  while (true) {
    const bytes = v128.load(p);
    // Bytes of 0x80 and more are negative, so that they stop here as controls do.
    const stops = i8x16.bitmask(
      v128.or(v128.or(i8x16.eq(bytes, quote), i8x16.eq(bytes, backslash)), i8x16.lt_s(bytes, space)),
    );
    if (stops === 0) {
      p += 16;
      continue;
    }
    p += ctz(stops);
    if (load<u8>(p) === QUOTE) return p + 1;
    p = skipRare(p);
    if (p === 0) return 0;
  }
}

/** The same, byte by byte, for keys: those are read once. */
export function skipKey(p: usize): usize {
  while (true) {
    const byte = <i32>load<u8>(p);
    if (byte === QUOTE) return p + 1;
    p = byte >= 0x20 && byte < 0x80 && byte !== BACKSLASH ? p + 1 : skipRare(p);
    if (p === 0) return 0;
  }
}

/** An escape, or characters beyond ASCII. */
function skipRare(p: usize): usize {
  let byte = <i32>load<u8>(p);
  if (byte === BACKSLASH) return skipEscape(p);
  if (byte < 0x80) return 0;
  do {
    p = skipUtf8(p, byte);
    if (p === 0) return 0;
    byte = load<u8>(p);
  } while (byte >= 0x80);
  return p;
}

function skipEscape(p: usize): usize {
  const byte = <i32>load<u8>(p, 1);
  if (byte === 0x75) {
    for (let digit = p + 2; digit < p + 6; digit++) {
      const hex = <i32>load<u8>(digit);
      const letter = hex | 0x20;
      if (!((hex >= 0x30 && hex <= 0x39) || (letter >= 0x61 && letter <= 0x66))) return 0;
    }
    return p + 6;
  }
  // " \ / b f n r t
  const isSimple =
    byte === QUOTE ||
    byte === BACKSLASH ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66 ||
    byte === 0x6e ||
    byte === 0x72 ||
    byte === 0x74;
  return isSimple ? p + 2 : 0;
}

/** RFC 3629, table in section 4. */
function skipUtf8(p: usize, lead: i32): usize {
  const second = <i32>load<u8>(p, 1);
  if (lead >= 0xc2 && lead <= 0xdf) return isTail(second) ? p + 2 : 0;
  if (lead >= 0xe0 && lead <= 0xef) {
    if (second < (lead === 0xe0 ? 0xa0 : 0x80) || second > (lead === 0xed ? 0x9f : 0xbf)) return 0;
    return isTail(load<u8>(p, 2)) ? p + 3 : 0;
  }
  if (lead < 0xf0 || lead > 0xf4) return 0;
  if (second < (lead === 0xf0 ? 0x90 : 0x80) || second > (lead === 0xf4 ? 0x8f : 0xbf)) return 0;
  return isTail(load<u8>(p, 2)) && isTail(load<u8>(p, 3)) ? p + 4 : 0;
}

function isTail(byte: i32): bool {
  return (byte & 0xc0) === 0x80;
}

/** A number, or one of the words of JSON and of Python. What follows the value is the gap's to judge. */
export function skipScalar(p: usize): usize {
  const digits = countDigits(p);
  // Most are digits alone: these bits are what `,`, `]` and `}` behind them have, and neither `.` nor `e`.
  const isPlain = digits - 1 < 15 && (load<u8>(p + digits) | 0x71) === 0x7d && load<u8>(p) !== 0x30;
  return isPlain ? p + digits : skipOtherScalar(p);
}

function skipOtherScalar(p: usize): usize {
  const whole = p + <usize>(load<u8>(p) === 0x2d);
  const digits = countDigits(whole);
  if (digits === 0) return skipWord(p);
  // `(0 | [1-9][0-9]*) (. [0-9]+)? ([eE] [+-]? [0-9]+)?`
  p = digits < 16 ? whole + digits : skipDigits(whole);
  if (digits > 1 && load<u8>(whole) === 0x30) return 0;
  const byte = <i32>load<u8>(p);
  return byte === 0x2e || (byte | 0x20) === 0x65 ? skipFraction(p) : p;
}

/** What is behind the digits of a number: a fraction, an exponent or both. */
function skipFraction(p: usize): usize {
  let byte = <i32>load<u8>(p);
  if (byte === 0x2e) {
    const fraction = p + 1;
    p = skipDigits(fraction);
    if (p === fraction) return 0;
    byte = load<u8>(p);
  }
  if ((byte | 0x20) === 0x65) {
    byte = load<u8>(++p);
    if (byte === 0x2b || byte === 0x2d) p++;
    const exponent = p;
    p = skipDigits(exponent);
    if (p === exponent) return 0;
  }
  return p;
}

function skipDigits(p: usize): usize {
  while (true) {
    const digits = countDigits(p);
    p += digits;
    if (digits < 16) return p;
  }
}

/** How many of the next sixteen bytes are digits, up to the first that is not. */
function countDigits(p: usize): usize {
  const digits = i8x16.bitmask(i8x16.le_u(i8x16.sub(v128.load(p), i8x16.splat(0x30)), i8x16.splat(9)));
  return ctz(~digits);
}

function skipWord(p: usize): usize {
  switch (<i32>load<u8>(p)) {
    case 0x2d: // -
      return skipInfinity(p + 1);
    case 0x74: // true
      return load<u32>(p) === 0x65757274 ? p + 4 : 0;
    case 0x66: // false
      return load<u32>(p, 1) === 0x65736c61 ? p + 5 : 0;
    case 0x6e: // null
      return load<u32>(p) === 0x6c6c756e ? p + 4 : 0;
    case 0x4e: // NaN
      return load<u16>(p, 1) === 0x4e61 ? p + 3 : 0;
    case 0x49:
      return skipInfinity(p);
  }
  return 0;
}

function skipInfinity(p: usize): usize {
  return load<u64>(p) === 0x7974696e69666e49 ? p + 8 : 0;
}

/** A non-negative integer that a double holds exactly, in plain digits; -1 for anything else. */
export function readInteger(from: usize, to: usize): i64 {
  const length = <u32>(to - from);
  if (length <= 8) return readEight(from, length);
  if (length > 16) return -1;
  const high = readEight(from, length - 8);
  const low = readEight(to - 8, 8);
  if (high < 0 || low < 0) return -1;
  const value = high * 100000000 + low;
  return value <= 9007199254740991 ? value : -1;
}

/** One to eight digits at once: as if zeros stood before them, and then by pairs, fours and eight; -1 for no digits. */
function readEight(from: usize, length: u32): i64 {
  let digits = (load<u64>(from) ^ 0x3030303030303030) << ((8 - length) << 3);
  if (((digits + 0x7676767676767676) | digits) & 0x8080808080808080) return -1;
  digits = (digits * 2561) >> 8;
  digits = ((digits & 0x00ff00ff00ff00ff) * 6553601) >> 16;
  return ((digits & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

let dayText: u64 = 0;
let dayTextEnd: u32 = 0;
let dayMicros: i64 = -1;

/**
 * Microseconds of a timestamp of the module's own form, quotes included: `"YYYY-MM-DDTHH:MM:SS.ffffff+00:00"`; -1 for
 * any other (without a fraction, too: those are one in a million).
 */
export function readTs(from: usize, to: usize): i64 {
  if (to - from !== 34) return -1;
  const p = from + 1;
  // What stands where no digit does must be equal; digits are at most 9 above `0`. The zone is all equal.
  const day = v128.sub<u8>(
    v128.load(p),
    i8x16(0x30, 0x30, 0x30, 0x30, 0x2d, 0x30, 0x30, 0x2d, 0x30, 0x30, 0x54, 0x30, 0x30, 0x3a, 0x30, 0x30),
  );
  const time = v128.sub<u8>(
    v128.load(p, 16),
    i8x16(0x3a, 0x30, 0x30, 0x2e, 0x30, 0x30, 0x30, 0x30, 0x30, 0x30, 0x2b, 0x30, 0x30, 0x3a, 0x30, 0x30),
  );
  const isForm = v128.and(
    v128.le<u8>(day, i8x16(9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9)),
    v128.le<u8>(time, i8x16(0, 9, 9, 0, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0, 0, 0)),
  );
  if (!v128.all_true<u8>(isForm)) return -1;
  // HHMMSSffffff, then tens and ones together: four numbers and two more.
  const digits = v128.shuffle<u8>(day, time, 11, 12, 14, 15, 17, 18, 20, 21, 22, 23, 24, 25, 26, 26, 26, 26);
  const weights = i8x16(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 0, 0, 0, 0);
  const first = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_low_i8x16_u(digits, weights));
  const second = i32x4.extadd_pairwise_i16x8_u(i16x8.extmul_high_i8x16_u(digits, weights));
  const hours = i32x4.extract_lane(first, 0);
  const minutes = i32x4.extract_lane(first, 1);
  const seconds = i32x4.extract_lane(first, 2);
  if (hours > 23 || minutes > 59 || seconds > 59) return -1;
  const fraction =
    i32x4.extract_lane(first, 3) * 10000 +
    i32x4.extract_lane(second, 0) * 100 +
    i32x4.extract_lane(second, 1);
  // Python leaves a fraction of 0 out: one that is written must be shown as written.
  if (fraction === 0) return -1;
  if (load<u64>(p) !== dayText || load<u16>(p, 8) !== dayTextEnd) {
    const days = countDays(p);
    if (days < 0) return -1;
    dayMicros = days * 86400000000;
    dayText = load<u64>(p);
    dayTextEnd = load<u16>(p, 8);
  }
  return dayMicros + <i64>((hours * 60 + minutes) * 60 + seconds) * 1000000 + fraction;
}

/** Days since the epoch of `YYYY-MM-DD` (daysFromCivil of base/timestamp.ts); -1 before 1970 and for no date. */
function countDays(p: usize): i64 {
  const year = readTwo(p) * 100 + readTwo(p + 2);
  const month = readTwo(p + 5);
  const day = readTwo(p + 8);
  if (year < 1970 || month < 1 || month > 12 || day < 1) return -1;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days =
    month === 2 ? 28 + <i32>isLeap : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  if (day > days) return -1;
  const y = month <= 2 ? year - 1 : year;
  const era = y / 400;
  const yearOfEra = y - era * 400;
  const dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

/** Two characters that are digits. */
function readTwo(p: usize): i32 {
  return (<i32>load<u8>(p) - 0x30) * 10 + <i32>load<u8>(p, 1) - 0x30;
}
