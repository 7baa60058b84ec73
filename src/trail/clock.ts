/** Microseconds since 1970, which Node does not offer: the wall clock's, made finer by the process's own. */

/** A wall clock that is further off than this was set anew, and is followed. */
const STEP_MICROS = 20_000;

/** Makes a clock that never runs backwards, whatever `read` does: the times of one process follow its seqs. */
export function createClock(read: () => number = createWallClock()): () => number {
  let latest = Number.NEGATIVE_INFINITY;
  return () => {
    latest = Math.max(latest, Math.floor(read()));
    return latest;
  };
}

function createWallClock(): () => number {
  let offset = Date.now() * 1000 - performance.now() * 1000;
  return () => {
    const wall = Date.now() * 1000;
    const fine = performance.now() * 1000 + offset;
    if (Math.abs(fine - wall) < STEP_MICROS) return fine;
    offset += wall - fine;
    return wall;
  };
}
