/** What main and the engine's process say to each other besides the pages' ports. Both are ours, and built together. */
import type { Calls } from '../contract/api.ts';
import type { Preferences } from '../contract/preferences.ts';
import type { Cause } from '../host/alerts/decide-alerts.ts';
import type { ReceiverAsked } from '../host/receiver/far-receiver.ts';
import type { ReceiverTold } from '../receiver/keep-receiver.ts';

/** What the engine's process is started with, as its one argument. */
export interface EngineStart {
  readonly version: string;
  readonly runtime: string;
  readonly developmentRuntime: boolean;
  readonly startPaths: readonly string[];
  readonly dataDirectory: string;
  readonly workspaceDirectory: string;
  readonly sampleDirectory: string;
  readonly configDirectory: string;
  readonly licencesFile: string;
  /** Path of better-sqlite3's binary, where the one in its package does not fit the runtime. */
  readonly nativeBinding?: string | undefined;
}

export type ToEngine =
  /** Comes with the port of a page. */
  | { readonly type: 'connect' }
  | { readonly type: 'chosen'; readonly id: number; readonly paths: readonly string[] }
  /** The answer to `target` (a path, or undefined), `print` (the PDF, or undefined) or `receiver` (a failure, or undefined). */
  | { readonly type: 'answered'; readonly id: number; readonly answer: unknown }
  /** What main's receiver tells. */
  | { readonly type: 'receiver'; readonly told: ReceiverTold }
  | { readonly type: 'close' };

export type SourceKind = Calls['source.choose']['input']['what'];

export type ToMain =
  | { readonly type: 'choose'; readonly id: number; readonly what: SourceKind }
  /** Lets the person choose where a document of this name goes. */
  | { readonly type: 'target'; readonly id: number; readonly name: string }
  | { readonly type: 'print'; readonly id: number; readonly html: string }
  | { readonly type: 'receiver'; readonly id: number; readonly asked: ReceiverAsked }
  /** Another choice about the receiver was kept. */
  | { readonly type: 'receiver-choice' }
  /** Another choice about alerts was kept. */
  | { readonly type: 'alert-choice' }
  /** A log was checked: what may be told of it. */
  | { readonly type: 'checked'; readonly paths: readonly string[]; readonly found: readonly Cause[] }
  | { readonly type: 'preferences'; readonly preferences: Preferences };
