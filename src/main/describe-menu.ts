/** What the menu bar holds: what each platform expects. What a screen does, it asks the page for. */
import type { MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../catalogue/translate.ts';
import type { Events } from '../contract/api.ts';
import type { AppCommand, Preferences, Scheme, SettingsChange } from '../contract/preferences.ts';

export interface MenuOptions {
  readonly translate: Translate;
  readonly preferences: Preferences;
  /** The machine's own zone. */
  readonly zone: string;
  ask(asked: Events['app.asked']): void;
  change(settings: SettingsChange): void;
}

type Role = NonNullable<MenuItemConstructorOptions['role']>;
type Items = MenuItemConstructorOptions[];
const SEPARATOR = { type: 'separator' } as const;

/** The menu as a template, for a platform (`process.platform`). */
export function describeMenu(options: MenuOptions, platform: string, isPackaged: boolean): Items {
  const { translate, ask } = options;
  const isMac = platform === 'darwin';
  const item = (command: AppCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label: translate(`shell.menu.${command}`),
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => ask({ command }),
  });
  /** What the system does itself. Electron's own names are English, whatever the language. */
  const role = (name: Role, accelerator?: string): MenuItemConstructorOptions => ({
    role: name,
    label: translate(`shell.menu.role.${name}`),
    ...(accelerator === undefined ? {} : { accelerator }),
  });
  const about = item('about');
  const settings = item('settings', 'CmdOrCtrl+,');
  const macMenu: MenuItemConstructorOptions = {
    label: 'Unbroken',
    submenu: [
      about,
      SEPARATOR,
      settings,
      SEPARATOR,
      role('hide'),
      role('hideOthers'),
      role('unhide'),
      SEPARATOR,
      role('quit'),
    ],
  };
  return [
    ...(isMac ? [macMenu] : []),
    {
      label: translate('shell.menu.file'),
      submenu: [
        item('open-directories', 'CmdOrCtrl+O'),
        item('open-files', 'CmdOrCtrl+Shift+O'),
        { label: translate('shell.menu.recent'), submenu: listRecent(options) },
        item('connect'),
        SEPARATOR,
        item('close', 'CmdOrCtrl+W'),
        ...(isMac ? [] : [SEPARATOR, settings, SEPARATOR, role('quit')]),
      ],
    },
    {
      label: translate('shell.menu.edit'),
      submenu: [
        role('undo'),
        role('redo'),
        SEPARATOR,
        role('cut'),
        role('copy'),
        role('paste'),
        role('delete'),
        SEPARATOR,
        role('selectAll'),
      ],
    },
    {
      label: translate('shell.menu.view'),
      submenu: [
        item('overview', 'Alt+1'),
        item('findings', 'Alt+2'),
        item('entries', 'Alt+3'),
        item('document', 'Alt+4'),
        item('receiver', 'Alt+5'),
        item('palette', 'CmdOrCtrl+K'),
        SEPARATOR,
        { label: translate('shell.menu.scheme'), submenu: listSchemes(options) },
        { label: translate('shell.menu.zone'), submenu: listZones(options) },
        SEPARATOR,
        role('resetZoom'),
        role('zoomIn'),
        role('zoomOut'),
        SEPARATOR,
        role('togglefullscreen'),
        ...(isPackaged ? [] : [role('toggleDevTools')]),
      ],
    },
    {
      // By this role macOS lists its windows there.
      ...(isMac ? { role: 'window' as const } : {}),
      label: translate('shell.menu.window'),
      submenu: [
        role('minimize'),
        ...(isMac ? [role('zoom')] : []),
        // The usual keys close what is open in the window.
        role('close', 'CmdOrCtrl+Shift+W'),
        ...(isMac ? [SEPARATOR, role('front')] : []),
      ],
    },
    {
      role: 'help',
      label: translate('shell.menu.help'),
      submenu: [item('shortcuts', 'CmdOrCtrl+/'), ...(isMac ? [] : [about])],
    },
  ];
}

function listRecent({ translate, preferences: { recent }, ask }: MenuOptions): Items {
  if (recent.length === 0) return [{ label: translate('shell.menu.noRecent'), enabled: false }];
  return recent.map(({ paths }) => ({
    // A single ampersand would mark the letter behind it.
    label: paths.join(' · ').replaceAll('&', '&&'),
    click: () => ask({ command: 'open', paths: [...paths] }),
  }));
}

function listSchemes({ translate, preferences, change }: MenuOptions): Items {
  return (['auto', 'light', 'dark'] satisfies Scheme[]).map((scheme) => ({
    label: translate(`shell.menu.schemes.${scheme}`),
    type: 'radio',
    checked: preferences.settings.scheme === scheme,
    click: () => change({ scheme }),
  }));
}

function listZones({ preferences, zone, change }: MenuOptions): Items {
  const chosen = preferences.settings.zone;
  return [...new Set(['UTC', zone, chosen])].map((name) => ({
    label: name,
    type: 'radio',
    checked: chosen === name,
    click: () => change({ zone: name }),
  }));
}
