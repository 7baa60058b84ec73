/**
 * What a linking pass keeps for the length of the tolerance: threads take their ts after their seq, so that an entry may
 * be read before its predecessor.
 */

/** So many entries back a link may still be undone. */
export const RECENT = 32;

/** Remembers the last few entries and what each was linked to, so that a link may still be undone. */
export class RecentEntries {
  lastTs = Number.NEGATIVE_INFINITY;
  readonly run = new Int32Array(RECENT);
  readonly seq = new Float64Array(RECENT);
  readonly ts = new Float64Array(RECENT).fill(Number.NEGATIVE_INFINITY);
  readonly ref = new Float64Array(RECENT);
  readonly linkedTs = new Float64Array(RECENT);
  readonly linkedRef = new Float64Array(RECENT);
  readonly linkedPosition = new Float64Array(RECENT);
  private next = 0;

  add(
    run: number,
    seq: number,
    ts: number,
    ref: number,
    linkedTs: number,
    linkedRef: number,
    linkedPosition: number,
  ): void {
    const at = this.next;
    this.next = (at + 1) & (RECENT - 1);
    this.run[at] = run;
    this.seq[at] = seq;
    this.ts[at] = ts;
    this.ref[at] = ref;
    this.linkedTs[at] = linkedTs;
    this.linkedRef[at] = linkedRef;
    this.linkedPosition[at] = linkedPosition;
    this.lastTs = ts;
  }

  /** Finds an entry with `seq` within the tolerance before `ts` whose link reaches further back than that; or -1. */
  find(seq: number, ts: number, toleranceMicros: number): number {
    for (let back = 1; back <= RECENT; back += 1) {
      const at = (this.next - back) & (RECENT - 1);
      const found = this.ts[at]!;
      if (found < ts - toleranceMicros) return -1;
      // NaN where there was no link: false.
      if (this.seq[at] === seq && found - this.linkedTs[at]! > ts - found) return at;
    }
    return -1;
  }

  /** Moves the entries of a run from the one at `from` on to another run; says how many they are. */
  rename(old: number, renamed: number, from: number): number {
    let moved = 0;
    this.linkedTs[from] = Number.NaN;
    for (let at = from; ; at = (at + 1) & (RECENT - 1)) {
      if (this.run[at] === old) {
        this.run[at] = renamed;
        moved += 1;
      }
      if (at === ((this.next - 1) & (RECENT - 1))) return moved;
    }
  }
}

/** Keeps the starts for which a predecessor may still come within the tolerance, earliest first. */
export class WaitingStarts {
  size = 0;
  private readonly byWanted = new Map<number, number[]>();
  private readonly queueWanted: number[] = [];
  private readonly queueRun: number[] = [];
  private readonly queueTs: number[] = [];
  private head = 0;

  add(wanted: number, run: number, tsMicros: number): void {
    const runs = this.byWanted.get(wanted);
    if (runs === undefined) this.byWanted.set(wanted, [run]);
    else runs.push(run);
    this.queueWanted.push(wanted);
    this.queueRun.push(run);
    this.queueTs.push(tsMicros);
    this.size += 1;
  }

  /** Gives the start that waited longest for a predecessor with this seq, or -1. */
  take(seq: number): number {
    const runs = this.byWanted.get(seq);
    if (runs === undefined) return -1;
    const run = runs.shift()!;
    if (runs.length === 0) this.byWanted.delete(seq);
    this.size -= 1;
    return run;
  }

  /** Forgets the starts before `tsMicros`, and adds them to `expired`. */
  expire(tsMicros: number, expired: number[]): void {
    while (this.head < this.queueTs.length && this.queueTs[this.head]! < tsMicros) {
      const wanted = this.queueWanted[this.head]!;
      const runs = this.byWanted.get(wanted);
      if (runs !== undefined && runs[0] === this.queueRun[this.head]) {
        expired.push(runs.shift()!);
        this.size -= 1;
        if (runs.length === 0) this.byWanted.delete(wanted);
      }
      this.head += 1;
    }
    if (this.head > 1024 && this.head * 2 > this.queueTs.length) {
      this.queueWanted.splice(0, this.head);
      this.queueRun.splice(0, this.head);
      this.queueTs.splice(0, this.head);
      this.head = 0;
    }
  }
}
