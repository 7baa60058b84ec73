/** The app's single window. */
import { join } from 'node:path';
import { app, BrowserWindow, nativeTheme } from 'electron';
import { isPageUrl, PAGE_URL } from './page-origin.ts';
import { keepWindowState, readWindowState } from './window-state.ts';

/** Opens the window where it was last; it appears when its page is drawn for the first time. */
export async function openWindow(iconPath: string): Promise<BrowserWindow> {
  const stateFile = join(app.getPath('userData'), 'window.json');
  const kept = readWindowState(stateFile);
  const window = new BrowserWindow({
    width: 1280,
    height: 860,
    ...kept?.bounds,
    minWidth: 640,
    minHeight: 480,
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#14171b' : '#ffffff',
    icon: iconPath,
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  keepWindowState(window, stateFile);
  window.once('ready-to-show', () => {
    if (kept?.maximised) window.maximize();
    window.show();
  });
  await window.loadURL(PAGE_URL);
  return window;
}

/** Brings the window to the front, as a second start of the app does; returns whether there is one. */
export function showWindow(): boolean {
  const window = BrowserWindow.getAllWindows().find((one) => isPageUrl(one.webContents.getURL()));
  if (window?.isMinimized()) window.restore();
  window?.show();
  window?.focus();
  return window !== undefined;
}
