/**
 * Which hashes were surely never added: a Bloom filter. Hashes are even as they are, so a part of one is as good as any
 * function of it.
 */

/** Of one hash, and of the filter for each hash: about one in a hundred is then taken for one that was added. */
const PROBES = 4;
const BITS_PER_HASH = 10;
const PROBE_DIGITS = 8;
const MAX_BITS = 2 ** 32;

export class HashFilter {
  /** How many it is made for; with more, more are taken for one that was added. */
  readonly capacity: number;
  readonly #words: Uint32Array;
  readonly #mask: number;

  constructor(wanted: number) {
    const bits = Math.min(MAX_BITS, 2 ** Math.ceil(Math.log2(wanted * BITS_PER_HASH)));
    this.capacity = bits / BITS_PER_HASH;
    this.#words = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  /** Takes SHA-256 in hexadecimal. */
  add(hash: string): void {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = this.#readBit(hash, probe);
      this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31));
    }
  }

  /** False where it was never added; true where it was, and for a few others. */
  mayHave(hash: string): boolean {
    for (let probe = 0; probe < PROBES; probe++) {
      const bit = this.#readBit(hash, probe);
      if (!((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31)))) return false;
    }
    return true;
  }

  #readBit(hash: string, probe: number): number {
    const from = probe * PROBE_DIGITS;
    return (Number.parseInt(hash.slice(from, from + PROBE_DIGITS), 16) & this.#mask) >>> 0;
  }
}
