/**
 * Syslog over a stream (RFC 6587), its framing told by the first byte of the connection:
 *
 *   octet counting    MSG-LEN SP SYSLOG-MSG ...       a digit comes first
 *   lines             SYSLOG-MSG LF ...               anything else, `<` most likely
 *
 * Told once, not for each message: a line of text may begin with a digit. Pure; any chunking gives the same frames.
 */
import { HeldBytes } from './held-bytes.ts';

export interface Frame {
  readonly bytes: Buffer;
  /** How many of its bytes were beyond the limit, and are not kept. */
  readonly cutBytes: number;
  /** The connection ended within it. */
  readonly isTorn: boolean;
}

const LF = 0x0a;
const SPACE = 0x20;
const ZERO = 0x30;
const MAX_LENGTH_DIGITS = 9;

export class FrameSplitter {
  readonly #held: HeldBytes;
  #framing: 'lines' | 'octets' | 'lost' | undefined;
  /** Octet counting: how many digits of the length have come; undefined within a message. */
  #digits: number | undefined = 0;
  /** Octet counting: bytes of the message that have not come, as far as its digits tell. */
  #missing = 0;

  constructor(maxBytes: number) {
    this.#held = new HeldBytes(maxBytes);
  }

  /** Whether a message has begun and not ended. */
  get isWithin(): boolean {
    return this.#held.length > 0 || (this.#digits !== 0 && this.#framing === 'octets');
  }

  /** Takes the next bytes; returns false where the framing is lost, and then for good. */
  push(chunk: Buffer, take: (frame: Frame) => void): boolean {
    if (this.#framing === undefined && chunk.length > 0)
      this.#framing = isDigit(chunk[0]) ? 'octets' : 'lines';
    if (this.#framing === 'lines') this.#pushLines(chunk, take);
    else if (this.#framing === 'octets' && !this.#pushOctets(chunk, take)) this.#framing = 'lost';
    return this.#framing !== 'lost';
  }

  /** The connection ended. A last line without its end counts as a line. */
  end(take: (frame: Frame) => void): void {
    if (this.#held.length > 0) take({ ...this.#held.take(), isTorn: this.#framing === 'octets' });
  }

  #pushLines(chunk: Buffer, take: (frame: Frame) => void): void {
    let start = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, start)) {
      this.#held.add(chunk.subarray(start, end));
      if (this.#held.length > 0) take({ ...this.#held.take(), isTorn: false });
      start = end + 1;
    }
    if (start < chunk.length) this.#held.add(chunk.subarray(start));
  }

  #pushOctets(chunk: Buffer, take: (frame: Frame) => void): boolean {
    for (let at = 0; at < chunk.length; ) {
      if (this.#digits !== undefined) {
        const byte = chunk[at++] ?? 0;
        // Some put a line end behind each message as well.
        if (byte === LF && this.#digits === 0) continue;
        if (byte === SPACE && this.#digits > 0) this.#digits = this.#missing === 0 ? 0 : undefined;
        else if (isDigit(byte) && this.#digits++ < MAX_LENGTH_DIGITS)
          this.#missing = this.#missing * 10 + byte - ZERO;
        else return false;
        continue;
      }
      const piece = chunk.subarray(at, at + this.#missing);
      this.#held.add(piece);
      this.#missing -= piece.length;
      at += piece.length;
      if (this.#missing === 0) {
        take({ ...this.#held.take(), isTorn: false });
        this.#digits = 0;
      }
    }
    return true;
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= ZERO + 9;
}
