/**
 * Finds a text in content, letters of ASCII in either case, compiled to WebAssembly by AssemblyScript. Two bytes of the
 * text are looked for at 16 places at once; only where both stand is the whole compared. And finds which 4-grams there
 * are, for filters.
 */

/** Set by the caller: the text, its letters in lower case, and for each byte 0x20 where it is a letter, otherwise 0. */
export const TEXT: usize = 0x400;
export const MAX_TEXT: u32 = 0x400;
export const CASES: usize = TEXT + MAX_TEXT;

/** A bit for each slot of 4-grams, as needle.ts numbers them. */
export const BITS: usize = CASES + MAX_TEXT;
export const BITS_BYTES: usize = 0x2000;
const NUMBERS: u32 = 10_000;

/** Set by the caller: what is searched, from here on, then at least 16 bytes of anything. */
export const CONTENT: usize = BITS + BITS_BYTES;

/** The first place in [from, to) where a text of `length` bytes lies; `to` where none does. */
export function find(from: usize, to: usize, length: usize, first: usize, second: usize): usize {
  if (to - from < length) return to;
  const end = to - length + 1;
  const firstByte = i8x16.splat(load<u8>(TEXT + first));
  const firstCase = i8x16.splat(load<u8>(CASES + first));
  const secondByte = i8x16.splat(load<u8>(TEXT + second));
  const secondCase = i8x16.splat(load<u8>(CASES + second));
  for (let at = from; at < end; at += 16) {
    const places = v128.and(
      i8x16.eq(v128.or(v128.load(at + first), firstCase), firstByte),
      i8x16.eq(v128.or(v128.load(at + second), secondCase), secondByte),
    );
    if (!v128.any_true(places)) continue;
    for (let bits = i8x16.bitmask(places); bits !== 0; bits &= bits - 1) {
      const place = at + ctz(bits);
      if (place >= end) return to;
      if (isText(place, length)) return place;
    }
  }
  return to;
}

function isText(place: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++) {
    if ((load<u8>(place + i) | load<u8>(CASES + i)) !== load<u8>(TEXT + i)) return false;
  }
  return true;
}

/** Sets the bits of the 4-grams in the content up to `to`, and no others. */
export function markGrams(to: usize): void {
  memory.fill(BITS, 0, BITS_BYTES);
  let word: u32 = 0;
  let digits = 0;
  for (let at = CONTENT; at < to; at++) {
    const byte = <u32>load<u8>(at);
    digits = byte - 0x30 < 10 ? digits + 1 : 0;
    const folded = byte - 0x41 < 26 ? byte | 0x20 : byte;
    word = (word >> 8) | (folded << 24);
    if (at < CONTENT + 3) continue;
    const slot =
      digits >= 4 ? readNumber(word) : NUMBERS + ((((word * 0x9e3779b1) >> 16) * (65_536 - NUMBERS)) >> 16);
    const place = BITS + (slot >> 3);
    const bits = <u32>load<u8>(place) | ((<u32>1) << (slot & 7));
    store<u8>(place, <u8>bits);
  }
}

function readNumber(word: u32): u32 {
  return (word & 15) * 1000 + ((word >> 8) & 15) * 100 + ((word >> 16) & 15) * 10 + ((word >> 24) & 15);
}
