/** What a person chose for the app, and what they opened: kept beside the app's own files, never in a workspace. */
import { z } from 'zod';

export const Scheme = z.enum(['auto', 'light', 'dark']);
export type Scheme = z.infer<typeof Scheme>;

export const Settings = z.strictObject({
  scheme: Scheme,
  /** The zone that times are shown in: `UTC` or a name of IANA's. */
  zone: z.string().max(100),
  /** The language of the screens; null: as the system has it. */
  language: z.string().max(20).nullable(),
  /** Values are not shown, so that a screen can be shown to others. */
  mask: z.boolean(),
  /** The keys whose values these are; of all keys where none is named. */
  maskValues: z.array(z.string().max(200)).max(200),
});
export type Settings = z.infer<typeof Settings>;

export const SettingsChange = Settings.partial();
export type SettingsChange = z.infer<typeof SettingsChange>;

export const Recent = z.strictObject({
  /** What was opened together, as given. */
  paths: z.array(z.string()).min(1),
  /** ISO 8601, UTC. */
  openedAt: z.string(),
});
export type Recent = z.infer<typeof Recent>;

export const Preferences = z.strictObject({
  settings: Settings,
  /** The latest first. */
  recent: z.array(Recent),
});
export type Preferences = z.infer<typeof Preferences>;

/** What a menu, or a second start of the app, asks of the page. */
export const AppCommand = z.enum([
  'open-directories',
  'open-files',
  'open',
  'connect',
  'close',
  'overview',
  'findings',
  'entries',
  'document',
  'receiver',
  'palette',
  'settings',
  'shortcuts',
  'about',
  'change',
]);
export type AppCommand = z.infer<typeof AppCommand>;

export const Licence = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** SPDX expression. */
  licence: z.string(),
  text: z.string(),
});
export type Licence = z.infer<typeof Licence>;
