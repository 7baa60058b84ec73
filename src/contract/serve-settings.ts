/** The configuration of `unbroken serve`; `resources/serve.example.json` says it to a person. */
import { z } from 'zod';
import { AlertSettings } from './alert.ts';
import { ReceiverSettings } from './receiver.ts';
import { UiSettings } from './ui-settings.ts';

export const ServeSettings = z.strictObject({
  ...ReceiverSettings.shape,
  /** Screens for people with accounts; none where it is left out. */
  ui: UiSettings.optional(),
  /** Logs that are checked and followed beside what is received, and compared with it. */
  tail: z.array(z.string().min(1)).default([]),
  alerts: AlertSettings.prefault({}),
});
export type ServeSettings = z.infer<typeof ServeSettings>;
