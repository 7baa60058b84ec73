/**
 * Tuples on their way from a thread: told once, and then by their number. A log has thousands of them in every small
 * batch; as objects they were most of what threads sent to each other.
 */
import type { Tuple } from '../batch.ts';

/** Beyond so many both sides forget what was told: tuples may be new in every batch. */
const MAX_KNOWN = 65_536;

export interface SentTuples {
  /** Whether numbers begin again from 0. */
  readonly isRestart: boolean;
  /** Told for the first time: these have the next numbers. */
  readonly fresh: readonly Tuple[];
  readonly numbers: Uint32Array;
}

/** On the thread: numbers tuples in the order in which they are first sent. */
export class TupleSender {
  #numbers = new Map<Tuple, number>();

  /** Known are those that were sent before as the same object. */
  send(tuples: readonly Tuple[]): SentTuples {
    const isRestart = this.#numbers.size >= MAX_KNOWN;
    if (isRestart) this.#numbers = new Map();
    const fresh: Tuple[] = [];
    const numbers = Uint32Array.from(tuples, (tuple) => {
      let number = this.#numbers.get(tuple);
      if (number === undefined) {
        number = this.#numbers.size;
        this.#numbers.set(tuple, number);
        fresh.push(tuple);
      }
      return number;
    });
    return { isRestart, fresh, numbers };
  }
}

/** On the other side: has to receive all that one sender sent, in its order. */
export class TupleReceiver {
  #known: Tuple[] = [];

  receive({ isRestart, fresh, numbers }: SentTuples): Tuple[] {
    if (isRestart) this.#known = [];
    for (const tuple of fresh) this.#known.push(tuple);
    return Array.from(numbers, (number) => this.#known[number]!);
  }
}
