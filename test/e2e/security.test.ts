import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from '@playwright/test';
import { test } from './electron-app.ts';

test('the page has no Node, and no more of Electron than call and on', async ({ window }) => {
  const found = await window.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in globalThis),
    bridge: Object.keys((globalThis as unknown as { unbroken: object }).unbroken).sort(),
  }));
  expect(found).toEqual({ node: [], bridge: ['call', 'on'] });
});

test('the window is sandboxed, isolated and without Node', async ({ app, window }) => {
  await window.title();
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const [only, ...others] = BrowserWindow.getAllWindows();
    if (!only || others.length > 0) throw new Error('there is not exactly one window');
    const contents = only.webContents as typeof only.webContents & { getLastWebPreferences(): object };
    return contents.getLastWebPreferences();
  });
  expect(preferences).toMatchObject({
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    sandbox: true,
    webSecurity: true,
    webviewTag: false,
  });
});

test('the page cannot be led away', async ({ window }) => {
  const home = window.url();
  expect(home).toBe('app://unbroken/index.html');
  await window.evaluate(() => {
    location.href = 'https://example.org/';
  });
  await window.evaluate(() => {
    location.href = 'file:///etc/passwd';
  });
  await window.evaluate(() => new Promise((done) => setTimeout(done, 300)));
  expect(window.url()).toBe(home);
});

test('no second window opens', async ({ app, window }) => {
  const opened = await window.evaluate(() => ['https://example.org/', 'about:blank'].map((url) => open(url)));
  expect(opened).toEqual([null, null]);
  expect(app.windows()).toHaveLength(1);
});

test('the page reaches no network, whatever it tries', async ({ app, window }) => {
  let asked = 0;
  const server = createServer((_request, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const tried = await window.evaluate(async (url) => {
    const fetched = await fetch(url).then(
      () => 'reached',
      () => 'refused',
    );
    const image = await new Promise((done) => {
      const element = new Image();
      element.onload = () => done('reached');
      element.onerror = () => done('refused');
      element.src = url;
    });
    return { fetched, image };
  }, url);
  expect(tried).toEqual({ fetched: 'refused', image: 'refused' });
  // The policy is the page's; the session refuses by itself, too.
  const bySession = await app.evaluate(
    ({ net }, url) =>
      net.fetch(url).then(
        () => 'reached',
        () => 'refused',
      ),
    url,
  );
  expect(bySession).toBe('refused');
  server.close();
  expect(asked).toBe(0);
});

test('no text becomes code', async ({ window }) => {
  // From a task of the page's own: what Playwright evaluates itself is exempt from the policy.
  const outcome = await window.evaluate(
    () =>
      new Promise((done) => {
        setTimeout(() => {
          try {
            // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested.
            done(eval('"ran"'));
          } catch (error) {
            done((error as Error).name);
          }
        });
      }),
  );
  expect(outcome).toBe('EvalError');
  const injected = await window.evaluate(
    () =>
      new Promise((done) => {
        const script = document.createElement('script');
        script.textContent = 'globalThis.injected = true';
        document.head.append(script);
        setTimeout(() => done('injected' in globalThis));
      }),
  );
  expect(injected).toBe(false);
});

test('nothing is permitted but copying', async ({ app, window }) => {
  const states = await window.evaluate(async () => {
    const ask = (name: string) =>
      navigator.permissions.query({ name: name as PermissionName }).then(({ state }) => state);
    return {
      camera: await ask('camera'),
      geolocation: await ask('geolocation'),
      notifications: await ask('notifications'),
      read: await ask('clipboard-read'),
    };
  });
  expect(states).toEqual({
    camera: 'denied',
    geolocation: 'denied',
    notifications: 'denied',
    read: 'denied',
  });
  // A page that was never clicked has no focus, and only one that has may copy.
  await window.mouse.click(2, 2);
  await window.evaluate(() => navigator.clipboard.writeText('a line'));
  // The display hands a selection over after the page's promise is kept.
  await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe('a line');
});

test('the scheme serves the page and nothing beside it', async ({ app, window }) => {
  await window.title();
  const statuses = await app.evaluate(async ({ net }) => {
    const paths = [
      'index.html',
      '../main/main.js',
      '..%2fmain%2fmain.js',
      '%2e%2e/main/main.js',
      'no.html',
      '%',
      '',
    ];
    const answers = paths.map((path) => net.fetch(`app://unbroken/${path}`).then(({ status }) => status));
    return Promise.all([...answers, net.fetch('app://other/index.html').then(({ status }) => status)]);
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404, 404]);
});

test.describe('as an ordinary user', () => {
  test.use({ asOrdinaryUser: true });

  test('the page runs in the sandbox of the system', async ({ app, window }) => {
    await window.title();
    const pid = await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    // A filter for system calls, a namespace of its own, and no root.
    expect(status).toMatch(/^Seccomp:\s*2$/m);
    expect(status).toMatch(/^NSpid:\s*\d+\s+\d+/m);
    expect(status).not.toMatch(/^Uid:\s*0\b/m);
  });
});
