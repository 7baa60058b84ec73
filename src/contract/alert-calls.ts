/** Calls about whom the desktop tells of what it receives, as `api.ts` has them. */
import { z } from 'zod';
import { AlertSettings } from './alert.ts';

/** As in the configuration of a server; and whether the desktop itself tells it. */
export const AlertChoice = z.strictObject({
  ...AlertSettings.shape,
  desktop: z.boolean().default(true),
});
export type AlertChoice = z.infer<typeof AlertChoice>;

/** Stands for a secret that is kept, and is never shown. */
export const KEPT_SECRET = '********';

export const AlertTest = z.strictObject({
  ways: z.array(
    z.strictObject({
      way: z.enum(['webhook', 'command']),
      /** In English, for whoever looks into it; null where it got through. */
      failed: z.string().nullable(),
    }),
  ),
});

export const alertCalls = {
  /** Secrets are `KEPT_SECRET`. All three: `not-available-here` where this instance is told of alerts by its configuration. */
  'alerts.get': { input: z.strictObject({}), output: AlertChoice },
  /** A secret that was kept stays, unless the webhook is at another origin: there it would be told to somebody else. */
  'alerts.set': { input: AlertChoice, output: AlertChoice },
  /** Sends one that says that it is a test, once. */
  'alerts.test': { input: AlertChoice, output: AlertTest },
} as const;
