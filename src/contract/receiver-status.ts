/** What a running receiver tells of itself, each second: for the screen, for metrics and for alerts. */
import { z } from 'zod';
import { SenderName, Transport } from './spool.ts';

/** Where it listens: `HOST:PORT`, IPv6 in brackets. */
export const Listener = z.strictObject({ transport: Transport, address: z.string() });
export type Listener = z.infer<typeof Listener>;

/** Of the certificate that it answers with: its SHA-256, and the file by which clients trust one of its own. */
export const ReceiverCertificate = z.strictObject({
  fingerprint: z.string(),
  caFile: z.string().optional(),
});
export type ReceiverCertificate = z.infer<typeof ReceiverCertificate>;

/** What one sender has sent by one transport since the receiver started. */
export const Received = z.strictObject({
  sender: SenderName,
  transport: Transport,
  /** All that were acknowledged; of them those that were here before, and those that are no entries. */
  entries: z.int(),
  again: z.int(),
  malformed: z.int(),
  bytes: z.int(),
  lastAt: z.iso.datetime(),
});
export type Received = z.infer<typeof Received>;

/** What was not taken since the receiver started, as far as it is known who sent it and how. */
export const Refused = z.strictObject({
  reason: z.string(),
  sender: z.string().optional(),
  transport: z.string().optional(),
  count: z.int(),
});
export type Refused = z.infer<typeof Refused>;

/** An entry that was received lately. Its values are not told. */
export const RecentEntry = z.strictObject({
  /** `SENDER.DAY.LINE`: where it is in the spool. */
  id: z.string(),
  sender: SenderName,
  transport: Transport,
  receivedAt: z.iso.datetime(),
  bytes: z.int(),
  result: z.enum(['kept', 'again', 'malformed']),
  /** As they are written in it, cut where they are long. */
  model: z.string().optional(),
  method: z.string().optional(),
  seq: z.string().optional(),
});
export type RecentEntry = z.infer<typeof RecentEntry>;

export const ReceiverStatus = z.strictObject({
  at: z.iso.datetime(),
  received: z.array(Received),
  refused: z.array(Refused),
  /** Syslog messages that came and are not kept. */
  lost: z.array(Refused),
  /** Entries acknowledged since the status before, for each second of that time. */
  perSecond: z.number(),
  waitingBytes: z.int(),
  /** Of the spool's disk; undefined where the system does not tell. */
  freeBytes: z.int().optional(),
  /** Why nothing is taken now. */
  trouble: z.enum(['full', 'busy', 'halted', 'closing']).optional(),
  /** The latest first. */
  recent: z.array(RecentEntry),
});
export type ReceiverStatus = z.infer<typeof ReceiverStatus>;

/** How the receiver's process stands. */
export const ReceiverState = z.strictObject({
  /** `waiting`: it ended by itself, and is started again in a while. */
  state: z.enum(['stopped', 'starting', 'running', 'waiting', 'stopping']),
  since: z.iso.datetime(),
  /** Of one that runs. */
  listeners: z.array(Listener),
  tls: ReceiverCertificate.optional(),
  /** Why it ended last, or could not be started: a sentence for its log. */
  problem: z.string().optional(),
});
export type ReceiverState = z.infer<typeof ReceiverState>;
