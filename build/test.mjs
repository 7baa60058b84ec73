/**
 * `npm test [-- FILTER...]`: unit, flow and architecture tests, then the app in Electron and in Chromium.
 * The last line says how many passed and failed in all.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureDebianPackages, forPeers, forTests, forWindow, unpackDebianPackage } from './debian.mjs';
import { ensureElectron } from './electron.mjs';
import { root, run, say } from './machine.mjs';
import { ensureBuilt } from './product.mjs';

/**
 * Of the passed, `late` did so at their second attempt only.
 * @typedef {{ passed: number, failed: number, skipped: number, late?: number }} Tally
 */

const filters = process.argv.slice(2);
const results = join(root, 'test-results');
rmSync(results, { recursive: true, force: true });
mkdirSync(results);
// Tests run on the same Electron everywhere, and ask nothing of the network but npm.
process.env['UNBROKEN_ELECTRON'] = 'npm';

const hasSystem = await ensureDebianPackages([...forWindow, ...forTests]);
if (!(await ensureDebianPackages(forPeers)))
  say(`tests with real ${forPeers.join(' and ')} are skipped: this machine lacks what they need`);
// It cannot be installed beside rsyslog.
await unpackDebianPackage('syslog-ng-core', join(root, 'out', 'syslog-ng'));
const electron = hasSystem ? await ensureElectron() : undefined;
await ensureBuilt();

const tallies = [await runVitest()];
if (electron) tallies.push(await runPlaywright(electron));
else say('the tests in Electron and Chromium are left out: this machine lacks what they need');

const total = { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
const late = sum('late') > 0 ? ` (${sum('late')} at the second attempt)` : '';
process.stdout.write(`${total.passed} passed${late}, ${total.failed} failed${skipped}\n`);
process.exitCode = total.failed === 0 && electron ? 0 : 1;

/** @param {keyof Tally} what */
function sum(what) {
  return tallies.reduce((all, tally) => all + (tally[what] ?? 0), 0);
}

async function runVitest() {
  const report = join(results, 'vitest.json');
  const args = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--passWithNoTests',
  ];
  const code = await run(process.execPath, [
    join(root, 'node_modules/vitest/vitest.mjs'),
    ...args,
    ...filters,
  ]);
  return readTally(
    report,
    code,
    ({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) => ({
      passed: numPassedTests,
      failed: numFailedTests + countUnloaded(testResults),
      skipped: numPendingTests + numTodoTests,
    }),
  );
}

/**
 * Counts the files that failed before any of their tests ran.
 * @param {{ status: string, assertionResults: unknown[] }[]} files
 */
function countUnloaded(files) {
  return files.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
    .length;
}

/** @param {import('./electron.mjs').ElectronLaunch} electron */
async function runPlaywright({ executable, args: electronArgs, env }) {
  const report = join(results, 'playwright.json');
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const playwright = [
    process.execPath,
    cli,
    'test',
    '--reporter=list,json',
    '--pass-with-no-tests',
    ...filters,
  ];
  const withDisplay = ['xvfb-run', '--auto-servernum', '--server-args=-screen 0 1400x1000x24'];
  const hasDisplay = process.platform !== 'linux' || process.env['DISPLAY'];
  const [command = '', ...args] = hasDisplay ? playwright : [...withDisplay, ...playwright];
  const code = await run(command, args, {
    env: {
      ...process.env,
      ...env,
      UNBROKEN_ELECTRON_EXECUTABLE: executable,
      UNBROKEN_ELECTRON_ARGS: electronArgs.join(' '),
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    },
  });
  return readTally(report, code, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    late: stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/**
 * Reads how many passed and failed. A run that ended badly without a failed test (a file that does not load, a
 * crash) counts as one failure.
 * @param {string} report
 * @param {number} code
 * @param {(report: any) => Tally} count
 * @returns {Tally}
 */
function readTally(report, code, count) {
  /** @type {Tally} */
  let tally = { passed: 0, failed: 0, skipped: 0 };
  try {
    tally = count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    say(`no results were written to ${report}`);
  }
  return code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}
