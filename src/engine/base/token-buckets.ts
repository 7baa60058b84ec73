/** So many in a second on average, with bursts, for each of many; those that were not heard of longest are forgotten. */
const MAX_KEYS = 10_000;

export class TokenBuckets {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(perSecond: number, burst: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#now = now;
  }

  /** Takes one; returns 0, or after how many seconds there is one again. */
  take(key: string): number {
    const wait = this.peek(key);
    if (wait === 0) this.#fill(key).tokens--;
    return wait;
  }

  /** The same, taking none: what is only asked about, such as a name that is refused anyway, is not remembered. */
  peek(key: string): number {
    const { tokens } = this.#look(key);
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / this.#perSecond));
  }

  /** One that was taken and not used up. */
  giveBack(key: string): void {
    const bucket = this.#fill(key);
    bucket.tokens = Math.min(this.#burst, bucket.tokens + 1);
  }

  #look(key: string): { tokens: number; atMs: number } {
    const atMs = this.#now();
    const old = this.#buckets.get(key);
    const tokens = old
      ? Math.min(this.#burst, old.tokens + ((atMs - old.atMs) / 1000) * this.#perSecond)
      : this.#burst;
    return { tokens, atMs };
  }

  #fill(key: string): { tokens: number; atMs: number } {
    const bucket = this.#look(key);
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    const oldest = this.#buckets.size > MAX_KEYS ? this.#buckets.keys().next().value : undefined;
    if (oldest !== undefined) this.#buckets.delete(oldest);
    return bucket;
  }
}
