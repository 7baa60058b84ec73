/**
 * The spool: what the receiver writes and the engine reads. One JSON object a line, keys in the order given here, so that
 * the payload can be found by its key. `resources/spool-format.md` says the same to a person.
 */
import { z } from 'zod';

/** Marks a directory as a spool: `{"format":"unbroken.spool/1"}`. */
export const SPOOL_MARK_FILE = 'spool.json';
export const SPOOL_FORMAT = 'unbroken.spool/1';
/** Folder of the spool with a folder for each sender. */
export const SPOOL_SENDERS = 'senders';
/** Folder of the receiver's own starts, stops and heartbeats. */
export const SPOOL_RECEIVER = 'receiver';
/** What retention removed, one JSON object a file. */
export const SPOOL_REMOVED_FILE = 'removed.jsonl';

/** A line of an entry begins with this. */
export const SPOOL_LINE_START = '{"spool":1,"id":"';

/**
 * What comes before the payload in a line. A quote in a value before it has a backslash before it, so the first occurrence
 * is the key.
 */
export const PAYLOAD_KEY = ',"payload":';
export const PAYLOAD_BASE64_KEY = ',"payloadBase64":';

/** A sender's name: also the name of its folder, on any system. */
export const SenderName = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(40)
  .refine((name) => !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(name));

/** Who sends the receiver's own test entries: what it sent is kept as any other's, and left out of what is checked. */
export const SELF_TEST_SENDER = 'self-test';

/** How an entry came. */
export const Transport = z.enum(['http', 'https', 'syslog-udp', 'syslog-tcp', 'syslog-tls', 'relp']);
export type Transport = z.infer<typeof Transport>;

/** One received entry. */
export const SpoolLine = z
  .strictObject({
    spool: z.literal(1),
    /** `SENDER.DAY.LINE`: says where the line is. */
    id: z.string(),
    /** When it was written down, UTC. */
    receivedAt: z.iso.datetime(),
    sender: SenderName,
    transport: Transport,
    /** Address and port that it came from. */
    peer: z.string().regex(/^[^"\\]*$/),
    /** What came in one request has one batch. */
    batch: z
      .string()
      .regex(/^[^"\\]*$/)
      .optional(),
    /** Of a syslog message, what stood before the payload: priority, time, host, tag with the process. */
    envelope: z.string().optional(),
    /** The same where it is not UTF-8. */
    envelopeBase64: z.base64().optional(),
    /** SHA-256 of the payload's bytes. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** The bytes as received, where they are UTF-8. */
    payload: z.string().optional(),
    /** The bytes as received, where they are not. */
    payloadBase64: z.base64().optional(),
  })
  .refine(({ payload, payloadBase64 }) => (payload === undefined) !== (payloadBase64 === undefined));
export type SpoolLine = z.infer<typeof SpoolLine>;

/** What was lost on the way to the receiver, or not taken by it. */
export const Loss = z.strictObject({
  /** The system threw datagrams away; a sender's own count has a hole; the receiver did not take or keep it. */
  kind: z.enum(['kernel-drops', 'sequence-hole', 'refused']),
  transport: Transport.optional(),
  /** Where it is known. */
  sender: SenderName.optional(),
  /** Of what was refused, a word. */
  reason: z.string().optional(),
  /** Messages. */
  count: z.int().positive(),
});
export type Loss = z.infer<typeof Loss>;

/** A line of the receiver's own. */
export const ReceiverMark = z.strictObject({
  spool: z.literal(1),
  receiver: z.enum(['start', 'stop', 'heartbeat', 'loss']),
  at: z.iso.datetime(),
  /** Of a loss: the telling before. It came about between that and `at`. */
  since: z.iso.datetime().optional(),
  /** Of a loss: what, summed up. */
  loss: Loss.optional(),
  /** Of a start: since when it was down: its last stop, else the last sign of life before. */
  downSince: z.iso.datetime().optional(),
  version: z.string().optional(),
});
export type ReceiverMark = z.infer<typeof ReceiverMark>;

/** A line of what retention removed: what a file was before. */
export const RemovedFile = z.strictObject({
  /** Within the spool, with `/`. */
  file: z.string(),
  day: z.iso.date(),
  removedAt: z.iso.datetime(),
  bytes: z.int().nonnegative(),
  /** Of the file, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  lines: z.int().nonnegative(),
});
export type RemovedFile = z.infer<typeof RemovedFile>;

/** The name of a day's file, in a sender's folder and in the receiver's. */
export function nameSpoolFile(day: string): string {
  return `received-${day}.jsonl`;
}
