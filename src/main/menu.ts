/** The menu bar of the app. */
import { app, Menu } from 'electron';
import { describeMenu, type MenuOptions } from './describe-menu.ts';

/** Puts the menu up, in place of the one before. */
export function installMenu(options: MenuOptions): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(describeMenu(options, process.platform, app.isPackaged)));
}
