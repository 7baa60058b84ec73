/** The division is compared with an oracle: of all ways to give starts their ends, the one with the least missing. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkRuns } from '../../../src/engine/analysis/link-runs.ts';
import { uncrossGaps } from '../../../src/engine/analysis/uncross-gaps.ts';
import { sliceEntries } from '../../simulator/sort-entries.ts';

interface Entry {
  readonly ts: number;
  readonly seq: number;
}

const TOLERANCE = 3;

function columns(entries: readonly Entry[], chunkSize?: number) {
  return sliceEntries(
    Float64Array.from(entries, ({ ts }) => ts),
    Float64Array.from(entries, ({ seq }) => seq),
    Float64Array.from(entries, (_, index) => index),
    chunkSize,
  );
}

/**
 * Tries all divisions: each entry but a seq 1 follows an earlier one with a smaller seq that nobody else follows, if it
 * can; what follows none lacks all below it. Returns the least that is missing, and how many follow another then.
 */
function findLeast(entries: readonly Entry[]): { followed: number; missing: number } {
  const wanting = entries.filter(({ seq }) => seq !== 1);
  let best = { followed: -1, missing: 0 };
  const taken = new Set<Entry>();
  const place = (at: number, followed: number, missing: number): void => {
    const entry = wanting[at];
    if (entry === undefined) {
      if (best.followed < 0 || missing < best.missing) best = { followed, missing };
      return;
    }
    for (const end of entries) {
      if (taken.has(end) || end.seq >= entry.seq || end.ts > entry.ts + TOLERANCE) continue;
      taken.add(end);
      place(at + 1, followed + 1, missing + entry.seq - 1 - end.seq);
      taken.delete(end);
    }
    place(at + 1, followed, missing + entry.seq - 1);
  };
  place(0, 0, 0);
  return best;
}

/** Sums up what the sweep claims, before and after crossed gaps are undone. */
function divide(entries: readonly Entry[]): { followed: number; missing: number; gaps: number } {
  const linked = linkRuns(columns(entries), TOLERANCE, { restarts: [], isFree: () => false });
  const { runs, distinct, endOf } = linked;
  /** What lies between ends and their starts, and below starts without an end. */
  const sum = () => {
    let missing = 0;
    for (let run = 0; run < runs.count; run += 1) {
      if (runs.continues[run] !== -1) continue;
      const end = endOf.get(run);
      missing += runs.firstSeq[run]! - 1 - (end === undefined ? 0 : runs.lastSeq[end]!);
    }
    return missing;
  };
  const before = sum();
  const gapsBefore = endOf.size;
  uncrossGaps(linked, [], TOLERANCE);
  expect(sum()).toBe(before);
  expect(endOf.size).toBeLessThanOrEqual(gapsBefore);
  let starts = 0;
  for (let run = 0; run < runs.count; run += 1) {
    if (runs.continues[run] === -1 && !endOf.has(run)) starts += 1;
  }
  return { followed: distinct - starts, missing: before, gaps: endOf.size };
}

/** Some processes that count from 1, of which some entries are lost. */
const processes = fc
  .array(
    fc.array(fc.record({ step: fc.integer({ min: 1, max: 40 }), kept: fc.boolean() }), { maxLength: 4 }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((lists) => {
    const entries: Entry[] = [];
    for (const [number, list] of lists.entries()) {
      let ts = number;
      for (const [index, { step, kept }] of list.entries()) {
        ts += step * 10 + number;
        if (kept) entries.push({ ts, seq: index + 1 });
      }
    }
    return sortDistinct(entries);
  });

const soup = fc
  .array(fc.record({ ts: fc.integer({ min: 0, max: 30 }), seq: fc.integer({ min: 1, max: 6 }) }), {
    maxLength: 7,
  })
  .map((entries) => sortDistinct(entries.map(({ ts, seq }) => ({ ts: ts * 10, seq }))));

function sortDistinct(entries: readonly Entry[]): Entry[] {
  return entries
    .toSorted((a, b) => a.ts - b.ts || a.seq - b.seq)
    .filter((entry, at, all) => at === 0 || all[at - 1]!.ts !== entry.ts || all[at - 1]!.seq !== entry.seq);
}

describe('the division', () => {
  test('claims the least that can be missing, as an oracle finds it that tries everything', () => {
    fc.assert(
      fc.property(processes, (entries) => {
        const { followed, missing } = divide(entries);
        expect({ followed, missing }).toEqual(findLeast(entries));
      }),
      { numRuns: 400 },
    );
  });

  test('does so for noise as well', () => {
    fc.assert(
      fc.property(soup, (entries) => {
        const { followed, missing } = divide(entries);
        expect({ followed, missing }).toEqual(findLeast(entries));
      }),
      { numRuns: 600 },
    );
  });

  test('explains with one loss what one loss explains, although an entry between took the end', () => {
    // A: 1 2 3 4 . B: 1 2 [3 4 5] 6, whose 6 comes while A stands at 3.
    const entries = [
      { ts: 0, seq: 1 },
      { ts: 10, seq: 1 },
      { ts: 20, seq: 2 },
      { ts: 30, seq: 2 },
      { ts: 40, seq: 3 },
      { ts: 50, seq: 6 },
      { ts: 60, seq: 4 },
    ];
    expect(divide(entries)).toEqual({ followed: 5, missing: 3, gaps: 1 });
  });

  test('links threads that wrote their times in another order', () => {
    const entries = [
      { ts: 10, seq: 1 },
      { ts: 20, seq: 3 },
      { ts: 22, seq: 2 },
      { ts: 30, seq: 4 },
    ];
    expect(divide(entries)).toEqual({ followed: 3, missing: 0, gaps: 0 });
  });

  test('does not depend on how the entries are cut into chunks', () => {
    fc.assert(
      fc.property(processes, fc.integer({ min: 1, max: 5 }), (entries, chunkSize) => {
        const orders = { restarts: [], isFree: () => false };
        const whole = linkRuns(columns(entries), TOLERANCE, orders);
        const cut = linkRuns(columns(entries, chunkSize), TOLERANCE, orders);
        expect([...cut.endOf]).toEqual([...whole.endOf]);
        expect(cut.runs.count).toBe(whole.runs.count);
      }),
    );
  });
});
