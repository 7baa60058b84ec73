import { growFloats } from './open-ends.ts';

/** Pairs of refs of entries with equal (ts, seq). */
export class SamePairs {
  #count = 0;
  #refs = new Float64Array(16);
  #seqs = new Float64Array(8);
  #times = new Float64Array(8);

  add(ref: number, otherRef: number, seq: number, ts: number): void {
    const at = this.#count;
    this.#count += 1;
    if (at === this.#seqs.length) {
      this.#refs = growFloats(this.#refs, at * 4);
      this.#seqs = growFloats(this.#seqs, at * 2);
      this.#times = growFloats(this.#times, at * 2);
    }
    this.#refs[at * 2] = ref;
    this.#refs[at * 2 + 1] = otherRef;
    this.#seqs[at] = seq;
    this.#times[at] = ts;
  }

  list(): { refs: Float64Array; seqs: Float64Array; times: Float64Array } {
    const count = this.#count;
    return {
      refs: this.#refs.subarray(0, count * 2),
      seqs: this.#seqs.subarray(0, count),
      times: this.#times.subarray(0, count),
    };
  }
}
