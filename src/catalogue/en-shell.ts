/** English text of the desktop window's own parts: menus and the dialogs of the system. */
import { enApp } from './en-app.ts';

export const enShell = {
  ...enApp,
  shell: {
    choose: {
      directories: 'Choose directories of audit logs: one, or several copies',
      files: 'Choose audit logs, archives or both',
      record: 'Choose an earlier report (JSON) or a list of checksums',
    },
    menu: {
      file: 'File',
      view: 'View',
      help: 'Help',
      'open-directories': 'Open Directories…',
      'open-files': 'Open Files or Archives…',
      recent: 'Open Recent',
      noRecent: 'Nothing Yet',
      close: 'Close',
      overview: 'Overview',
      findings: 'Gaps',
      entries: 'Entries',
      document: 'Report',
      palette: 'Commands…',
      scheme: 'Colours',
      schemes: { auto: 'As the System', light: 'Light', dark: 'Dark' },
      zone: 'Zone of All Times',
      settings: 'Settings…',
      shortcuts: 'Keyboard Shortcuts',
      about: 'About Unbroken and Licences',
    },
  },
};
