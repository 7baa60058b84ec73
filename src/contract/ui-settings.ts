/** Where the screens of a served instance are. */
import { z } from 'zod';
import { ListenAddressText } from './receiver.ts';

export const UiSettings = z.strictObject({
  address: ListenAddressText,
  /** HTTPS, and nothing else. */
  tls: z.boolean().default(false),
  /** `https://audit.example.org`: where a reverse proxy serves it, which says who asks. */
  proxyOrigin: z.url({ protocol: /^https?$/ }).optional(),
});
export type UiSettings = z.infer<typeof UiSettings>;
