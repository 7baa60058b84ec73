/** What is claimed of whole simulated nodes, held against what was removed from them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyseNode } from '../../../src/engine/analysis/analyse.ts';
import { drawOptions, PROFILES } from '../../simulator/draw-options.ts';
import { addScore, createScore, findMedian, type Score } from '../../simulator/score-gaps.ts';
import { type SimulationOptions, simulateLog } from '../../simulator/simulate-log.ts';
import { sliceEntries, sortEntries } from '../../simulator/sort-entries.ts';
import { type TamperMode, tamperLog } from '../../simulator/tamper-log.ts';

const NONE = { files: [], malformed: [] };

function scoreLogs(
  mode: TamperMode,
  seeds: readonly number[],
  change: Partial<SimulationOptions> = {},
): Score {
  const score = createScore();
  for (const seed of seeds) {
    const log = simulateLog({ ...drawOptions(seed, PROFILES.steady), ...change });
    const { removed, missing } = tamperLog(log, mode, seed);
    for (const [node, name] of log.nodeNames.entries()) {
      const { gaps } = analyseNode({ node: name, entries: sortEntries(log, node, removed), ...NONE });
      const gone = missing.filter((entry) => entry.node === name);
      addScore(score, gaps, gone);
    }
  }
  return score;
}

const SEEDS = Array.from({ length: 40 }, (_, i) => 70_000 + i);

describe('of a node with losses', () => {
  test.each(['single', 'record', 'user', 'mixed'] as const)('%s: finds them, where they are', (mode) => {
    const score = scoreLogs(mode, SEEDS, { beginsMidway: false });
    expect(score.due).toBeGreaterThan(50);
    expect(score.found / score.due).toBeGreaterThanOrEqual(0.98);
    expect(score.falseClaims / score.claimed).toBeLessThanOrEqual(0.01);
    expect(findMedian(score.widths)).toBeLessThanOrEqual(2 * findMedian(score.trueWidths));
  });

  test('a whole day: finds it where the processes live on', () => {
    const score = scoreLogs('day', SEEDS, { boots: 1, recycleAfter: 0, beginsMidway: false });
    expect(score.found / score.due).toBeGreaterThanOrEqual(0.98);
    expect(score.falseClaims / score.claimed).toBeLessThanOrEqual(0.01);
  });

  test('never claims more than is missing: restarts, recycled workers, several processes at one seq', () => {
    for (const seed of SEEDS) {
      const log = simulateLog({ ...drawOptions(seed, PROFILES.stress), overlappingBoots: false });
      const { removed, missing } = tamperLog(log, 'mixed', seed);
      for (const [node, name] of log.nodeNames.entries()) {
        const analysis = analyseNode({ node: name, entries: sortEntries(log, node, removed), ...NONE });
        const due = missing.filter((entry) => entry.node === name && entry.after).length;
        expect(analysis.missing, `seed ${seed}, ${name}`).toBeLessThanOrEqual(due);
      }
    }
  });
});

describe('of a clean node', () => {
  // Where workers also die by the dozen, a boot that overlaps the next can mislead: test/bench/accuracy.ts counts it.
  test.each([
    ['steady', {}],
    ['stress', { overlappingBoots: false }],
  ] as const)('%s: claims nothing', (profile, change) => {
    for (let seed = 0; seed < 150; seed += 1) {
      const log = simulateLog({ ...drawOptions(400_000 + seed, PROFILES[profile]), ...change });
      for (const [node, name] of log.nodeNames.entries()) {
        const entries = sortEntries(log, node, new Uint8Array(log.count));
        expect(analyseNode({ node: name, entries, ...NONE }).gaps, `seed ${seed}, ${name}`).toEqual([]);
      }
    }
  });

  test('each of its entries is in one stream', () => {
    const log = simulateLog(drawOptions(1, PROFILES.stress));
    const entries = sortEntries(log, 0, new Uint8Array(log.count));
    const analysis = analyseNode({ node: 'a', entries, ...NONE });
    expect(analysis.streams.reduce((sum, stream) => sum + stream.entries, 0)).toBe(entries.count);
    expect(analysis.entries).toBe(entries.count);
  });
});

describe('of noise', () => {
  test('never throws, and counts every entry once', () => {
    const noise = fc.array(
      fc.tuple(
        fc.oneof(fc.integer({ min: 0, max: 50 }), fc.integer()),
        fc.oneof(fc.integer({ min: 0, max: 5 }), fc.maxSafeNat()),
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(noise, fc.integer({ min: 1, max: 7 }), (pairs, chunkSize) => {
        const sorted = pairs.toSorted((a, b) => a[0] - b[0] || a[1] - b[1]);
        const take = (size: number) =>
          analyseNode({
            node: 'a',
            entries: sliceEntries(
              Float64Array.from(sorted, ([ts]) => ts),
              Float64Array.from(sorted, ([, seq]) => seq),
              Float64Array.from(sorted, (_, index) => index),
              size,
            ),
            ...NONE,
          });
        const whole = take(1000);
        expect(whole.entries + whole.same.length).toBe(sorted.length);
        expect(take(chunkSize)).toEqual(whole);
      }),
    );
  });

  test('stays about linear: many starts without any order', () => {
    const count = 30_000;
    let state = 1;
    const draw = (): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state;
    };
    const entries = sliceEntries(
      Float64Array.from({ length: count }, (_, i) => i * 1000),
      Float64Array.from({ length: count }, draw),
      Float64Array.from({ length: count }, (_, i) => i),
    );
    expect(analyseNode({ node: 'a', entries, ...NONE }).entries).toBe(count);
  });
});

describe('a clock that was set back', () => {
  const at = (lines: readonly (readonly [number, number])[]) => {
    const sorted = lines
      .map(([ts, seq], ref) => ({ ts: ts * 1e6, seq, ref }))
      .toSorted((a, b) => a.ts - b.ts);
    return analyseNode({
      node: 'a',
      entries: sliceEntries(
        Float64Array.from(sorted, ({ ts }) => ts),
        Float64Array.from(sorted, ({ seq }) => seq),
        Float64Array.from(sorted, ({ ref }) => ref),
      ),
      ...NONE,
    });
  };

  test('is told, and nothing is missing', () => {
    const analysis = at([
      [100, 1],
      [200, 2],
      [300, 3],
      [150, 4],
      [250, 5],
    ]);
    expect(analysis.gaps).toEqual([]);
    expect(analysis.clockSteps).toMatchObject([{ backMicros: 150e6 }]);
  });
});
