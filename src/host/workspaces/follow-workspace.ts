/** Keeps an open workspace up with its directories: checks again as they change, and says how that stands. */
import type { FollowState } from '../../contract/api.ts';
import type { Failure } from '../../contract/failure.ts';
import type { Engine } from '../../engine/engine.ts';

type FollowCheck = Parameters<Engine['follow']>[1]['check'];
/** Whether what was checked is other than before. */
export type Outcome = 'changed' | 'unchanged' | 'given-up' | Failure;

interface FollowerOptions {
  readonly engine: Engine;
  /** Runs a check of the paths, after any other that is under way. */
  readonly check: (paths: readonly string[], state: Parameters<FollowCheck>[0]) => Promise<Outcome>;
  readonly tell: (state: FollowState) => void;
}

export class WorkspaceFollower {
  readonly #options: FollowerOptions;
  #paths: readonly string[] = [];
  #following: ReturnType<Engine['follow']> | undefined;
  #state: FollowState = { state: 'off' };

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  get state(): FollowState {
    return this.#state;
  }

  /** Begins to follow these paths, in place of any others; not where it was paused. */
  start(paths: readonly string[]): void {
    this.#paths = paths;
    if (this.#state.state !== 'paused') this.#begin();
  }

  /** Pauses, or goes on with what changed meanwhile. */
  turn(on: boolean): void {
    if (this.#paths.length === 0) return;
    if (on && this.#state.state !== 'following') this.#begin();
    if (!on) {
      void this.#end();
      this.#tell({ ...this.#state, state: 'paused' });
    }
  }

  /** Resolves when a check that was under way has ended. */
  async close(): Promise<void> {
    await this.#end();
    this.#state = { state: 'off' };
  }

  #begin(): void {
    void this.#end();
    const { failure: _, ...before } = this.#state;
    this.#tell({ ...before, state: 'following' });
    const following = this.#options.engine.follow(this.#paths, {
      check: async (state, changedAt) => {
        const outcome = await this.#options.check(this.#paths, state);
        if (this.#following !== following || outcome === 'unchanged' || outcome === 'given-up') return;
        if (outcome === 'changed') this.#tellChecked(changedAt);
        else {
          void this.#end();
          this.#tell({ ...this.#state, state: 'stopped', failure: outcome });
        }
      },
      onGrown: (unchecked) => {
        if (this.#following === following) this.#tell({ ...this.#state, unchecked });
      },
    });
    this.#following = following;
  }

  #tellChecked(changedAt: Date): void {
    const unchecked = this.#options.engine.countUnchecked();
    const newer = unchecked > 0 ? { unchecked } : {};
    this.#tell({ state: 'following', changedAt: changedAt.toISOString(), ...newer });
  }

  async #end(): Promise<void> {
    const following = this.#following;
    this.#following = undefined;
    await following?.close();
  }

  #tell(state: FollowState): void {
    this.#state = state;
    this.#options.tell(state);
  }
}
