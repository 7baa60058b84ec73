/** So far below a start its end is looked for seq by seq. */
const NEAR_SEQS = 64;

/**
 * The open ends of the streams at one moment of the pass: for each seq, the runs that stand there, latest on top.
 *
 * A table with open addressing rather than a Map, because two operations on it are done for every entry of a log. Each
 * run has one open end at most, so the stack of a seq is a list threaded through the run numbers.
 */
export class OpenEnds {
  /** How many slots and runs `findBelow` has looked at. */
  looks = 0;

  /** Slots: the seq, or NaN where free. */
  private keys = new Float64Array(64).fill(Number.NaN);
  /** Slots: the run on top of that seq's stack. */
  private tops = new Int32Array(64);
  private shift = 26;
  private used = 0;
  /** By run: the run below it on its stack, or -1. */
  private below = new Int32Array(1024);

  /** Takes the run that reached `seq` last, and returns it; -1 if no run stands there. */
  take(seq: number): number {
    const keys = this.keys;
    const mask = keys.length - 1;
    let slot = hashSeq(seq, this.shift);
    for (;;) {
      const key = keys[slot]!;
      if (key === seq) break;
      if (Number.isNaN(key)) return -1;
      slot = (slot + 1) & mask;
    }
    const run = this.tops[slot]!;
    const next = this.below[run]!;
    if (next >= 0) this.tops[slot] = next;
    else this.free(slot);
    return run;
  }

  /** Puts `run` on top of the stack of `seq`. */
  put(seq: number, run: number): void {
    if (run >= this.below.length) this.below = growInts(this.below, run + 1);
    const keys = this.keys;
    const mask = keys.length - 1;
    let slot = hashSeq(seq, this.shift);
    for (;;) {
      const key = keys[slot]!;
      if (key === seq) {
        this.below[run] = this.tops[slot]!;
        this.tops[slot] = run;
        return;
      }
      if (Number.isNaN(key)) break;
      slot = (slot + 1) & mask;
    }
    keys[slot] = seq;
    this.tops[slot] = run;
    this.below[run] = -1;
    this.used += 1;
    if (this.used * 2 > keys.length) this.grow();
  }

  /** Returns a table with the runs for which `keep` holds, in the same order on each stack. */
  filter(keep: (run: number) => boolean): OpenEnds {
    const kept = new OpenEnds();
    kept.looks = this.looks;
    for (let slot = 0; slot < this.keys.length; slot += 1) {
      const seq = this.keys[slot]!;
      if (Number.isNaN(seq)) continue;
      const stack: number[] = [];
      for (let run = this.tops[slot]!; run >= 0; run = this.below[run]!) if (keep(run)) stack.push(run);
      for (let i = stack.length - 1; i >= 0; i -= 1) kept.put(seq, stack[i]!);
    }
    return kept;
  }

  /** Tells whether `run` stands at `seq`, open. */
  has(seq: number, run: number): boolean {
    const slot = this.find(seq);
    if (slot < 0) return false;
    for (let at = this.tops[slot]!; at >= 0; at = this.below[at]!) if (at === run) return true;
    return false;
  }

  /** Takes `run`, which stands at `seq`, wherever it is on its stack. */
  remove(seq: number, run: number): void {
    const slot = this.find(seq);
    const next = this.below[run]!;
    if (this.tops[slot] === run) {
      if (next >= 0) this.tops[slot] = next;
      else this.free(slot);
      return;
    }
    let above = this.tops[slot]!;
    while (this.below[above] !== run) above = this.below[above]!;
    this.below[above] = next;
  }

  /** Finds the run with the greatest seq below `limit` that `fits`, the one that came there first; -1 if there is none. */
  findBelow(limit: number, fits: (run: number) => boolean): number {
    return this.listBelow(limit, 1, fits)[0] ?? -1;
  }

  /** Lists `most` runs at most with the greatest seqs below `limit` that `fit`: the greatest first, at one seq the oldest. */
  listBelow(limit: number, most: number, fits: (run: number) => boolean): number[] {
    const found: number[] = [];
    // It is nearly always close: then a few looks into the table are less than a walk through all of it.
    for (let near = 1; near <= NEAR_SEQS && near < limit; near += 1) {
      this.looks += 1;
      const slot = this.find(limit - near);
      if (slot >= 0) found.push(...this.listFitting(slot, fits));
      if (found.length >= most) return found.slice(0, most);
    }
    this.looks += this.keys.length;
    /** Ascending by seq; without the first there would be too few. */
    const far: { readonly seq: number; readonly fitting: readonly number[] }[] = [];
    let count = found.length;
    for (let slot = 0; slot < this.keys.length; slot += 1) {
      const seq = this.keys[slot]!;
      // NaN where free: false.
      if (!(seq < limit - NEAR_SEQS) || (count >= most && seq < far[0]!.seq)) continue;
      const fitting = this.listFitting(slot, fits);
      if (fitting.length === 0) continue;
      far.push({ seq, fitting });
      far.sort((a, b) => a.seq - b.seq);
      count += fitting.length;
      while (count - far[0]!.fitting.length >= most) count -= far.shift()!.fitting.length;
    }
    for (const { fitting } of far.reverse()) found.push(...fitting);
    return found.slice(0, most);
  }

  /** The runs of a slot that fit, the oldest first. */
  private listFitting(slot: number, fits: (run: number) => boolean): number[] {
    const fitting: number[] = [];
    for (let run = this.tops[slot]!; run >= 0; run = this.below[run]!) {
      this.looks += 1;
      if (fits(run)) fitting.push(run);
    }
    return fitting.reverse();
  }

  /** Puts `renamed` in the place of `run`, which stands at `seq`. */
  replace(seq: number, run: number, renamed: number): void {
    if (renamed >= this.below.length) this.below = growInts(this.below, renamed + 1);
    const slot = this.find(seq);
    this.below[renamed] = this.below[run]!;
    if (this.tops[slot] === run) {
      this.tops[slot] = renamed;
      return;
    }
    let above = this.tops[slot]!;
    while (this.below[above] !== run) above = this.below[above]!;
    this.below[above] = renamed;
  }

  private find(seq: number): number {
    const mask = this.keys.length - 1;
    let slot = hashSeq(seq, this.shift);
    for (;;) {
      const key = this.keys[slot]!;
      if (key === seq) return slot;
      if (Number.isNaN(key)) return -1;
      slot = (slot + 1) & mask;
    }
  }

  /** Frees a slot and closes the hole, so that later probes still find what lies behind it. */
  private free(hole: number): void {
    const keys = this.keys;
    const mask = keys.length - 1;
    let free = hole;
    let slot = hole;
    for (;;) {
      slot = (slot + 1) & mask;
      const key = keys[slot]!;
      if (Number.isNaN(key)) break;
      const home = hashSeq(key, this.shift);
      if (((slot - home) & mask) >= ((slot - free) & mask)) {
        keys[free] = key;
        this.tops[free] = this.tops[slot]!;
        free = slot;
      }
    }
    keys[free] = Number.NaN;
    this.used -= 1;
  }

  private grow(): void {
    const oldKeys = this.keys;
    const oldTops = this.tops;
    this.keys = new Float64Array(oldKeys.length * 2).fill(Number.NaN);
    this.tops = new Int32Array(oldKeys.length * 2);
    this.shift -= 1;
    const mask = this.keys.length - 1;
    for (let i = 0; i < oldKeys.length; i += 1) {
      const key = oldKeys[i]!;
      if (Number.isNaN(key)) continue;
      let slot = hashSeq(key, this.shift);
      while (!Number.isNaN(this.keys[slot]!)) slot = (slot + 1) & mask;
      this.keys[slot] = key;
      this.tops[slot] = oldTops[i]!;
    }
  }
}

/** Spreads consecutive seqs over the table (Fibonacci hashing); the high half counts for seqs beyond 2^32. */
function hashSeq(seq: number, shift: number): number {
  const low = seq | 0;
  const high = seq > 0xffff_ffff ? (seq / 0x1_0000_0000) | 0 : 0;
  return Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1) >>> shift;
}

/** Returns a copy of `column` with room for at least `length` elements. */
export function growInts(column: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.max(length, column.length * 2));
  grown.set(column);
  return grown;
}

/** Returns a copy of `column` with room for at least `length` elements. */
export function growFloats(column: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(Math.max(length, column.length * 2));
  grown.set(column);
  return grown;
}
