/**
 * Finds a text in content, letters of ASCII in either case, compiled to WebAssembly by AssemblyScript. Two bytes of the
 * text are looked for at 16 places at once; only where both stand is the whole compared.
 */

/** Set by the caller: the text, its letters in lower case, and for each byte 0x20 where it is a letter, otherwise 0. */
export const TEXT: usize = 0x400;
export const MAX_TEXT: u32 = 0x400;
export const CASES: usize = TEXT + MAX_TEXT;

/** Set by the caller: what is searched, from here on, then at least 16 bytes of anything. */
export const CONTENT: usize = CASES + MAX_TEXT;

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
