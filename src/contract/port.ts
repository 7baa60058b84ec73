/** What travels on the MessagePort between a page and the engine: requests one way, replies and events the other. */
import { z } from 'zod';
import type { Reply } from './api.ts';

export const PortRequest = z.strictObject({ id: z.int(), name: z.string(), input: z.unknown() });
export type PortRequest = z.infer<typeof PortRequest>;

export type PortMessage =
  | { readonly id: number; readonly reply: Reply<unknown> }
  | { readonly event: string; readonly payload: unknown };
