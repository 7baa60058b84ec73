/** Entries over time by node while a log is read: buckets that grow wider as the time does, so that there are never many. */
import type { SoFar } from '../../contract/so-far.ts';

const MINUTE_MICROS = 60_000_000;
const MAX_BUCKETS = 160;

/** A log of noise has a million nodes: these are counted apart, in the order in which they come. */
const MAX_NODES = 200;

type Told = Pick<SoFar, 'entries' | 'fromMicros' | 'bucketMicros' | 'buckets' | 'nodes' | 'otherEntries'>;

export class TimeCounts {
  #bucketMicros = MINUTE_MICROS;
  #firstMicros = Number.POSITIVE_INFINITY;
  #lastMicros = Number.NEGATIVE_INFINITY;
  /** Per node: entries by the number of their bucket since the epoch. */
  readonly #nodes = new Map<string, Map<number, number>>();
  #entries = 0;

  /** Adds entries of a node, whose times are in order. */
  add(node: string, tsMicros: Float64Array): void {
    const { length } = tsMicros;
    this.#entries += length;
    if (length === 0 || (this.#nodes.size === MAX_NODES && !this.#nodes.has(node))) return;
    this.#cover(tsMicros[0]!, tsMicros[length - 1]!);
    const counts = this.#nodes.get(node) ?? new Map<number, number>();
    this.#nodes.set(node, counts);
    for (let from = 0; from < length; ) {
      const bucket = this.#bucketOf(tsMicros[from]!);
      let to = length;
      for (let low = from + 1; low < to; ) {
        const middle = (low + to) >> 1;
        if (this.#bucketOf(tsMicros[middle]!) > bucket) to = middle;
        else low = middle + 1;
      }
      counts.set(bucket, (counts.get(bucket) ?? 0) + to - from);
      from = to;
    }
  }

  /** Tells of the nodes with the most entries, `most` of them at the most. */
  tell(most: number): Told {
    const first = this.#bucketOf(this.#firstMicros);
    const buckets = this.#nodes.size === 0 ? 0 : this.#bucketOf(this.#lastMicros) - first + 1;
    const nodes = [...this.#nodes]
      .map(([node, counts]) => ({
        node,
        counts,
        entries: [...counts.values()].reduce((sum, count) => sum + count, 0),
      }))
      .sort((a, b) => b.entries - a.entries || (a.node < b.node ? -1 : 1))
      .slice(0, most)
      .map(({ node, entries, counts }) => ({
        node,
        entries,
        counts: Array.from({ length: buckets }, (_, at) => counts.get(first + at) ?? 0),
      }));
    return {
      entries: this.#entries,
      fromMicros: buckets === 0 ? 0 : first * this.#bucketMicros,
      bucketMicros: this.#bucketMicros,
      buckets,
      nodes,
      otherEntries: nodes.reduce((left, { entries }) => left - entries, this.#entries),
    };
  }

  #bucketOf(micros: number): number {
    return Math.floor(micros / this.#bucketMicros);
  }

  /** Widens the buckets until there are few enough for all of the time. */
  #cover(firstMicros: number, lastMicros: number): void {
    this.#firstMicros = Math.min(this.#firstMicros, firstMicros);
    this.#lastMicros = Math.max(this.#lastMicros, lastMicros);
    while (this.#bucketOf(this.#lastMicros) - this.#bucketOf(this.#firstMicros) >= MAX_BUCKETS) {
      this.#bucketMicros *= 2;
      for (const [node, counts] of this.#nodes) {
        const wider = new Map<number, number>();
        for (const [bucket, count] of counts) {
          const into = Math.floor(bucket / 2);
          wider.set(into, (wider.get(into) ?? 0) + count);
        }
        this.#nodes.set(node, wider);
      }
    }
  }
}
