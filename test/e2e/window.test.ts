import { expect } from '@playwright/test';
import { samplePath, test } from './electron-app.ts';

test('an empty start offers the bundled sample', async ({ app, window }) => {
  await expect(window).toHaveTitle(/Unbroken/);
  await expect(window.getByRole('button', { name: /sample/i })).toBeVisible();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
});

test.describe('started with a directory', () => {
  test.use({ startPaths: [samplePath] });

  test('the window comes to a verdict', async ({ window }) => {
    await expect(window.getByText(/Incomplete/).first()).toBeVisible({ timeout: 30_000 });
  });

  test('the engine can crash, and the window tells it and goes on', async ({ app, window }) => {
    await expect(window.getByText(/Incomplete/).first()).toBeVisible({ timeout: 30_000 });
    const told = window.evaluate(() => {
      const { unbroken } = globalThis as unknown as {
        unbroken: { on(listener: (name: string, payload: unknown) => void): void };
      };
      return new Promise((done) => unbroken.on((name, payload) => done([name, payload])));
    });
    const enginePid = await app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Unbroken engine')?.pid,
    );
    process.kill(enginePid ?? 0, 'SIGKILL');
    expect(await told).toMatchObject(['engine.stopped', { failure: { code: 'engine-stopped' } }]);
    const reply = await window.evaluate(() => {
      const { unbroken } = globalThis as unknown as {
        unbroken: { call(name: string, input: unknown): Promise<unknown> };
      };
      return unbroken.call('app.info', {});
    });
    expect(reply).toMatchObject({ ok: true, value: { shell: 'desktop', startPaths: [samplePath] } });
  });
});
