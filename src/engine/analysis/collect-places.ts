/**
 * Collects the lines on both sides of each gap: every entry that bears the seq just below, or just above, within the
 * gap's times. Each of them may be the line before or after the loss, since processes at the same seq are interchangeable.
 */
import type { EntryVisitor } from './link-runs.ts';
import type { Runs } from './run-table.ts';
import { findTime, type SortedEntries } from './sorted-entries.ts';

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
  found: RunPlace[];
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

/**
 * Fills the `found` of everything that is wanted without a pass of `linkRuns`: where each line is the first or the last of
 * a run, that is the run it is in. Fills nothing and returns false where a line lies within a run.
 */
export function findPlaces(entries: SortedEntries, wanted: readonly Wanted[], runs: Runs): boolean {
  const visit = collectPlaces(wanted);
  const spans = joinSpans(wanted);
  let span = 0;
  let previousTs = Number.NaN;
  let previousSeq = Number.NaN;
  for (const { count, tsMicros, seq, ref } of entries.chunks()) {
    let at = 0;
    while (span < spans.length && at < count) {
      const { fromMicros, toMicros } = spans[span]!;
      at = findTime(tsMicros, at, count, fromMicros);
      for (; at < count && tsMicros[at]! <= toMicros; at += 1) {
        // The same entry again is not told twice, as in a pass.
        if (tsMicros[at] === previousTs && seq[at] === previousSeq) continue;
        previousTs = tsMicros[at]!;
        previousSeq = seq[at]!;
        visit(-1, previousSeq, previousTs, ref[at]!);
      }
      if (at < count) span += 1;
    }
    if (span === spans.length) break;
  }
  const runOf = mapEdges(runs);
  const isSure = wanted.every(({ found }) => found.every(({ ref }) => runOf.has(ref)));
  for (const want of wanted) {
    want.found = isSure ? want.found.map((place) => ({ ...place, run: runOf.get(place.ref)! })) : [];
  }
  return isSure;
}

/** The times that are wanted, ascending, those that overlap as one. */
function joinSpans(wanted: readonly Wanted[]): { readonly fromMicros: number; toMicros: number }[] {
  const spans: { readonly fromMicros: number; toMicros: number }[] = [];
  for (const { fromMicros, toMicros } of wanted.toSorted((a, b) => a.fromMicros - b.fromMicros)) {
    const last = spans.at(-1);
    if (last && fromMicros <= last.toMicros) last.toMicros = Math.max(last.toMicros, toMicros);
    else spans.push({ fromMicros, toMicros });
  }
  return spans;
}

/** Runs by the refs of their first and last entries. */
function mapEdges(runs: Runs): Map<number, number> {
  const runOf = new Map<number, number>();
  for (let run = 0; run < runs.count; run += 1) {
    runOf.set(runs.firstRef[run]!, run);
    runOf.set(runs.lastRef[run]!, run);
  }
  return runOf;
}
