/** Ids that derive from content: the same finding or stream has the same id in every run and on every machine. */

/** 53 bits of a mixing hash over a text's UTF-16 units: two lanes of multiply and xor-shift, not cryptographic. */
export function hashText(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return (b & 0x1fffff) * 2 ** 32 + (a >>> 0);
}

/** An id from what makes a thing this one and no other: 11 characters of base 32 after the prefix. */
export function makeContentId(prefix: string, parts: readonly (string | number | undefined)[]): string {
  return `${prefix}-${hashText(JSON.stringify(parts)).toString(32).padStart(11, '0')}`;
}
