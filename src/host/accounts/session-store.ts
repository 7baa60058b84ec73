/**
 * Sessions, in memory: they end with the server, by signing out, when nothing was asked for a while, and after a working
 * day whatever was asked.
 */
import type { SessionStore as Store } from '@fastify/session';
import type { Session } from 'fastify';

const IDLE_MS = 60 * 60 * 1000;
const MAX_MS = 12 * 60 * 60 * 1000;
const SWEEP_MS = 60_000;
/** Of more than so many the one that was quiet longest ends. */
const MAX_SESSIONS = 1000;

interface Kept {
  readonly session: Session;
  readonly begunMs: number;
  usedMs: number;
}

export interface SessionStoreOptions {
  /** Told of each that ends. */
  readonly onEnd: (id: string) => void;
  readonly now?: () => number;
}

export class SessionStore implements Store {
  /** The one that was quiet longest comes first. */
  readonly #kept = new Map<string, Kept>();
  readonly #onEnd: (id: string) => void;
  readonly #now: () => number;
  readonly #sweeping: NodeJS.Timeout;

  constructor({ onEnd, now = Date.now }: SessionStoreOptions) {
    this.#onEnd = onEnd;
    this.#now = now;
    this.#sweeping = setInterval(() => this.sweep(), SWEEP_MS).unref();
  }

  /** Whether it is under way; asking keeps it so. */
  use(id: string): boolean {
    const kept = this.#findLive(id);
    if (!kept) return false;
    kept.usedMs = this.#now();
    this.#kept.delete(id);
    this.#kept.set(id, kept);
    return true;
  }

  /** Gives it without keeping it under way. */
  peek(id: string): Session | undefined {
    return this.#findLive(id)?.session;
  }

  set(id: string, session: Session, done: (error?: unknown) => void): void {
    const now = this.#now();
    this.#kept.set(id, { session, begunMs: this.#kept.get(id)?.begunMs ?? now, usedMs: now });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MAX_SESSIONS && oldest !== undefined) this.#end(oldest);
    done();
  }

  get(id: string, done: (error: unknown, session?: Session | null) => void): void {
    done(null, this.#findLive(id)?.session ?? null);
  }

  destroy(id: string, done: (error?: unknown) => void = () => {}): void {
    this.#end(id);
    done();
  }

  sweep(): void {
    for (const id of [...this.#kept.keys()]) this.#findLive(id);
  }

  close(): void {
    clearInterval(this.#sweeping);
  }

  #findLive(id: string): Kept | undefined {
    const kept = this.#kept.get(id);
    if (!kept) return undefined;
    const now = this.#now();
    if (now - kept.usedMs < IDLE_MS && now - kept.begunMs < MAX_MS) return kept;
    this.#end(id);
    return undefined;
  }

  #end(id: string): void {
    if (this.#kept.delete(id)) this.#onEnd(id);
  }
}
