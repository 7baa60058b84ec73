/** One receiver a directory: two would write into the same lines, and each would miss what the other received. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createFailure } from '../engine/base/failure.ts';
import { holdLock } from './with-lock.ts';

/** Held until it is released, or its holder dies; one that is being ended is waited for. Failure: `bad-request`. */
export function lockDirectory(data: string, nativeBinding?: string): { release(): void } {
  mkdirSync(join(data, 'receiver'), { recursive: true, mode: 0o700 });
  const lock = holdLock(join(data, 'receiver', 'lock'), nativeBinding);
  if (lock) return lock;
  throw createFailure('bad-request', 'another receiver is at work in this directory', { subject: data });
}
