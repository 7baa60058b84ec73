/** Starts the app as the person logs in, without a window: by the system's list, or a file where it has none. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { app } from 'electron';
import { describeAutostart } from './describe-autostart.ts';

export const HIDDEN = '--hidden';

/** Whether the app was started as somebody logged in. */
export function isHiddenStart(argv: readonly string[]): boolean {
  if (argv.includes(HIDDEN)) return true;
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

/** Makes it so, or no longer so. */
export function setStartAtLogin(isWanted: boolean): void {
  // In development the executable is Electron's, and is told what to run.
  const args = [...(process.defaultApp ? [app.getAppPath()] : []), HIDDEN];
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: isWanted, args });
    return;
  }
  const directory = join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'autostart');
  const file = join(directory, 'unbroken.desktop');
  if (!isWanted) {
    rmSync(file, { force: true });
    return;
  }
  mkdirSync(directory, { recursive: true });
  // An AppImage runs from a place that is another at each start.
  writeFileSync(file, describeAutostart([process.env['APPIMAGE'] ?? process.execPath, ...args]));
}
