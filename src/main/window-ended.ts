/** The process of the screens ended: no page is left that could say so, and the system's dialog does. */
import { app, type BrowserWindow, clipboard, dialog } from 'electron';
import type { Translate } from '../catalogue/translate.ts';

const CHOICES = ['reopen', 'copyLog', 'quit'] as const;

/** Tells the person, and loads the page again where they want it. It never does so by itself: it could go on for ever. */
export function tellWhereItEnds(window: BrowserWindow, translate: () => Translate): void {
  window.webContents.on('render-process-gone', async (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const log = [
      `Unbroken ${app.getVersion()}, Electron ${process.versions.electron}, ${process.platform} ${process.arch}`,
      `${new Date().toISOString()} the process of the screens ended: ${reason}, code ${exitCode}`,
    ].join('\n');
    process.stderr.write(`${log}\n`);
    const say = translate();
    const { response } = await dialog.showMessageBox(window, {
      type: 'error',
      title: say('shell.ended.title'),
      message: say('shell.ended.title'),
      detail: `${say('shell.ended.text')}\n\n${reason} (${exitCode})`,
      buttons: CHOICES.map((choice) => say(`shell.ended.${choice}`)),
      cancelId: CHOICES.indexOf('quit'),
    });
    const choice = CHOICES[response];
    if (choice === 'quit') return app.quit();
    if (choice === 'copyLog') clipboard.writeText(log);
    window.webContents.reload();
  });
}
