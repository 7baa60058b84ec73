/** Draws the make of a simulated log from its seed. */
import { createRandom } from './random.ts';
import type { SimulationOptions } from './simulate-log.ts';

/** Is how restless the processes of a log are. */
export interface Profile {
  /** The least mean number of entries in a worker's life, and how many more it may be. */
  readonly recycleAfter: number;
  readonly recycleSpread: number;
  /** The share of logs whose workers are never replaced. */
  readonly lasting: number;
  readonly boots: number;
  /** The share of logs that begin long after their first processes did. */
  readonly midway: number;
}

export const PROFILES = {
  /** The processes live on: one boot, nobody is replaced. */
  lasting: { recycleAfter: 0, recycleSpread: 1, lasting: 1, boots: 1, midway: 0 },
  /** As servers are run: a worker writes thousands of entries, a server is restarted now and then. */
  steady: { recycleAfter: 1000, recycleSpread: 4000, lasting: 0.4, boots: 3, midway: 0.25 },
  /** Workers die after some dozens or hundreds of entries: ends of dead processes at every seq hide losses. */
  stress: { recycleAfter: 50, recycleSpread: 400, lasting: 0.3, boots: 4, midway: 0.25 },
} as const satisfies Record<string, Profile>;

/** Draws the make of a log. */
export function drawOptions(seed: number, profile: Profile, processes?: number): SimulationOptions {
  const random = createRandom(seed * 7919 + 13);
  return {
    seed,
    nodes: 1 + random.int(2),
    processes: processes ?? 2 + random.int(7),
    days: 3 + random.int(3),
    entriesPerNode: 300 + random.int(4000),
    boots: 1 + random.int(profile.boots),
    start: random.chance(0.6) ? 'fork' : 'one',
    recycleAfter: random.chance(profile.lasting)
      ? 0
      : profile.recycleAfter + random.int(profile.recycleSpread),
    recycleExactly: random.chance(0.25),
    jitterMs: random.pick([0, 2, 5, 8]),
    skew: random.chance(0.5) ? 0.1 : random.next() * 0.7,
    beginsMidway: random.chance(profile.midway),
    overlappingBoots: random.chance(0.15),
  };
}
