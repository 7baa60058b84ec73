import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

// What a command records of itself lands here, and not with whoever runs the tests.
const own = mkdtempSync(join(tmpdir(), 'unbroken-tests-'));
process.once('exit', () => rmSync(own, { recursive: true, force: true }));

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Playwright's; a benchmark is run by hand.
    exclude: ['test/e2e/**', 'test/bench/**'],
    // Processes, not threads: tests start workers of their own, kill processes and load a native module.
    pool: 'forks',
    env: { XDG_DATA_HOME: own },
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
