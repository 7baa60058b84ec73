/** `npm start [-- PATH...]`: the app in its window; where there can be none, the same screens in the browser. */
import { join, resolve } from 'node:path';
import { ensureDebianPackages, forWindow } from './debian.mjs';
import { ensureElectron } from './electron.mjs';
import { callerFolder, root, run, say } from './machine.mjs';
import { ensureBuilt } from './product.mjs';

/** An end this soon, by a signal or for want of a library, means that the window never came up. */
const STARTED_MS = 10_000;

const paths = process.argv.slice(2).map((path) => resolve(callerFolder, path));
await ensureBuilt();
process.exitCode = (await startWindow()) ?? (await startInBrowser());

/** @returns {Promise<number | undefined>} the exit code, or undefined where there can be no window */
async function startWindow() {
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === 'linux' && !DISPLAY && !WAYLAND_DISPLAY) {
    say('there is no display here');
    return undefined;
  }
  if (!(await ensureDebianPackages(forWindow))) return undefined;
  const electron = await ensureElectron().catch((error) => say(error.message));
  if (!electron) return undefined;
  const started = Date.now();
  const env = { ...process.env, ...electron.env };
  const code = await run(electron.executable, [...electron.args, root, ...paths], { cwd: callerFolder, env });
  if (code < 127 || Date.now() - started > STARTED_MS) return code;
  say(`Electron did not start (${code})`);
  return undefined;
}

async function startInBrowser() {
  say('the screens are served for a browser instead');
  return run(process.execPath, [join(root, 'out', 'main', 'cli.js'), 'view', ...paths], {
    cwd: callerFolder,
  });
}
