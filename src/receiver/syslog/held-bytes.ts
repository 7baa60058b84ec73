/** The bytes of a message as they come, piece by piece; what is beyond the limit is counted and let go. */
export class HeldBytes {
  readonly #maxBytes: number;
  #pieces: Buffer[] = [];
  #bytes = 0;
  #cutBytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** All that came, the cut bytes included. */
  get length(): number {
    return this.#bytes + this.#cutBytes;
  }

  add(piece: Buffer): void {
    const kept = Math.min(piece.length, this.#maxBytes - this.#bytes);
    if (kept > 0) this.#pieces.push(kept === piece.length ? piece : piece.subarray(0, kept));
    this.#bytes += kept;
    this.#cutBytes += piece.length - kept;
  }

  /** Gives all of it, and begins anew. A message that came in one piece is not copied. */
  take(): { readonly bytes: Buffer; readonly cutBytes: number } {
    const [first] = this.#pieces;
    const bytes = this.#pieces.length === 1 && first ? first : Buffer.concat(this.#pieces);
    const taken = { bytes, cutBytes: this.#cutBytes };
    this.#pieces = [];
    this.#bytes = 0;
    this.#cutBytes = 0;
    return taken;
  }
}
