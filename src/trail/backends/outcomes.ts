/** What became of each entry, so that a backend can be asked to confirm it. */
import type { RecordedEntry } from '../backend.ts';

export class Outcomes {
  readonly #arrivals = new WeakMap<RecordedEntry, Promise<void>>();

  /** Remembers when the receiving side has the entry; a rejection is kept for who asks. */
  expect(entry: RecordedEntry, arrival: Promise<void>): void {
    arrival.catch(() => {});
    this.#arrivals.set(entry, arrival);
  }

  /** Settles as the arrival does; rejects where that takes longer, or where the entry was never written. */
  async confirm(entry: RecordedEntry, deadlineMs: number): Promise<void> {
    const arrival = this.#arrivals.get(entry);
    if (!arrival) throw new Error('this entry was not written to this backend');
    await withinDeadline(arrival, deadlineMs);
  }
}

/** Settles as the promise does; rejects where that takes longer than `deadlineMs`. */
export async function withinDeadline<T>(promise: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it took longer than ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
