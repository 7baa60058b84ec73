/** Runs of consecutive seqs as a pass finds them: columns by run number that grow together. */
import { growFloats, growInts } from './open-ends.ts';

/** Holds unbroken stretches of consecutive seqs, as columns by run number, numbered in order of their first entry. */
export interface Runs {
  readonly count: number;
  readonly firstSeq: Float64Array;
  readonly lastSeq: Float64Array;
  readonly firstTs: Float64Array;
  readonly lastTs: Float64Array;
  readonly firstRef: Float64Array;
  readonly lastRef: Float64Array;
  /** Positions (from 1, counting distinct entries) of the first and the last entry. */
  readonly firstPosition: Float64Array;
  readonly lastPosition: Float64Array;
  /** The longest pause between two consecutive entries of the run, in positions: the node's own activity is the clock. */
  readonly longestPause: Float64Array;
  /** The run that continues this one although its first entry bears an earlier time (threads), or -1. */
  readonly continuedBy: Int32Array;
  /** The reverse of `continuedBy`. */
  readonly continues: Int32Array;
}

/** Runs that are still being added to. */
export class RunTable implements Runs {
  count = 0;
  firstSeq = new Float64Array(256);
  lastSeq = new Float64Array(256);
  firstTs = new Float64Array(256);
  lastTs = new Float64Array(256);
  firstRef = new Float64Array(256);
  lastRef = new Float64Array(256);
  firstPosition = new Float64Array(256);
  lastPosition = new Float64Array(256);
  longestPause = new Float64Array(256);
  continuedBy = new Int32Array(256);
  continues = new Int32Array(256);
  /** Number of fresh starts seen when the run's last entry was read. */
  epoch = new Int32Array(256);

  /** Adds an empty run and gives its number. */
  add(): number {
    const run = this.count;
    this.count += 1;
    if (this.count > this.firstSeq.length) this.#grow();
    this.continuedBy[run] = -1;
    this.continues[run] = -1;
    return run;
  }

  #grow(): void {
    const { count } = this;
    this.firstSeq = growFloats(this.firstSeq, count);
    this.lastSeq = growFloats(this.lastSeq, count);
    this.firstTs = growFloats(this.firstTs, count);
    this.lastTs = growFloats(this.lastTs, count);
    this.firstRef = growFloats(this.firstRef, count);
    this.lastRef = growFloats(this.lastRef, count);
    this.firstPosition = growFloats(this.firstPosition, count);
    this.lastPosition = growFloats(this.lastPosition, count);
    this.longestPause = growFloats(this.longestPause, count);
    this.continuedBy = growInts(this.continuedBy, count);
    this.continues = growInts(this.continues, count);
    this.epoch = growInts(this.epoch, count);
  }
}
