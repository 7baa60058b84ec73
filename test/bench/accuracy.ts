/**
 * Measures the claims of the analysis on simulated logs: recall, false claims, widths, and false alarms on clean logs.
 *
 *     node test/bench/accuracy.ts [logs per cell, default 40] [clean logs, default 1000] [lasting | steady | stress]
 */
import { analyseNode } from '../../src/engine/analysis/analyse.ts';
import { drawOptions, PROFILES } from '../simulator/draw-options.ts';
import { addScore, createScore, findMedian, type Score } from '../simulator/score-gaps.ts';
import { simulateLog } from '../simulator/simulate-log.ts';
import { sortEntries } from '../simulator/sort-entries.ts';
import { type TamperMode, tamperLog } from '../simulator/tamper-log.ts';

const MODES: TamperMode[] = ['single', 'range', 'user', 'record', 'day', 'head', 'tail', 'mixed'];
const perCell = Number(process.argv[2] ?? 40);
const cleanLogs = Number(process.argv[3] ?? 1000);
const profile = Object.entries(PROFILES).find(([name]) => name === process.argv[4])?.[1] ?? PROFILES.steady;
const verbose = process.argv.includes('--misses');

function describe(name: string, score: Score): string {
  const percent = (part: number, whole: number): string =>
    whole === 0 ? '   -  ' : ((100 * part) / whole).toFixed(2);
  const width = findMedian(score.widths) / Math.max(1, findMedian(score.trueWidths));
  return (
    `${name.padEnd(14)} due ${String(score.due).padStart(7)}  found ${percent(score.found, score.due).padStart(6)} %` +
    `  by seq ${percent(score.foundBySeq, score.due).padStart(6)} %  false ${percent(score.falseClaims, score.claimed).padStart(6)} %` +
    ` of ${String(score.claimed).padStart(7)}  width x ${width.toFixed(2)}`
  );
}

function mergeScore(into: Score, from: Score): void {
  into.due += from.due;
  into.found += from.found;
  into.foundBySeq += from.foundBySeq;
  into.claimed += from.claimed;
  into.falseClaims += from.falseClaims;
  for (const width of from.widths) into.widths.push(width);
  for (const width of from.trueWidths) into.trueWidths.push(width);
}

const all = createScore();
const byProcesses = new Map<number, Score>();
const byMake = new Map<string, Score>();
for (const mode of MODES) {
  const byMode = createScore();
  for (let processes = 2; processes <= 8; processes += 1) {
    for (let i = 0; i < perCell; i += 1) {
      const options = drawOptions(processes * 100_000 + i, profile, processes);
      const log = simulateLog(options);
      const { removed, missing } = tamperLog(log, mode, i);
      for (let node = 0; node < log.nodeNames.length; node += 1) {
        const name = log.nodeNames[node]!;
        const score = createScore();
        const analysis = analyseNode({
          node: name,
          entries: sortEntries(log, node, removed),
          files: [],
          malformed: [],
        });
        const gone = missing.filter((entry) => entry.node === name);
        const missed = addScore(score, analysis.gaps, gone);
        if (verbose && (missed.length > 0 || score.falseClaims > 0)) {
          console.log(
            mode,
            options.seed,
            i,
            JSON.stringify(options),
            `missed ${missed.length}/${score.due}`,
            `false ${score.falseClaims}/${score.claimed}`,
          );
        }
        mergeScore(byMode, score);
        mergeScore(all, score);
        const same = byProcesses.get(processes) ?? createScore();
        byProcesses.set(processes, same);
        mergeScore(same, score);
        const make =
          options.beginsMidway === true
            ? 'begins midway'
            : options.overlappingBoots === true
              ? 'overlapping'
              : `plain ${options.start}`;
        const alike = byMake.get(make) ?? createScore();
        byMake.set(make, alike);
        mergeScore(alike, score);
      }
    }
  }
  console.log(describe(mode, byMode));
}
for (const [processes, score] of byProcesses) console.log(describe(`${processes} processes`, score));
for (const [make, score] of byMake) console.log(describe(make, score));
console.log(describe('all', all));

let alarms = 0;
let unexplained = 0;
let silences = 0;
for (let i = 0; i < cleanLogs; i += 1) {
  const options = drawOptions(5_000_000 + i, profile);
  const log = simulateLog(options);
  const { removed } = tamperLog(log, 'none', i);
  for (let node = 0; node < log.nodeNames.length; node += 1) {
    const entries = sortEntries(log, node, removed);
    const analysis = analyseNode({ node: log.nodeNames[node]!, entries, files: [], malformed: [] });
    silences += analysis.silences.length;
    unexplained += analysis.unexplainedStarts.length;
    if (analysis.gaps.length === 0) continue;
    alarms += 1;
    if (verbose || alarms <= 5)
      console.log('ALARM', JSON.stringify(options), JSON.stringify(analysis.gaps[0]));
  }
}
console.log(
  `clean logs ${cleanLogs}: with gaps ${alarms}, unexplained starts ${unexplained}, silences ${silences}`,
);
