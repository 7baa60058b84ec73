import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.test.ts',
  outputDir: 'test-results/e2e',
  // A window of its own for each test; more than one at a time only makes them slow.
  workers: 1,
  timeout: 60_000,
  // A display, a clipboard and a window are not ours to order: on a busy machine a test may be tried once more, and
  // `npm test` says how many needed it.
  retries: 1,
  forbidOnly: process.env['CI'] === 'true',
  use: {
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    // The system's Chromium. Root cannot have its sandbox, which is Playwright's default anyway.
    launchOptions: { executablePath: process.env['UNBROKEN_CHROMIUM'] ?? '/usr/bin/chromium' },
  },
});
