/**
 * What is missing by the count that some senders keep of their own messages (`sequenceId`, RFC 5424, 7.3.1): for each
 * sender, host and way, whatever the number of processes behind it. It begins again at 1, and one that comes late fills
 * the hole that it left.
 */

/** Hosts whose count is remembered; beyond, the one that was not heard of longest is forgotten. */
const MAX_ORIGINS = 1000;
/** More is another count that began, not a hole. */
const MAX_HOLE = 1_000_000;

export class SequenceHoles {
  readonly #lastOf = new Map<string, number>();
  readonly #missing = new Map<string, number>();

  /** Takes a message's number; returns how many its sender lacks now where that has changed. */
  note(sender: string, origin: string, sequenceId: number): number | undefined {
    const key = `${sender} ${origin}`;
    const last = this.#lastOf.get(key);
    const isLate = last !== undefined && sequenceId < last && sequenceId !== 1;
    this.#lastOf.delete(key);
    this.#lastOf.set(key, isLate ? last : sequenceId);
    const oldest = this.#lastOf.size > MAX_ORIGINS ? this.#lastOf.keys().next().value : undefined;
    if (oldest !== undefined) this.#lastOf.delete(oldest);
    if (last === undefined || sequenceId === last) return undefined;
    const before = this.#missing.get(sender) ?? 0;
    const hole = sequenceId - last - 1;
    const after = isLate
      ? Math.max(0, before - 1)
      : before + (sequenceId === 1 || hole > MAX_HOLE ? 0 : hole);
    if (after === before) return undefined;
    this.#missing.set(sender, after);
    return after;
  }
}
