/** The configuration of `unbroken serve`; `resources/serve.example.json` says it to a person. */
import { z } from 'zod';
import { ReceiverSettings } from './receiver.ts';

export const ServeSettings = z.strictObject({
  ...ReceiverSettings.shape,
});
export type ServeSettings = z.infer<typeof ServeSettings>;
