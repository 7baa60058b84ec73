/**
 * Syslog messages on their way, as many as came at once: an entry goes to the spool with its envelope beside it, anything else is counted and kept
 * apart. An entry is what the audited program's tag names and begins as an object does, also one that a relay cut: that
 * it breaks off is then found where it is read. Under other tags it is what reads as an entry to its end.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { type Envelope, readEnvelope } from '../../engine/base/read-envelope.ts';
import type { Metrics } from '../metrics.ts';
import { PayloadCheck } from '../spool/check-payloads.ts';
import { Refusal } from '../spool/outcomes.ts';
import type { Spool } from '../spool/spool.ts';
import type { Arrival, Origin } from '../spool/spool-line.ts';
import type { OtherLines } from './other-lines.ts';
import type { SayOnce } from './say-once.ts';
import { SequenceHoles } from './sequence-holes.ts';

export interface Message {
  readonly bytes: Buffer;
  /** How many more there were. */
  readonly cutBytes: number;
  /** Its connection ended within it. */
  readonly isTorn?: boolean;
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
   * Keeps messages; resolves when the entries among them are on the disk. As long as the spool only waits, so does this.
   * Rejects with the Refusal of a spool that halted or closes.
   */
  async take(origin: Origin, messages: readonly Message[]): Promise<void> {
    const arrivals: Arrival[] = [];
    for (const message of messages) {
      const { bytes, cutBytes, isTorn } = message;
      if (cutBytes > 0 || isTorn) this.#tellCut(origin, message);
      const envelope = readEnvelope(bytes);
      this.#noteSequence(origin, envelope);
      const payload = this.#findEntry(bytes, envelope);
      if (!payload) this.#keepApart(origin, bytes);
      else if (payload.byteOffset === bytes.byteOffset) arrivals.push({ payload });
      else arrivals.push({ payload, envelope: bytes.subarray(0, payload.byteOffset - bytes.byteOffset) });
    }
    if (arrivals.length > 0) await this.#keep(origin, arrivals);
  }

  /** What waits for the spool waits no longer. */
  stop(): void {
    this.#stopping.abort();
  }

  #tellCut({ sender, transport }: Origin, { bytes, cutBytes, isTorn }: Message): void {
    const { metrics, say } = this.#options;
    metrics.count('unbroken_cut_total', `sender="${sender}",transport="${transport}"`);
    const what = isTorn
      ? `a connection of ${sender} ended within a message`
      : `${sender} sent a message of ${bytes.length + cutBytes} bytes`;
    say.tell(`cut ${sender}`, `${what}; its first ${bytes.length} bytes were kept`);
  }

  #keepApart({ sender, transport, peer }: Origin, message: Buffer): void {
    const { metrics, other } = this.#options;
    const isKept = other.keep({ sender, transport, peer, message });
    metrics.count(
      'unbroken_other_lines_total',
      `sender="${sender}",transport="${transport}",result="${isKept ? 'kept' : 'counted'}"`,
    );
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

  #noteSequence({ sender, transport }: Origin, { sequenceId, host = '' }: Envelope): void {
    if (sequenceId === undefined) return;
    const missing = this.#holes.note(sender, `${transport} ${host}`, sequenceId);
    if (missing === undefined) return;
    const { metrics, say } = this.#options;
    metrics.set('unbroken_sequence_missing', missing, `sender="${sender}"`);
    if (missing > 0)
      say.tell(`holes ${sender}`, `${sender} counts its messages, and ${missing} have not come`);
  }

  async #keep(origin: Origin, arrivals: readonly Arrival[]): Promise<void> {
    const { spool, metrics } = this.#options;
    const { transport } = origin;
    for (let waiting = arrivals; ; ) {
      const outcomes = await spool.append(origin, waiting);
      const refusals = outcomes.filter((outcome) => outcome instanceof Refusal);
      if (refusals.length === 0) return;
      const lasting = refusals.find(({ code }) => code !== 'busy' && code !== 'full');
      waiting = waiting.filter((_, i) => outcomes[i] instanceof Refusal);
      const refusal = lasting ?? (await this.#pause());
      if (!refusal) continue;
      // With RELP it is not lost: its sender has no answer.
      if (transport !== 'relp')
        metrics.count('unbroken_lost_total', `transport="${transport}",reason="not-kept"`, waiting.length);
      throw refusal;
    }
  }

  /** Resolves after a while; with a Refusal where it is being stopped. */
  #pause(): Promise<Refusal | undefined> {
    return pause(RETRY_MS, undefined, { signal: this.#stopping.signal }).catch(() => new Refusal('closing'));
  }
}

/** Without the line ends, NULs and spaces that senders put behind a message. */
function trimEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] ?? 0x21) <= 0x20) end--;
  return bytes.subarray(0, end);
}
