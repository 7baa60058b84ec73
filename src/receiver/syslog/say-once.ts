/** A log that a flood cannot flood: the same is said once, and again with its count when a minute has gone by. */
const QUIET_MS = 60_000;
const MAX_SUBJECTS = 1000;

export class SayOnce {
  readonly #say: (text: string) => void;
  readonly #now: () => number;
  readonly #said = new Map<string, { sinceMs: number; more: number }>();

  constructor(say: (text: string) => void, now: () => number = () => performance.now()) {
    this.#say = say;
    this.#now = now;
  }

  /** `subject`: what is the same. */
  tell(subject: string, text: string): void {
    const nowMs = this.#now();
    const said = this.#said.get(subject);
    if (said && nowMs - said.sinceMs < QUIET_MS) {
      said.more++;
      return;
    }
    this.#say(said && said.more > 0 ? `${text} (and ${said.more} times more since it was last said)` : text);
    this.#said.delete(subject);
    this.#said.set(subject, { sinceMs: nowMs, more: 0 });
    const oldest = this.#said.size > MAX_SUBJECTS ? this.#said.keys().next().value : undefined;
    if (oldest !== undefined) this.#said.delete(oldest);
  }
}
