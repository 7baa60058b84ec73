/** What somebody is told of without looking: by a webhook, a command, or the desktop. No entry's content is in it. */
import { z } from 'zod';

/**
 * `gap`: entries are missing. `sender-silent`: nothing came for longer than is expected. `disk-low`: there is little room.
 * `rule-changed`: the log reports a change of what is audited. `sender-refused`: somebody sends who may not.
 */
export const AlertKind = z.enum(['gap', 'sender-silent', 'disk-low', 'rule-changed', 'sender-refused']);
export type AlertKind = z.infer<typeof AlertKind>;

/** The same cause is told once when it began, and where that is news, once when it ended. */
export const Alert = z.strictObject({
  format: z.literal('unbroken.alert/1'),
  /** `test`: somebody tries whether it arrives. */
  kind: z.enum([...AlertKind.options, 'test']),
  state: z.enum(['began', 'ended']),
  at: z.iso.datetime(),
  /** How many gaps, senders, changes: what came up together is told together. */
  count: z.int().positive(),
  /** Entries missing, requests refused; absent where there is nothing to count. */
  entries: z.int().nonnegative().optional(),
  /** Nodes, senders, models or addresses that it is about: the first of them. */
  places: z.array(z.string()),
  /** One English sentence. */
  text: z.string(),
});
export type Alert = z.infer<typeof Alert>;

/** A name or password before its host, with the slashes that a browser takes for `//`. */
const CREDENTIALS = /^\s*https?:[\\/]*[^\\/?#]*@/i;

const minutes = z.number().positive();

/** Who is told, and of what. */
export const AlertSettings = z.strictObject({
  webhook: z
    .strictObject({
      /** Without a name and password of its own: such a request is never made, and what says so would tell them. */
      url: z.url({ protocol: /^https?$/ }).refine((url) => !CREDENTIALS.test(url), {
        error: 'credentials go into authorization, not into the address',
      }),
      /** The value of its Authorization header. */
      authorization: z
        .string()
        .regex(/^[\x20-\x7e]+$/)
        .optional(),
      timeoutMs: z.int().positive().default(10_000),
    })
    .optional(),
  /** A program and its arguments; it reads the alert as JSON from its standard input. */
  command: z.array(z.string()).min(1).optional(),
  /** Of what they are told. */
  kinds: z.array(AlertKind).default([...AlertKind.options]),
  /** A gap that closes within this rings nobody. */
  settleSeconds: z.number().nonnegative().default(300),
  /** By sender how long it may say nothing; `*` for all that are not named. No limit unless told. */
  silentAfterMinutes: z.record(z.string(), minutes).default({}),
  /** Told of where less than this is free. */
  lowDiskBytes: z
    .int()
    .nonnegative()
    .default(2 * 1024 ** 3),
});
export type AlertSettings = z.infer<typeof AlertSettings>;

/** Whether anybody is. */
export function isTold({ webhook, command }: AlertSettings): boolean {
  return webhook !== undefined || command !== undefined;
}
