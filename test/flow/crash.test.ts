/** An import that is killed at any moment, and memory that runs out: the report is the same as without. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../../src/contract/report.ts';
import { openEngine, verifyPaths } from '../../src/engine/engine.ts';
import { simulateLog } from '../simulator/simulate-log.ts';
import { writeLog } from '../simulator/write-log.ts';

const cli = join(import.meta.dirname, '..', '..', 'src', 'cli', 'cli.ts');
const options = { signal: new AbortController().signal };
const KILLS = 8;

let directory = '';
let evidence = '';
let expected: Omit<Report, 'made'>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'unbroken-crash-'));
  evidence = join(directory, 'audit');
  const log = simulateLog({
    seed: 11,
    nodes: 2,
    processes: 4,
    days: 4,
    entriesPerNode: 40_000,
    boots: 2,
    start: 'fork',
    recycleAfter: 3000,
    jitterMs: 3,
    skew: 0.2,
  });
  await writeLog(log, evidence, 'observed', (row) => row % 9001 !== 9000);
  expected = withoutMade(await verifyPaths([evidence], options));
}, 120_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

function withoutMade({ made: _, ...rest }: Report): Omit<Report, 'made'> {
  return rest;
}

/** Runs an import in a process of its own; killed after `ms`, or left to end. Answers how long it ran. */
function runImport(workspace: string, ms: number): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, 'import', evidence, '--workspace', workspace], {
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), ms);
  return new Promise((resolve) => {
    child.on('exit', () => {
      clearTimeout(timer);
      resolve(performance.now() - started);
    });
  });
}

test('killed again and again, the import ends with each entry once', async () => {
  expect(expected.totals.missing).toBeGreaterThan(0);
  const whole = await runImport(join(directory, 'whole.unbroken'), 60_000);
  for (let kill = 1; kill <= KILLS; kill++) {
    const workspace = join(directory, `killed-${kill}.unbroken`);
    // Twice at different moments: the second import meets what the first one left.
    await runImport(workspace, (whole * kill) / (KILLS + 1));
    await runImport(workspace, (whole * (KILLS + 1 - kill)) / (KILLS + 1));
    const engine = openEngine({ workspace, evidence: [evidence] });
    try {
      expect(withoutMade(await engine.importPaths([evidence], options))).toEqual(expected);
      expect(engine.check()).toEqual([]);
      expect(engine.entries.count({})).toBe(expected.totals.entries);
    } finally {
      engine.close();
    }
  }
}, 240_000);

test('cancelled again and again, the same workspace goes on and ends with each entry once', async () => {
  const engine = openEngine({ workspace: join(directory, 'cancelled.unbroken'), evidence: [evidence] });
  try {
    for (const share of [0.1, 0.4, 0.8]) {
      const abort = new AbortController();
      const importing = engine.importPaths([evidence], {
        signal: abort.signal,
        onProgress: ({ phase, bytes, bytesTotal }) => {
          // What others see meanwhile must not outlive what is undone.
          if (phase === 'reading') engine.entries.count({});
          if (phase === 'reading' && bytes > bytesTotal * share) abort.abort();
        },
      });
      await expect(importing).rejects.toMatchObject({ failure: { code: 'cancelled' } });
    }
    expect(withoutMade(await engine.importPaths([evidence], options))).toEqual(expected);
    expect(engine.check()).toEqual([]);
    expect(engine.entries.count({})).toBe(expected.totals.entries);
  } finally {
    await engine.close();
  }
}, 60_000);

test('state beyond the memory budget spills, and nothing changes', async () => {
  expect(withoutMade(await verifyPaths([evidence], { ...options, budgetBytes: 0 }))).toEqual(expected);
}, 60_000);
