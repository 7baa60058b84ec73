/**
 * RELP, the protocol of rsyslog's omrelp and imrelp, as frames:
 *
 *   TXNR SP COMMAND SP DATALEN [SP DATA] LF        TXNR and DATALEN of nine digits at most, COMMAND of 32 letters
 *
 * Pure; any chunking gives the same frames. Source: https://github.com/rsyslog/librelp/blob/master/doc/relp.html
 */
import { HeldBytes } from './held-bytes.ts';

export interface RelpFrame {
  readonly transaction: number;
  readonly command: string;
  /** Its data. */
  readonly bytes: Buffer;
  /** How many bytes of the data were beyond the limit, and are not kept. */
  readonly cutBytes: number;
}

const LF = 0x0a;
const SPACE = 0x20;
const HEADER = /^(\d{1,9}) ([a-zA-Z]{1,32}) (\d{1,9})$/;
const MAX_HEADER_BYTES = 52;

export class RelpReader {
  readonly #held: HeldBytes;
  #header = '';
  /** The frame whose data is being read. */
  #frame: { readonly transaction: number; readonly command: string; missing: number } | undefined;
  #isLost = false;

  constructor(maxBytes: number) {
    this.#held = new HeldBytes(maxBytes);
  }

  /** Whether a frame has begun and not ended. */
  get isWithin(): boolean {
    return this.#header !== '' || this.#frame !== undefined;
  }

  /** Takes the next bytes; returns false where they are not RELP, and then for good. */
  push(chunk: Buffer, take: (frame: RelpFrame) => void): boolean {
    for (let at = 0; at < chunk.length && !this.#isLost; ) {
      const frame = this.#frame;
      if (frame && frame.missing > 0) {
        const piece = chunk.subarray(at, at + frame.missing);
        this.#held.add(piece);
        frame.missing -= piece.length;
        at += piece.length;
        continue;
      }
      const byte = chunk[at++] ?? 0;
      if (frame) this.#isLost = byte !== LF;
      else this.#readHeader(byte);
      // Without data the line's end follows the length at once.
      if (byte === LF && !this.#isLost) this.#end(take);
    }
    return !this.#isLost;
  }

  #readHeader(byte: number): void {
    if (byte !== LF && !(byte === SPACE && HEADER.test(this.#header))) {
      this.#header += String.fromCharCode(byte);
      this.#isLost = this.#header.length > MAX_HEADER_BYTES;
      return;
    }
    const [, transaction, command = '', length] = HEADER.exec(this.#header) ?? [];
    const missing = Number(length);
    this.#isLost = transaction === undefined || (byte === LF && missing !== 0);
    this.#frame = { transaction: Number(transaction), command, missing };
    this.#header = '';
  }

  #end(take: (frame: RelpFrame) => void): void {
    if (!this.#frame) return;
    const { transaction, command } = this.#frame;
    this.#frame = undefined;
    take({ transaction, command, ...this.#held.take() });
  }
}

/** A frame that answers a transaction; transaction 0 is a hint that wants no answer. */
export function writeRelp(transaction: number, command: 'rsp' | 'serverclose', data = ''): Buffer {
  const length = Buffer.byteLength(data);
  return Buffer.from(`${transaction} ${command} ${length}${length === 0 ? '' : ` ${data}`}\n`);
}
