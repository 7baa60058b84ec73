/** Which payloads are no entries: read by the engine's own parser, so that an answer and a report agree. */
import type { Batch, Malformed } from '../../engine/batch.ts';
import { LineParser } from '../../engine/parse/parse-lines.ts';

/** Why a payload is no entry. */
export type Refused = Pick<Malformed, 'reason' | 'atByte'>;

const LF = 0x0a;
const CR = 0x0d;

export class PayloadCheck {
  readonly #parser = new LineParser();

  /** One answer a payload, in order; undefined where it is an entry. */
  check(payloads: readonly Uint8Array[]): (Refused | undefined)[] {
    const ends = new Uint32Array(payloads.length);
    let size = 0;
    for (const [i, payload] of payloads.entries()) ends[i] = size += payload.length + 1;
    const bytes = Buffer.allocUnsafe(size);
    for (const [i, payload] of payloads.entries()) {
      const end = (ends[i] ?? 0) - 1;
      const start = end - payload.length;
      bytes.set(payload, start);
      bytes[end] = LF;
      // A line break between tokens is white space as a carriage return is; inside a string neither is allowed.
      for (let at = bytes.indexOf(LF, start); at < end; at = bytes.indexOf(LF, at)) bytes[at] = CR;
    }
    const answers: (Refused | undefined)[] = payloads.map(() => undefined);
    const note = (batch: Batch | undefined): void => {
      for (const { line, reason, atByte } of batch?.malformed ?? [])
        answers[(batch?.firstLine ?? 0) - FIRST_LINE + line] = { reason, atByte };
    };
    this.#parser.start(0, { onlyNodes: true });
    note(
      this.#parser.addLines({
        bytes,
        ends,
        count: payloads.length,
        firstLine: FIRST_LINE,
        offsetBytes: 0,
        piece: 'whole',
      }),
    );
    note(this.#parser.takeBatch());
    return answers;
  }
}

/** Not 1: a byte order mark is tolerated at the beginning of a file alone. */
const FIRST_LINE = 2;
