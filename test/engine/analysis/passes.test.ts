/** Passes that are left out are compared with making them: the same runs, the same losses, the same lines. */
import { expect, test } from 'vitest';
import { collectPlaces, findPlaces, type Wanted } from '../../../src/engine/analysis/collect-places.ts';
import { divideBoots } from '../../../src/engine/analysis/divide-boots.ts';
import { type Division, divideStreams } from '../../../src/engine/analysis/divide-streams.ts';
import { findRules, isFreeUnder, nameStarts } from '../../../src/engine/analysis/explain-starts.ts';
import { type Linked, type LinkOrders, linkRuns } from '../../../src/engine/analysis/link-runs.ts';
import type { SortedEntries } from '../../../src/engine/analysis/sorted-entries.ts';
import { uncrossGaps } from '../../../src/engine/analysis/uncross-gaps.ts';
import { drawOptions, PROFILES } from '../../simulator/draw-options.ts';
import { simulateLog } from '../../simulator/simulate-log.ts';
import { sortEntries } from '../../simulator/sort-entries.ts';
import { type TamperMode, tamperLog } from '../../simulator/tamper-log.ts';

const WIDEST = 250_000;

/** All passes that there is something to ask in, each over all entries. */
function dividePlainly(
  entries: SortedEntries,
  toleranceMicros: number,
): Pick<Division, 'linked' | 'pairing' | 'orders'> {
  let linked = linkRuns(entries, WIDEST);
  const restarts = divideBoots(linked);
  let orders: LinkOrders = { restarts };
  if (hasOtherStarts(linked)) linked = linkRuns(entries, toleranceMicros, orders);
  const rules = findRules(linked, restarts, toleranceMicros);
  if (hasOtherStarts(linked)) {
    orders = { restarts, isFree: isFreeUnder(rules) };
    linked = linkRuns(entries, toleranceMicros, orders);
    uncrossGaps(linked, restarts, toleranceMicros);
  }
  return { linked, pairing: nameStarts(linked, rules), orders };
}

function hasOtherStarts({ runs }: Linked): boolean {
  return Array.from({ length: runs.count }, (_, run) => run).some(
    (run) => runs.firstSeq[run] !== 1 && runs.continues[run] === -1,
  );
}

function describe({ linked, pairing }: Pick<Division, 'linked' | 'pairing'>): unknown {
  const { runs, endOf } = linked;
  return {
    runs: Array.from({ length: runs.count }, (_, run) => [
      ...[runs.firstSeq, runs.lastSeq, runs.firstTs, runs.lastTs, runs.firstRef, runs.lastRef].map(
        (column) => column[run],
      ),
      ...[runs.firstPosition, runs.lastPosition, runs.longestPause].map((column) => column[run]),
      runs.continuedBy[run],
      runs.continues[run],
    ]),
    endOf: [...endOf].sort(([a], [b]) => a - b),
    pairing,
  };
}

/** Counts how often all entries are gone through. */
function countPasses(entries: SortedEntries): SortedEntries & { passes: number } {
  return {
    count: entries.count,
    passes: 0,
    chunks() {
      this.passes += 1;
      return entries.chunks();
    },
  };
}

/** What the gaps' neighbours would want: the seqs of ends and starts, an hour around. */
function want({ linked }: Division): Wanted[] {
  const { runs, endOf } = linked;
  return [...endOf].flatMap(([start, end]) => {
    const times = { fromMicros: runs.lastTs[end]! - 3.6e9, toMicros: runs.firstTs[start]! + 3.6e9 };
    return [
      { seq: runs.lastSeq[end]!, ...times, keepLatest: true, found: [] },
      { seq: runs.firstSeq[start]!, ...times, keepLatest: false, found: [] },
    ];
  });
}

const modes: TamperMode[] = ['none', 'single', 'range', 'user', 'record', 'day', 'mixed'];

test.each(Object.entries(PROFILES))('what %s processes wrote is divided as by all passes', (_, profile) => {
  const passes: number[] = [];
  const places = { quick: 0, plain: 0 };
  for (const [number, mode] of [...modes, ...modes].entries()) {
    const log = simulateLog(drawOptions(number * 7 + 1, profile));
    const { removed } = tamperLog(log, mode, number);
    for (let node = 0; node < log.nodeNames.length; node += 1) {
      const entries = countPasses(sortEntries(log, node, removed, 1000));
      const division = divideStreams(entries);
      passes.push(entries.passes);
      expect(describe(division)).toEqual(describe(dividePlainly(entries, division.toleranceMicros)));
      const [found, wanted] = [want(division), want(division)];
      if (!findPlaces(entries, found, division.linked.runs)) {
        places.plain += 1;
        continue;
      }
      places.quick += 1;
      linkRuns(entries, division.toleranceMicros, division.orders, { visit: collectPlaces(wanted) });
      expect(found).toEqual(wanted);
    }
  }
  // Otherwise nothing was compared.
  expect(passes.reduce((sum, count) => sum + count, 0)).toBeLessThan(passes.length * 3);
  expect(places.quick).toBeGreaterThan(0);
});
