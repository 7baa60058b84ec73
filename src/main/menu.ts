/** The menu bar: what each platform expects, and nothing that a screen does itself. */
import { app, dialog, Menu, type MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../catalogue/translate.ts';

export interface About {
  readonly version: string;
  readonly developmentRuntime: boolean;
}

export function installMenu(translate: Translate, about: About): void {
  const aboutItem: MenuItemConstructorOptions = {
    label: translate('shell.about'),
    click: () => void showAbout(translate, about),
  };
  const isMac = process.platform === 'darwin';
  const macMenu: MenuItemConstructorOptions = {
    label: app.name,
    submenu: [aboutItem, { type: 'separator' }, { role: 'hide' }, { role: 'hideOthers' }, { role: 'quit' }],
  };
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [macMenu] : []),
    { role: 'fileMenu' },
    { role: 'editMenu' },
    {
      role: 'viewMenu',
      submenu: [
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    { role: 'windowMenu' },
    ...(isMac ? [] : [{ label: translate('shell.help'), submenu: [aboutItem] }]),
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

async function showAbout(translate: Translate, { version, developmentRuntime }: About): Promise<void> {
  const detail = translate('shell.aboutDetail', { version, electron: process.versions.electron });
  await dialog.showMessageBox({
    type: 'info',
    title: translate('shell.about'),
    message: app.name,
    detail: developmentRuntime ? `${detail}\n\n${translate('shell.developmentRuntime')}` : detail,
  });
}
