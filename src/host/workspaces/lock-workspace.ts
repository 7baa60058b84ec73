/** The workspace of a served directory has one writer: its server, or a command while no server runs. */
import { join } from 'node:path';
import { createFailure } from '../../engine/base/failure.ts';
import { type HeldLock, tryLock, waitForLock } from '../../trail/backends/lock-file.ts';

/** A command is done with what was appended within moments; a first import takes longer. */
const WAIT_MS = 10_000;

/** For whoever serves it. Failure: `workspace-busy`. */
export async function lockForServer(data: string): Promise<HeldLock> {
  const lock = await waitForLock(findLock(data), WAIT_MS);
  if (lock) return lock;
  throw createFailure('workspace-busy', 'another unbroken is at work in this directory', { subject: data });
}

/** For a command; undefined where a server, or another command, writes. */
export function lockForCommand(data: string): HeldLock | undefined {
  return tryLock(findLock(data));
}

function findLock(data: string): string {
  return join(data, 'workspace.lock');
}
