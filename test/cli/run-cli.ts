/** The command as a process of its own, from its source. */
import { type SpawnSyncOptions, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

export const cli = resolve(import.meta.dirname, '../../src/cli/cli.ts');

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runCli(args: readonly string[], options: SpawnSyncOptions = {}): Ran {
  return spawnSync(process.execPath, [cli, ...args], { ...options, encoding: 'utf8' });
}
