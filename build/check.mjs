/** `npm run check`: types, lint and format, the dependency rule, dead code; all at once. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureAssembled } from './assembly.mjs';
import { root } from './machine.mjs';

/** @type {readonly (readonly [name: string, ...command: string[]])[]} */
const checks = [
  ['types', 'typescript/bin/tsc', '-b'],
  ['lint', '@biomejs/biome/bin/biome', 'check', '--error-on-warnings'],
  ['layers', 'vitest/vitest.mjs', 'run', 'test/architecture'],
  ['dead code', 'knip/bin/knip.js'],
];

// The types of the module that it makes are checked too.
await ensureAssembled();
const results = await Promise.all(checks.map(([name, tool = '', ...args]) => check(name, tool, args)));
process.exitCode = results.every((passed) => passed) ? 0 : 1;

/**
 * Runs one check and tells how it went; what it printed only where it failed.
 * @param {string} name
 * @param {string} tool path below node_modules
 * @param {readonly string[]} args
 * @returns {Promise<boolean>}
 */
function check(name, tool, args) {
  const started = Date.now();
  const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (printed += chunk));
  return new Promise((done) => {
    child.once('close', (code) => {
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(
        `${code === 0 ? 'ok     ' : 'FAILED '} ${name} (${seconds} s)\n${code === 0 ? '' : printed}`,
      );
      done(code === 0);
    });
  });
}
