/**
 * A syslog message on its way: an entry goes to the spool with its envelope beside it, anything else is counted and kept
 * apart. An entry is what the audited program's tag names and begins as an object does, also one that a relay cut: that
 * it breaks off is then found where it is read. Under other tags it is what reads as an entry to its end.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Transport } from '../../contract/spool.ts';
import { type Envelope, readEnvelope } from '../../engine/base/read-envelope.ts';
import type { Metrics } from '../metrics.ts';
import { PayloadCheck } from '../spool/check-payloads.ts';
import { Refusal, type Spool } from '../spool/spool.ts';
import type { Arrival } from '../spool/spool-line.ts';
import type { OtherLines } from './other-lines.ts';
import type { SayOnce } from './say-once.ts';
import { SequenceHoles } from './sequence-holes.ts';

export interface Message {
  readonly bytes: Buffer;
  /** How many more there were. */
  readonly cutBytes: number;
  /** Its connection ended within it. */
  readonly isTorn?: boolean;
  readonly transport: Transport;
  readonly sender: string;
  /** Address and port. */
  readonly peer: string;
}

export interface IntakeOptions {
  readonly spool: Pick<Spool, 'append'>;
  readonly metrics: Metrics;
  readonly other: Pick<OtherLines, 'keep'>;
  readonly say: SayOnce;
  /** The program whose messages are entries. */
  readonly tag: string;
}

/** What a full disk or queue refused is tried again after this: reading has stopped meanwhile. */
const RETRY_MS = 200;
const OPEN_BRACE = 0x7b;

export class MessageIntake {
  readonly #options: IntakeOptions;
  readonly #check = new PayloadCheck();
  readonly #holes = new SequenceHoles();
  readonly #stopping = new AbortController();

  constructor(options: IntakeOptions) {
    this.#options = options;
  }

  /**
   * Keeps a message; resolves when an entry is on the disk. As long as the spool only waits, so does this. Rejects with
   * the Refusal of a spool that halted or closes.
   */
  take(message: Message): Promise<void> {
    const { sender, transport, peer, bytes, cutBytes, isTorn } = message;
    const { metrics, other, say } = this.#options;
    if (cutBytes > 0 || isTorn) {
      metrics.count('unbroken_cut_total', `sender="${sender}",transport="${transport}"`);
      const what = isTorn
        ? `a connection of ${sender} ended within a message`
        : `${sender} sent a message of ${bytes.length + cutBytes} bytes`;
      say.tell(`cut ${sender}`, `${what}; its first ${bytes.length} bytes were kept`);
    }
    const envelope = readEnvelope(bytes);
    this.#noteSequence(message, envelope);
    const payload = this.#findEntry(bytes, envelope);
    if (!payload) {
      const isKept = other.keep({ sender, transport, peer, message: bytes });
      metrics.count(
        'unbroken_other_lines_total',
        `sender="${sender}",transport="${transport}",result="${isKept ? 'kept' : 'counted'}"`,
      );
      return Promise.resolve();
    }
    const before = bytes.subarray(0, payload.byteOffset - bytes.byteOffset);
    return this.#keep({ sender, transport, peer, payload, ...(before.length > 0 && { envelope: before }) });
  }

  /** What waits for the spool waits no longer. */
  stop(): void {
    this.#stopping.abort();
  }

  #findEntry(bytes: Buffer, { tag, textAt }: Envelope): Buffer | undefined {
    const text = trimEnd(bytes.subarray(textAt));
    const isOurs = tag === this.#options.tag;
    if (isOurs && text[0] === OPEN_BRACE) return text;
    if (isOurs) return undefined;
    // A relay may have its own idea of an envelope.
    const at = text.indexOf(OPEN_BRACE);
    const payload = text.subarray(at);
    return at >= 0 && this.#check.check([payload])[0] === undefined ? payload : undefined;
  }

  #noteSequence({ sender, transport }: Message, { sequenceId, host = '' }: Envelope): void {
    if (sequenceId === undefined) return;
    const missing = this.#holes.note(sender, `${transport} ${host}`, sequenceId);
    if (missing === undefined) return;
    const { metrics, say } = this.#options;
    metrics.set('unbroken_sequence_missing', missing, `sender="${sender}"`);
    if (missing > 0)
      say.tell(`holes ${sender}`, `${sender} counts its messages, and ${missing} have not come`);
  }

  async #keep(arrival: Arrival): Promise<void> {
    const { spool, metrics } = this.#options;
    const { sender, transport } = arrival;
    for (;;) {
      try {
        const { again, malformed } = await spool.append(arrival);
        const result = again ? 'again' : malformed ? 'malformed' : 'kept';
        metrics.count(
          'unbroken_entries_total',
          `sender="${sender}",transport="${transport}",result="${result}"`,
        );
        metrics.set('unbroken_last_entry_timestamp_seconds', Date.now() / 1000, `sender="${sender}"`);
        return;
      } catch (error) {
        const isPassing = error instanceof Refusal && (error.code === 'busy' || error.code === 'full');
        if (!isPassing) {
          // With RELP it is not lost: its sender has no answer.
          if (transport !== 'relp')
            metrics.count('unbroken_lost_total', `transport="${transport}",reason="not-kept"`);
          throw error;
        }
        await pause(RETRY_MS, undefined, { signal: this.#stopping.signal }).catch((cause: unknown) => {
          throw new Refusal('closing', { cause });
        });
      }
    }
  }
}

/** Without the line ends, NULs and spaces that senders put behind a message. */
function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0x21) <= 0x20) end--;
  return bytes.subarray(0, end);
}
