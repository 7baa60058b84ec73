/** Environments for programs under test: nothing of what they keep outlives a test or is seen by another. */
import { join } from 'node:path';

/** Variables that put everything a program keeps for its user below `home`. */
export function useFoldersBelow(home: string): Record<string, string> {
  return {
    HOME: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    XDG_STATE_HOME: join(home, 'state'),
  };
}

/** The environment of the tests themselves. */
export function readWholeEnv(): Record<string, string> {
  const pairs = Object.entries(process.env);
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
