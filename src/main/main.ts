/** Entry of the desktop app: wires window, page, engine and menu together, and decides nothing else. */
import { join } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, session } from 'electron';
import envPaths from 'env-paths';
import { createTranslate, loadCatalogue, translateBy } from '../catalogue/translate.ts';
import type { Events } from '../contract/api.ts';
import type { Preferences } from '../contract/preferences.ts';
import { readAlertChoice } from '../host/alerts/keep-alert-choice.ts';
import { readPreferences } from '../host/keep-preferences.ts';
import { findReceiverData, readReceiverChoice } from '../host/receiver/keep-choice.ts';
import { runInBackground } from './background.ts';
import { openDesktopReceiver } from './desktop-receiver.ts';
import { openEngineLink } from './engine-link.ts';
import type { SourceKind } from './engine-start.ts';
import { lockDownContents, lockDownSession } from './lock-down.ts';
import { installMenu } from './menu.ts';
import { notifyOfAlerts } from './notify.ts';
import { catchOpenedFiles } from './opened-files.ts';
import { isPage } from './page-origin.ts';
import { registerPageScheme, servePage } from './page-protocol.ts';
import { printPdf } from './print-pdf.ts';
import { isHiddenStart, setStartAtLogin } from './start-at-login.ts';
import { readStartPaths } from './start-paths.ts';
import { openWindow, showWindow } from './window.ts';
import { tellWhereItEnds } from './window-ended.ts';

/** The Electron that the product is built for; the build writes it in. */
declare const ELECTRON_VERSION: string;

const resources = join(app.getAppPath(), 'resources');
const developmentRuntime = process.versions.electron !== ELECTRON_VERSION;

// Root can only run without the sandbox (development and tests); asking for both would end every process at its start.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
registerPageScheme();
lockDownContents();
const openedFiles = catchOpenedFiles(app);
app.on('window-all-closed', () => app.quit());
const startPaths = readStartPaths(process.argv, process.defaultApp === true);
// One window, and one engine that writes: a second start hands over what it was given, and ends.
if (app.requestSingleInstanceLock({ paths: startPaths })) void app.whenReady().then(start);
else app.quit();

async function start(): Promise<void> {
  const paths = envPaths('unbroken', { suffix: '' });
  const opened = openedFiles.handOver((path) => {
    void open().then(() => askPage({ command: 'open', paths: [path] }));
  });
  let translate = createTranslate('en');
  let shown: Preferences;
  const showMenu = async (preferences: Preferences): Promise<void> => {
    shown = preferences;
    translate = translateBy(await loadCatalogue(preferences.settings.language ?? app.getLocale()));
    // They changed again while the language was loaded.
    if (shown !== preferences) return;
    background.redraw();
    installMenu({
      translate,
      preferences,
      zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      ask: askPage,
      change: (settings) => askPage({ command: 'change', settings }),
    });
  };
  // Whoever sets the environment of an app that people installed must not choose the code that it runs.
  const nativeBinding = developmentRuntime ? process.env['UNBROKEN_SQLITE_BINDING'] : undefined;
  const places = { dataDirectory: paths.data, configDirectory: paths.config };
  const receiver = openDesktopReceiver({ ...places, nativeBinding });
  const icon = join(resources, 'icon.png');
  const open = async (): Promise<void> => {
    if (showWindow()) return;
    const window = await openWindow(icon);
    tellWhereItEnds(window, () => translate);
    background.guard(window);
  };
  const background = runInBackground({
    receiver: receiver.kept,
    iconPath: icon,
    translate: () => translate,
    show: () => void open().then(() => askPage({ command: 'receiver' })),
  });
  const notifier = notifyOfAlerts({
    receiver: receiver.kept,
    findChoice: () => readAlertChoice(paths.config),
    findData: () => findReceiverData(readReceiverChoice(paths.config), paths.data),
    translate: () => translate,
    show: () => void open(),
  });
  const engine = openEngineLink({
    start: {
      version: app.getVersion(),
      runtime: `Electron ${process.versions.electron}`,
      developmentRuntime,
      startPaths: [...startPaths, ...opened],
      ...places,
      workspaceDirectory: join(paths.data, 'workspaces'),
      sampleDirectory: join(resources, 'sample', 'audit'),
      licencesFile: join(app.getAppPath(), 'out', 'licences.json'),
      nativeBinding,
    },
    receiver: receiver.kept,
    onChecked: notifier.noteChecked,
    onAlertChoice: notifier.renew,
    onReceiverChoice: () => setStartAtLogin(readReceiverChoice(paths.config).atLogin),
    choose: (what) => choosePaths(what, translate(`shell.choose.${what}`)),
    onPreferences: (preferences) => void showMenu(preferences),
    chooseTarget: (name) => chooseTarget(name, translate('document.saveTitle')),
    printPdf,
  });
  ipcMain.on('engine.connect', (event) => {
    if (isPage(event) && event.senderFrame) engine.connect(event.senderFrame);
  });
  app.on(
    'before-quit',
    closeFirst(async () => {
      await Promise.all([receiver.kept.stop(), engine.close()]);
    }),
  );

  lockDownSession(session.defaultSession);
  servePage(session.defaultSession, join(import.meta.dirname, '../renderer'));
  await showMenu(readPreferences(paths.config));
  // The dock's icon, where there is one.
  app.on('activate', () => void open());
  app.on('second-instance', (_event, _argv, _folder, given) => {
    const { paths } = given as { paths: string[] };
    void open().then(() => paths.length > 0 && askPage({ command: 'open', paths }));
  });
  const isHidden = isHiddenStart(process.argv);
  if (isHidden || readReceiverChoice(paths.config).withApp) {
    // Where it cannot be started, its screen says why: nobody would look for it behind a window that is not there.
    void receiver.start().catch(() => open().then(() => askPage({ command: 'receiver' })));
  }
  if (!isHidden) await open();
}

/** Asks the page for what a menu or a second start wants. */
function askPage(asked: Events['app.asked']): void {
  // What is printed has a window too, which is never seen.
  const window = BrowserWindow.getAllWindows().find((candidate) => candidate.isVisible());
  window?.webContents.send('app.asked', asked);
}

const dialogs: Readonly<Record<SourceKind, Electron.OpenDialogOptions['properties']>> = {
  directories: ['openDirectory', 'multiSelections'],
  files: ['openFile', 'multiSelections'],
  record: ['openFile'],
};

async function choosePaths(what: SourceKind, title: string): Promise<readonly string[]> {
  const [window] = BrowserWindow.getAllWindows();
  if (window === undefined) return [];
  const { filePaths } = await dialog.showOpenDialog(window, { title, properties: dialogs[what] ?? [] });
  return filePaths;
}

/** The dialog keeps the ending that the name has. */
async function chooseTarget(name: string, title: string): Promise<string | undefined> {
  const window = BrowserWindow.getAllWindows().find((candidate) => candidate.isVisible());
  if (window === undefined) return undefined;
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const { filePath } = await dialog.showSaveDialog(window, {
    title,
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
  });
  return filePath === '' ? undefined : filePath;
}

/** Lets the app quit only after `close` is done. */
function closeFirst(close: () => Promise<void>): (event: Electron.Event) => void {
  let closing: Promise<void> | undefined;
  return (event) => {
    if (closing !== undefined) return;
    event.preventDefault();
    closing = close().finally(() => app.quit());
  };
}
