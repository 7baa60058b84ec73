/** Accounts of a served instance, and what the sign-in page and the server say to each other. */
import { z } from 'zod';
import { Group } from './group.ts';

/** Small letters, so that no two names look alike; a name is a folder's too. */
export const AccountName = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?$/)
  // Windows has devices of such names.
  .refine((name) => !/^(?:con|prn|aux|nul|(?:com|lpt)\d)(?:\.|$)/.test(name));
export type AccountName = z.infer<typeof AccountName>;

/** By what no dictionary has: length. Nothing else is asked of a password. */
export const MIN_PASSWORD = 12;
export const Password = z.string().min(MIN_PASSWORD).max(256);

/** The header in which a page gives back what `SessionView` told it. */
export const CSRF_HEADER = 'x-csrf-token';

/** What a page knows of its session before it shows anything. */
export const SessionView = z.strictObject({
  /** Null: nobody is signed in. */
  account: z.strictObject({ name: z.string(), group: Group }).nullable(),
  /** To be sent back with every call; null where nobody is signed in. */
  csrf: z.string().nullable(),
});
export type SessionView = z.infer<typeof SessionView>;

export const SignIn = z.strictObject({ name: z.string().max(100), password: z.string().max(256) });
export type SignIn = z.infer<typeof SignIn>;

export const accountCalls = {
  /**
   * Changes the caller's own: this session goes on, the others of the account end. `sign-in-refused` for another old one;
   * `not-available-here` where nobody signs in, and for a token.
   */
  'account.changePassword': {
    input: z.strictObject({ old: z.string().max(256), password: Password }),
    output: z.strictObject({}),
  },
} as const;

/** The first manager makes themselves with the link that was printed. */
export const FirstAccount = z.strictObject({ token: z.string(), name: AccountName, password: Password });
export type FirstAccount = z.infer<typeof FirstAccount>;
