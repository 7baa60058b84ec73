import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    // Playwright's; a benchmark is run by hand.
    exclude: ['test/e2e/**', 'test/bench/**'],
    // Processes, not threads: tests start workers of their own, kill processes and load a native module.
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
