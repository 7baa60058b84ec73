/**
 * Collects the lines on both sides of each gap: every entry that bears the seq just below, or just above, within the
 * gap's times. Each of them may be the line before or after the loss, since processes at the same seq are interchangeable.
 */
import type { EntryVisitor } from './link-runs.ts';

/** Is a line with the run that it is in. */
export interface RunPlace {
  readonly ref: number;
  readonly seq: number;
  readonly tsMicros: number;
  readonly run: number;
}

/** Wants the entries with `seq` from `fromMicros` to `toMicros`. */
export interface Wanted {
  readonly seq: number;
  readonly fromMicros: number;
  readonly toMicros: number;
  /** Keep the latest rather than the earliest where there are too many. */
  readonly keepLatest: boolean;
  readonly found: RunPlace[];
}

/** How many lines are named on each side of a gap. */
export const PLACES_LIMIT = 8;

/** Returns a visitor for `linkRuns` that fills the `found` of everything that is wanted. */
export function collectPlaces(wanted: readonly Wanted[]): EntryVisitor {
  const bySeq = new Map<number, Wanted[]>();
  // Most entries are wanted by nobody: one look into a small table tells.
  const filter = new Uint8Array(65_536);
  for (const want of wanted) {
    filter[want.seq & 0xffff] = 1;
    const list = bySeq.get(want.seq);
    if (list === undefined) bySeq.set(want.seq, [want]);
    else list.push(want);
  }
  const reach = new Map<number, number>();
  for (const list of bySeq.values()) list.sort((a, b) => a.toMicros - b.toMicros);
  return (run, seq, tsMicros, ref) => {
    if (filter[seq & 0xffff] === 0) return;
    const list = bySeq.get(seq);
    if (list === undefined) return;
    // Entries come in time order: what ended before this one is done with.
    let from = reach.get(seq) ?? 0;
    while (from < list.length && list[from]!.toMicros < tsMicros) from += 1;
    reach.set(seq, from);
    for (let i = from; i < list.length && i < from + 256; i += 1) {
      const want = list[i]!;
      if (want.fromMicros > tsMicros) continue;
      if (want.found.length < PLACES_LIMIT) want.found.push({ ref, seq, tsMicros, run });
      else if (want.keepLatest) {
        want.found.shift();
        want.found.push({ ref, seq, tsMicros, run });
      }
    }
  };
}
