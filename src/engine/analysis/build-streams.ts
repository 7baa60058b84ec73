/** Chains runs to streams: across links, set-back clocks and gaps. */

import type { Pairing } from './explain-starts.ts';
import type { Stream, StreamStart } from './node-analysis.ts';
import type { Runs } from './run-table.ts';

/** Is the streams, and for each run the stream that it belongs to. */
export interface BuiltStreams {
  readonly streams: readonly Stream[];
  readonly streamOf: Int32Array;
}

/** Builds the streams, numbered in order of their first entry. */
export function buildStreams(runs: Runs, pairing: Pairing): BuiltStreams {
  const next = new Int32Array(runs.count).fill(-1);
  const lost = new Float64Array(runs.count);
  const isFollower = new Uint8Array(runs.count);
  const follow = (before: number, after: number): void => {
    next[before] = after;
    isFollower[after] = 1;
  };
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continuedBy[run]! >= 0) follow(run, runs.continuedBy[run]!);
    else if (pairing.steppedTo[run]! >= 0) follow(run, pairing.steppedTo[run]!);
  }
  for (const pair of pairing.pairs) {
    lost[pair.start] = runs.firstSeq[pair.start]! - pair.firstSeq;
    if (pair.end >= 0) follow(pair.end, pair.start);
  }
  const streamOf = new Int32Array(runs.count).fill(-1);
  const streams: Stream[] = [];
  for (let head = 0; head < runs.count; head += 1) {
    if (isFollower[head] === 1) continue;
    let entries = 0;
    let missing = 0;
    let last = head;
    for (let run = head; run >= 0; run = next[run]!) {
      streamOf[run] = streams.length;
      entries += runs.lastSeq[run]! - runs.firstSeq[run]! + 1;
      missing += lost[run]!;
      last = run;
    }
    streams.push({
      index: streams.length,
      firstSeq: runs.firstSeq[head]!,
      lastSeq: runs.lastSeq[last]!,
      entries,
      missing,
      firstTsMicros: runs.firstTs[head]!,
      lastTsMicros: runs.lastTs[last]!,
      firstRef: runs.firstRef[head]!,
      lastRef: runs.lastRef[last]!,
      start: nameStart(pairing, head),
    });
  }
  return { streams, streamOf };
}

function nameStart(pairing: Pairing, run: number): StreamStart {
  const kind = pairing.starts[run]!;
  if (kind === 'gap-head') return 'gap';
  // A chain's first run can be "continued" only if its predecessor lies in a ring, which rising seqs rule out.
  return kind === 'continued' ? 'unexplained' : kind;
}
