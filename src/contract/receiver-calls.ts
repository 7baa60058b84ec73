/** Calls about the receiver that this instance keeps, and about its senders, as `api.ts` has them. */
import { z } from 'zod';
import { ReceiverSettings } from './receiver.ts';
import { ReceiverState, ReceiverStatus } from './receiver-status.ts';
import { SenderName, Transport } from './spool.ts';

/** What a person decides about the receiver of the app. */
export const ReceiverChoice = z.strictObject({
  /** Its data directory; null: below the app's own. Settled once something was received. */
  data: z.string().min(1).nullable().default(null),
  /** Started with the app. */
  withApp: z.boolean().default(false),
  /** The app is started as the person logs in, without a window. Only the desktop app can be. */
  atLogin: z.boolean().default(false),
  settings: ReceiverSettings.prefault({}),
});
export type ReceiverChoice = z.infer<typeof ReceiverChoice>;

export const ReceiverRate = z.strictObject({ at: z.iso.datetime(), perSecond: z.number(), refused: z.int() });
export type ReceiverRate = z.infer<typeof ReceiverRate>;

/** The receiver as it stands. */
export const ReceiverView = z.strictObject({
  state: ReceiverState,
  /** Null while none runs. */
  status: ReceiverStatus.nullable(),
  /** Of the last minutes, the oldest first: entries a second, and requests refused meanwhile. */
  rates: z.array(ReceiverRate),
  /** What its log says, the latest last. */
  notices: z.array(z.strictObject({ at: z.iso.datetime(), text: z.string() })),
  /** Its data directory, and what is opened to see what was received; null while nothing was. */
  data: z.string(),
  spool: z.string().nullable(),
  /** This machine's name. */
  host: z.string(),
  /** On which paths HTTP is taken. */
  paths: z.array(z.string()),
  /** Whether it was started from outside, and is neither started, stopped nor changed here. */
  fixed: z.boolean(),
});
export type ReceiverView = z.infer<typeof ReceiverView>;

export const SenderView = z.strictObject({
  name: SenderName,
  /** What it is known by. */
  by: z.enum(['value', 'address', 'certificate']),
  allow: z.array(z.string()),
  createdAt: z.iso.datetime(),
  rotatedAt: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
});
export type SenderView = z.infer<typeof SenderView>;

/** The value that a sender's requests must carry: told once. Null where it needs none. */
const senderValue = z.strictObject({ value: z.string().nullable() });
const aboutSender = z.strictObject({ name: z.string() });

/** A test entry on its way: how far it came by one transport. */
export const SelfTestWay = z.strictObject({
  transport: Transport,
  address: z.string(),
  /** Milliseconds from the start until each was so; those that are missing were not. */
  steps: z.strictObject({
    sent: z.number().optional(),
    acknowledged: z.number().optional(),
    onDisk: z.number().optional(),
    read: z.number().optional(),
  }),
  /** Why it came no further. `own-address`: this system cannot send it from an address of its own. */
  failed: z
    .enum(['refused', 'unreachable', 'not-on-disk', 'not-read', 'other-certificate', 'own-address'])
    .optional(),
  /** In English, for whoever looks into it. */
  detail: z.string().optional(),
});
export type SelfTestWay = z.infer<typeof SelfTestWay>;

/** How an entry came, by its line in the spool. */
export const EntryReceipt = z.strictObject({
  receivedAt: z.iso.datetime(),
  sender: SenderName,
  transport: Transport,
  /** Address and port. */
  peer: z.string(),
  /** `SENDER.DAY.LINE`. */
  id: z.string(),
  /** Of syslog: what stood before the entry. */
  envelope: z.string().optional(),
});
export type EntryReceipt = z.infer<typeof EntryReceipt>;

export const receiverCalls = {
  /** Null where the entry is in no spool. */
  'entries.receipt': {
    input: z.strictObject({ workspace: z.string(), id: z.string() }),
    output: EntryReceipt.nullable(),
  },
  'receiver.status': { input: z.strictObject({}), output: ReceiverView },
  /** `receiver-not-started` with the reason; it is kept running until it is stopped. */
  'receiver.start': { input: z.strictObject({}), output: ReceiverView },
  /** Answers what is under way first. */
  'receiver.stop': { input: z.strictObject({}), output: ReceiverView },
  'receiver.settings': { input: z.strictObject({}), output: ReceiverChoice },
  /** One that runs is started again where it listens elsewhere now. `receiver-data-settled` for another directory after it was used. */
  'receiver.configure': { input: ReceiverChoice, output: ReceiverChoice },
  /** Sends a marked entry by each way; `self-test`, its sender, is left out of what is checked. */
  'receiver.selfTest': {
    input: z.strictObject({}),
    output: z.strictObject({ ways: z.array(SelfTestWay) }),
  },
  'senders.list': { input: z.strictObject({}), output: z.strictObject({ senders: z.array(SenderView) }) },
  /** With addresses it is known by them, and has no value. */
  'senders.add': {
    input: z.strictObject({ name: z.string(), allow: z.array(z.string()).max(100).optional() }),
    output: senderValue,
  },
  /** The value before is good no more. */
  'senders.rotate': { input: aboutSender, output: senderValue },
  'senders.revoke': { input: aboutSender, output: z.strictObject({}) },
} as const;

export const receiverEvents = {
  /** Each second while it runs, and with each change of its state. */
  'receiver.changed': ReceiverView.pick({ state: true, status: true, spool: true }).extend({
    rate: ReceiverRate.optional(),
    notice: z.strictObject({ at: z.iso.datetime(), text: z.string() }).optional(),
  }),
} as const;
