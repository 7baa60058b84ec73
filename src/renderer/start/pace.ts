/** How fast a check goes and how long it will still take, from two figures of its progress. */
import type { Progress } from '../../contract/api.ts';

export interface Pace {
  /** Read so far, 0 to 1; undefined while the total is unknown. */
  readonly share: number | undefined;
  readonly bytesPerSecond: number | undefined;
  readonly leftMs: number | undefined;
}

/** A rate needs some time to mean anything. */
const SETTLED_MS = 400;

export function measurePace({ phase, bytes, bytesTotal, elapsedMs }: Progress): Pace {
  const share = phase === 'discovering' || bytesTotal === 0 ? undefined : Math.min(1, bytes / bytesTotal);
  if (elapsedMs < SETTLED_MS || bytes === 0) return { share, bytesPerSecond: undefined, leftMs: undefined };
  const bytesPerSecond = (bytes / elapsedMs) * 1000;
  const left = phase === 'reading' ? ((bytesTotal - bytes) / bytesPerSecond) * 1000 : undefined;
  return { share, bytesPerSecond, leftMs: left };
}
