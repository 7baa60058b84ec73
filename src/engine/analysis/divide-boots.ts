/**
 * Finds the restarts of a node: moments at which every stream ends and only new ones follow.
 *
 * Each seq 1 may be one. It is, if no stream runs on across it. A stream that seems to run on may have been linked by
 * chance: an entry whose own predecessor is missing took the end of a process that died before the restart. Such a
 * link is discounted only if the entry can be explained after the restart as well: enough entries lie between for its
 * process to have counted so far, and a stream broke off just below it (or several streams begin at its seq).
 *
 * Knowing the restarts matters, because the ends of dead processes pile up, and each hides a loss at its seq.
 * Two servers that share a node name, or a restart during which old workers finish: no restart is found; fewer losses
 * are seen then, and none is made up.
 */
import type { Crossing, Linked } from './link-runs.ts';

/** An entry may take a predecessor at most this many seqs below it for a link across a restart to count as chance. */
const CLOSE_SEQS = 12;

/** Bounds the work on a log of noise: crossings examined times ends looked at. */
const WORK_LIMIT = 20_000_000;

/** Returns the positions (from 1, counting distinct entries) of the first entry after each restart. */
export function divideBoots(linked: Linked): Set<number> {
  const { freshStarts, crossings, runs } = linked;
  const rejected = new Int32Array(freshStarts.length + 1);
  const chance: Crossing[] = [];
  const reject = (from: number, to: number): void => {
    if (from >= to) return;
    rejected[from] = rejected[from]! + 1;
    rejected[to] = rejected[to]! - 1;
  };
  for (const crossing of crossings) {
    // Fresh starts number `fromEpoch` to `toEpoch - 1` lie inside the link. Those with too few entries between them and
    // the later entry cannot have begun that entry's process.
    let least = crossing.toEpoch;
    while (
      least > crossing.fromEpoch &&
      crossing.position - freshStarts[least - 1]!.position < crossing.seq - 2
    ) {
      least -= 1;
      if (crossing.toEpoch - least > 4096) least = crossing.fromEpoch;
    }
    reject(least, crossing.toEpoch);
    if (least > crossing.fromEpoch) {
      if (least === crossing.toEpoch || crossing.toEpoch - least < 4096) chance.push(crossing);
      else reject(crossing.fromEpoch, least);
    }
  }

  const ends: number[] = [];
  const startsBySeq = new Map<number, number[]>();
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run] === -1) ends.push(run);
    if (runs.continues[run] !== -1 || runs.firstSeq[run] === 1) continue;
    const starts = startsBySeq.get(runs.firstSeq[run]!);
    if (starts === undefined) startsBySeq.set(runs.firstSeq[run]!, [run]);
    else if (starts.length < 64) starts.push(run);
  }
  const affordable = chance.length * ends.length <= WORK_LIMIT;
  for (const crossing of chance) {
    let explainedFrom = Number.NEGATIVE_INFINITY;
    if (affordable) {
      for (const run of ends) {
        const seq = runs.lastSeq[run]!;
        if (seq >= crossing.seq - 1 || seq < crossing.seq - 1 - CLOSE_SEQS) continue;
        if (runs.lastTs[run]! <= crossing.toTs) explainedFrom = Math.max(explainedFrom, runs.firstTs[run]!);
      }
    }
    for (const run of startsBySeq.get(crossing.seq) ?? []) {
      if (Math.abs(runs.firstTs[run]! - crossing.toTs) < 3_600_000_000) explainedFrom = crossing.toTs;
    }
    let unexplained = crossing.toEpoch;
    while (unexplained > crossing.fromEpoch && freshStarts[unexplained - 1]!.tsMicros > explainedFrom)
      unexplained -= 1;
    reject(unexplained, crossing.toEpoch);
  }

  const positions = new Set<number>();
  let depth = 0;
  freshStarts.forEach((fresh, index) => {
    depth += rejected[index]!;
    if (depth === 0 && fresh.position > 1) positions.add(fresh.position);
  });
  return positions;
}
