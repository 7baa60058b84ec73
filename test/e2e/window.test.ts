import { expect, type Page } from '@playwright/test';
import { samplePath, test } from './electron-app.ts';

test('an empty start offers the bundled sample', async ({ app, window }) => {
  await expect(window).toHaveTitle(/Unbroken/);
  await expect(window.getByRole('button', { name: /sample/i })).toBeVisible();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())).toBe(true);
});

test('what is chosen in the dialog of the system reaches the page', async ({ app, window }) => {
  await window.title();
  await app.evaluate(({ dialog }) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/somewhere/logs'] });
  });
  expect(await callEngine(window, 'source.choose', { what: 'directories' })).toEqual({
    ok: true,
    value: { paths: ['/somewhere/logs'] },
  });
});

test.describe('started with a directory', () => {
  test.use({ startPaths: [samplePath] });

  test('the window comes to a verdict', async ({ window }) => {
    await expect(window.getByText(/Incomplete/).first()).toBeVisible({ timeout: 30_000 });
  });

  test('the engine can crash, and the window tells it and goes on', async ({ app, window }) => {
    await expect(window.getByText(/Incomplete/).first()).toBeVisible({ timeout: 30_000 });
    // The listener is there before the engine is killed: the handle comes back once it is, the event later.
    const told = await window.evaluateHandle(() => {
      const { unbroken } = globalThis as unknown as {
        unbroken: { on(listener: (name: string, payload: unknown) => void): void };
      };
      const stopped = new Promise((done) =>
        unbroken.on((name, payload) => {
          if (name === 'engine.stopped') done([name, payload]);
        }),
      );
      return { stopped };
    });
    const enginePid = await app.evaluate(
      ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Unbroken engine')?.pid,
    );
    process.kill(enginePid ?? 0, 'SIGKILL');
    expect(await told.evaluate(({ stopped }) => stopped)).toMatchObject([
      'engine.stopped',
      { failure: { code: 'engine-stopped' } },
    ]);
    const reply = await callEngine(window, 'app.info', {});
    expect(reply).toMatchObject({ ok: true, value: { shell: 'desktop', startPaths: [samplePath] } });
  });
});

/** Calls the engine as the page does. */
function callEngine(window: Page, name: string, input: unknown): Promise<unknown> {
  return window.evaluate(
    ([name, input]) => {
      const { unbroken } = globalThis as unknown as {
        unbroken: { call(name: string, input: unknown): Promise<unknown> };
      };
      return unbroken.call(name, input);
    },
    [name, input] as const,
  );
}
