/** Calls about served instances that the desktop shows in its own screens, as `api.ts` has them. */
import { z } from 'zod';

/** SHA-256 of a certificate, as Node writes it: `AB:CD:…`. */
export const Fingerprint = z.string().regex(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/);

/** A server that was signed in to before. Neither a password nor a token is kept. */
export const KnownServer = z.strictObject({
  /** Its origin, such as `https://audit.example.org`. */
  address: z.string(),
  /** Who signed in last; null: a program's token. */
  account: z.string().nullable(),
  /** Of the certificate that a person confirmed; null where an authority vouches for it, or none is needed. */
  fingerprint: Fingerprint.nullable(),
  usedAt: z.iso.datetime(),
});
export type KnownServer = z.infer<typeof KnownServer>;

/** `lost`: it does not answer, and is asked again. `ended`: it does not know the session any more. */
export const ShownServer = z.strictObject({
  address: z.string(),
  account: z.string().nullable(),
  state: z.enum(['connected', 'lost', 'ended']),
});
export type ShownServer = z.infer<typeof ShownServer>;

/**
 * Why a server is believed to be itself. `loopback`: it is this machine. `authority`: one that this system trusts vouches
 * for it. `pinned`: its certificate is the one that a person confirmed. `unknown`: a person has to compare it.
 */
export const ServerLook = z.strictObject({
  address: z.string(),
  trust: z.enum(['loopback', 'authority', 'pinned', 'unknown']),
  certificate: z
    .strictObject({
      fingerprint: Fingerprint,
      /** As the certificate says it, which anybody can. */
      subject: z.string(),
      validTo: z.iso.datetime(),
    })
    .nullable(),
});
export type ServerLook = z.infer<typeof ServerLook>;

const address = z.string().max(300);

export const serverCalls = {
  /** Nobody but a desktop shows other servers. */
  'server.list': {
    input: z.strictObject({}),
    output: z.strictObject({ servers: z.array(KnownServer), shown: ShownServer.nullable() }),
  },
  /** Looks whether a server is there and who vouches for it; nothing is told to it. */
  'server.look': { input: z.strictObject({ address }), output: ServerLook },
  /** From then on all other calls are the server's, except for preferences. */
  'server.signIn': {
    input: z.strictObject({
      address,
      /** Of the certificate that the person confirmed. */
      fingerprint: Fingerprint.optional(),
      as: z.union([
        z.strictObject({ name: z.string().max(100), password: z.string().max(256) }),
        z.strictObject({ token: z.string().regex(/^[\w-]{1,200}$/) }),
      ]),
    }),
    output: ShownServer,
  },
  /** Ends the session; the desktop shows itself again. */
  'server.signOut': { input: z.strictObject({}), output: z.strictObject({}) },
  /** Forgets a server, with the certificate that was confirmed. */
  'server.forget': { input: z.strictObject({ address }), output: z.strictObject({}) },
} as const;

export const serverEvents = {
  'server.changed': z.strictObject({ shown: ShownServer.nullable() }),
} as const;
