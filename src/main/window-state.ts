/** Where the window was, and how large: kept from one start to the next. */
import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';

export interface WindowState {
  readonly bounds: Rectangle;
  readonly maximised: boolean;
}

/** Of the title bar so much must lie on a screen, else nobody could move the window back. */
const REACHABLE = 64;

/** What was kept; undefined where nothing was, or where the screen that it was on is gone. */
export function readWindowState(file: string): WindowState | undefined {
  try {
    const { bounds, maximised } = JSON.parse(readFileSync(file, 'utf8')) as WindowState;
    const { x, y, width, height } = bounds;
    if (![x, y, width, height].every(Number.isInteger)) return undefined;
    return screen.getAllDisplays().some(({ workArea }) => isReachable(bounds, workArea))
      ? { bounds: { x, y, width, height }, maximised: maximised === true }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the state as the window closes. A window that is full-screen is kept as it was before. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximised: window.isMaximized() };
    try {
      writeFileSync(file, JSON.stringify(state));
    } catch {
      // The next start takes the usual size; no reason to keep anybody from quitting.
    }
  });
}

/** Tells whether so much of a window's title bar lies on a screen that somebody can move it. */
export function isReachable({ x, y, width }: Rectangle, area: Rectangle): boolean {
  return (
    x + width >= area.x + REACHABLE &&
    x <= area.x + area.width - REACHABLE &&
    y >= area.y &&
    y <= area.y + area.height - REACHABLE
  );
}
