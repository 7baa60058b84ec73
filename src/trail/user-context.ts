/** Who acts, carried through everything that a call starts. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from './write-entry.ts';

const actors = new AsyncLocalStorage<Actor>();

/** Runs `act`, and all that it starts, in the name of this user. */
export function actAs<T>(actor: Actor, act: () => T): T {
  return actors.run(actor, act);
}

/** The user in whose name this code runs; undefined outside of `actAs`. */
export function findActor(): Actor | undefined {
  return actors.getStore();
}
