/**
 * Where entries go. One entry is written to every enabled backend with the same (node, ts, seq), so that the copies can
 * be joined and compared.
 */

export type BackendName = 'database' | 'file' | 'syslog' | 'http';

/** An entry as every backend takes it. */
export interface RecordedEntry {
  readonly node: string;
  /** ISO 8601 with microseconds and `+00:00`; without a fraction where the microsecond is 0, as Python writes it. */
  readonly ts: string;
  readonly seq: number;
  readonly model: string;
  /** The entry in the documented dialect as one line of JSON, without its newline. */
  readonly line: string;
}

/** How a backend does: what doctor, metrics and screens tell. */
export interface BackendState {
  readonly name: BackendName;
  readonly written: number;
  /** Entries that it could not take, and will not. */
  readonly lost: number;
  /** Entries accepted and not written yet. */
  readonly waiting: number;
  /** The latest failure, never with a secret in it, and since when the outage lasts; absent while all is well. */
  readonly outage?: { readonly since: string; readonly message: string; readonly failures: number };
}

/** Entries that found no room in a backend's queue and are lost for it. */
export interface Loss {
  readonly backend: BackendName;
  readonly count: number;
  readonly node: string;
  readonly first: { readonly seq: number; readonly ts: string };
  readonly last: { readonly seq: number; readonly ts: string };
}

export interface Backend {
  readonly name: BackendName;
  /**
   * Resolves when the entry is as safe as this backend can make it (file: written, and synced where the policy says so;
   * HTTP: in the durable queue; syslog: handed to the socket). Rejects where it is lost. Entries of one process are
   * written in the order of the calls.
   */
  write(entry: RecordedEntry): Promise<void>;
  /** Resolves when the receiving side itself has the entry; for HTTP that is its 2xx. Rejects after `deadlineMs`. */
  confirm(entry: RecordedEntry, deadlineMs: number): Promise<void>;
  state(): BackendState;
  /**
   * Whom to tell of a loss as soon as there is room again, so that it is recorded like anything else; of an earlier
   * process's too. A loss is told until `tell` has resolved.
   */
  onLoss?(tell: (loss: Loss) => Promise<void>): void;
  /** Writes what waits, for `deadlineMs` at most, and lets go of files and sockets. */
  close(deadlineMs: number): Promise<void>;
}
