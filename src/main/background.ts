/**
 * What the app does without a window while it receives: a sign in the tray, no sleep of the machine, and a question before
 * the window is closed.
 */
import {
  app,
  type BrowserWindow,
  dialog,
  Menu,
  type MenuItemConstructorOptions,
  nativeImage,
  powerSaveBlocker,
  Tray,
} from 'electron';
import type { Translate } from '../catalogue/translate.ts';
import type { KeptReceiver } from '../receiver/keep-receiver.ts';

export interface BackgroundOptions {
  readonly receiver: KeptReceiver;
  readonly iconPath: string;
  /** In the person's language, which may change. */
  translate(): Translate;
  /** Brings the receiver's screen to the front. */
  show(): void;
}

export interface Background {
  /** Asks before this window is closed, while something is received. */
  guard(window: BrowserWindow): void;
  /** Draws the tray anew: the language has changed. */
  redraw(): void;
}

/** From now on the tray and the power of the machine follow the receiver. */
export function runInBackground(options: BackgroundOptions): Background {
  const { receiver: kept, iconPath, translate, show } = options;
  let tray: Tray | undefined;
  let blocker: number | undefined;
  let isQuitting = false;
  app.on('before-quit', () => {
    isQuitting = true;
  });

  const isOn = (): boolean => kept.state.state !== 'stopped';
  const redraw = (): void => {
    if (!isOn()) {
      tray?.destroy();
      tray = undefined;
      return;
    }
    tray ??= openTray(iconPath, show);
    const say = translate();
    const state = say(`receiver.state.${kept.state.state}`);
    tray.setToolTip(`Unbroken · ${state}`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: state, enabled: false },
        ...kept.state.listeners.map(
          ({ address }): MenuItemConstructorOptions => ({ label: address, enabled: false }),
        ),
        { type: 'separator' },
        { label: say('shell.tray.open'), click: show },
        // Once the window is hidden nothing else of the app is left to be seen.
        { label: say('shell.tray.stop'), click: () => void kept.stop().then(show) },
        { type: 'separator' },
        { label: say('shell.menu.role.quit'), click: () => app.quit() },
      ]),
    );
  };
  const holdPower = (): void => {
    if (isOn()) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  kept.on((told) => {
    if (!('state' in told)) return;
    redraw();
    holdPower();
  });

  return {
    redraw,
    guard: (window) => {
      window.on('close', (event) => {
        if (isQuitting || !isOn()) return;
        event.preventDefault();
        void ask(window, translate()).then((choice) => {
          if (choice === 'keep') window.hide();
          else if (choice === 'stop') app.quit();
        });
      });
    },
  };
}

const CHOICES = ['keep', 'stop', 'cancel'] as const;

async function ask(window: BrowserWindow, say: Translate): Promise<(typeof CHOICES)[number]> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: say('shell.closing.title'),
    detail: say('shell.closing.text'),
    buttons: CHOICES.map((choice) => say(`shell.closing.${choice}`)),
    defaultId: CHOICES.indexOf('keep'),
    cancelId: CHOICES.indexOf('cancel'),
  });
  return CHOICES[response] ?? 'cancel';
}

function openTray(iconPath: string, show: () => void): Tray {
  const tray = new Tray(nativeImage.createFromPath(iconPath).resize({ width: 22, height: 22 }));
  tray.on('click', show);
  return tray;
}
