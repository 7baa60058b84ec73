/** Ids that derive from content: the same finding or stream has the same id in every run and on every machine. */

/** 53 bits of a mixing hash over a text's UTF-16 units: two lanes of multiply and xor-shift, not cryptographic. */
export function hashText(text: string): number {
  let a = SEED_A;
  let b = SEED_B;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  return mix(a, b);
}

/** The same of the bytes between two places. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let a = SEED_A;
  let b = SEED_B;
  for (let i = from; i < to; i++) {
    const unit = bytes[i]!;
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  return mix(a, b);
}

const SEED_A = 0xdeadbeef;
const SEED_B = 0x41c6ce57;

function mix(a: number, b: number): number {
  const low = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  const high = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  return (high & 0x1fffff) * 2 ** 32 + (low >>> 0);
}

/** An id from what makes a thing this one and no other: 11 characters of base 32 after the prefix. */
export function makeContentId(prefix: string, parts: readonly (string | number | undefined)[]): string {
  return `${prefix}-${hashText(JSON.stringify(parts)).toString(32).padStart(11, '0')}`;
}
