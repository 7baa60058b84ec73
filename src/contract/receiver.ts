/** What the receiver's process is started with, and what it says of itself. */
import { z } from 'zod';
import { Listener, ReceiverCertificate, ReceiverStatus } from './receiver-status.ts';
import { SenderName } from './spool.ts';

const bytes = z.int().positive();

/** Where to listen: `HOST:PORT`, IPv6 in brackets. */
export const ListenAddressText = z
  .string()
  .regex(/^(?:\[[0-9a-fA-F:.]+\]|[^:[\]\s]+):\d{1,5}$/, 'an address is written as HOST:PORT or [IPv6]:PORT');

/** Where it listens and what it takes; every value has a default for a small site. */
export const HttpSettings = z.strictObject({
  /** Loopback unless told otherwise. */
  address: ListenAddressText.default('127.0.0.1:8080'),
  /** HTTPS, and nothing else. */
  tls: z.boolean().default(false),
  paths: z
    .array(z.string().regex(/^\/[\w\-./~]*$/))
    .min(1)
    .default(['/ingest', '/api/v1/ingest']),
  maxBodyBytes: bytes.default(16 * 1024 * 1024),
  /** Of a compressed body, decompressed. */
  maxDecompressedBytes: bytes.default(64 * 1024 * 1024),
  maxHeaderBytes: bytes.default(16 * 1024),
  /** Entries of one request. */
  maxBatchEntries: z.int().positive().default(10_000),
  /** Requests of one sender in a second, on average. */
  maxRequestsPerSecond: z.number().positive().default(20_000),
  maxConnections: z.int().positive().default(2048),
  /** A request that takes longer to arrive is cut off. */
  requestTimeoutMs: z.int().positive().default(15_000),
});
export type HttpSettings = z.infer<typeof HttpSettings>;

export const SpoolSettings = z.strictObject({
  /** Refuses rather than leave less than this on the disk. */
  minFreeBytes: z
    .int()
    .nonnegative()
    .default(256 * 1024 * 1024),
  maxWaitingBytes: bytes.default(64 * 1024 * 1024),
  /** Days that are kept, today included; all unless told. */
  keepDays: z.int().positive().optional(),
  /** Size of all that is kept; no limit unless told. */
  keepBytes: bytes.optional(),
});
export type SpoolSettings = z.infer<typeof SpoolSettings>;

/** What HTTPS and syslog over TLS answer with: one of the receiver's own where no certificate is named. */
export const TlsSettings = z
  .strictObject({
    /** PEM: the site's certificate, and its chain behind it. */
    certificate: z.string().min(1).optional(),
    /** PEM, without a passphrase. */
    key: z.string().min(1).optional(),
    /** PEM: clients must show a certificate of these authorities. Unless told they may show any, or none. */
    clientCa: z.string().min(1).optional(),
    /** Names and addresses that the own certificate is good for, beside those of this machine. */
    names: z.array(z.string().min(1)).default([]),
  })
  .refine(({ certificate, key }) => (certificate === undefined) === (key === undefined), {
    message: 'certificate and key go together',
  });
export type TlsSettings = z.infer<typeof TlsSettings>;

/** Where syslog is listened to, by way. Nowhere unless told. */
export const SyslogSettings = z.strictObject({
  /** Acknowledges nothing, and neither do the next two: what is lost on the way is not missed by its sender. */
  udp: ListenAddressText.optional(),
  tcp: ListenAddressText.optional(),
  tls: ListenAddressText.optional(),
  /** Acknowledges what is on the disk. */
  relp: ListenAddressText.optional(),
  /** The program whose messages are entries. */
  tag: z.string().min(1).default('openspp-audit'),
  /** The sender of what comes from addresses of no sender; unless told that is refused. */
  anySender: SenderName.optional(),
  /** What is longer is cut. */
  maxMessageBytes: bytes.default(1024 * 1024),
  maxConnections: z.int().positive().default(512),
  /** A connection that is silent within a message, or before its first, is closed; between messages it may be. */
  idleTimeoutMs: z.int().positive().default(30_000),
  /** What is kept of messages that are no entries; the oldest make room. */
  maxOtherBytes: bytes.default(32 * 1024 * 1024),
});
export type SyslogSettings = z.infer<typeof SyslogSettings>;

/** The configuration file of `unbroken serve`. */
export const ReceiverSettings = z.strictObject({
  http: HttpSettings.prefault({}),
  tls: TlsSettings.prefault({}),
  spool: SpoolSettings.prefault({}),
  syslog: SyslogSettings.prefault({}),
});
export type ReceiverSettings = z.infer<typeof ReceiverSettings>;

/** To the receiver's process. */
export const ToReceiver = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('start'),
    data: z.string(),
    settings: ReceiverSettings,
    nativeBinding: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('stop') }),
]);
export type ToReceiver = z.infer<typeof ToReceiver>;

/** From it: `status` each second; `notice` is a sentence for its log; after `failed` it waits to be stopped. */
export const FromReceiver = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('started'),
    listeners: z.array(Listener),
    tls: ReceiverCertificate.optional(),
  }),
  z.strictObject({ kind: z.literal('status'), status: ReceiverStatus }),
  z.strictObject({ kind: z.literal('notice'), text: z.string() }),
  z.strictObject({ kind: z.literal('failed'), text: z.string() }),
]);
export type FromReceiver = z.infer<typeof FromReceiver>;
