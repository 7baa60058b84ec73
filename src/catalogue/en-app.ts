/** English text of what belongs to the app and to no screen: commands, settings, recent sources, about. */
import { enReceiver } from './en-receiver.ts';
import { enSetting } from './en-setting.ts';

export const enApp = {
  ...enSetting,
  ...enReceiver,
  app: {
    group: { go: 'Go to', open: 'Open', view: 'View', help: 'Help' },
    command: {
      openDirectories: 'Open directories…',
      openFiles: 'Open files or archives…',
      openRecent: 'Open {{paths}}',
      sample: 'Open the bundled sample',
      ownLog: 'Open the log of what was done with Unbroken',
      close: 'Close what is open',
      delete: 'Delete this workspace…',
      scheme: { auto: 'Colours as the system', light: 'Light colours', dark: 'Dark colours' },
      zone: 'Show times in {{zone}}',
      settings: 'Settings',
      shortcuts: 'Keyboard shortcuts',
      about: 'About and licences',
    },
    failed: 'This did not work',
    close: 'Close',
    palette: {
      label: 'Commands',
      commands: 'Commands found',
      hint: 'What do you want to do?',
      none: 'No command is called that.',
    },
    shortcuts: {
      title: 'Keyboard shortcuts',
      everywhere: 'Everywhere',
      lists: 'In lists',
      in: {
        step: 'Next and previous',
        stepFindings: 'Next and previous finding',
        page: 'A page on and back',
        ends: 'First and last',
        open: 'Open what is chosen',
        leave: 'Close it, go back to the list',
      },
    },
    search: {
      label: 'Text search',
      far: '{{share}} searched; found so far: {{hits, number}}',
      stop: 'Stop the search',
    },
    settings: { title: 'Settings', noZone: 'There is no such zone' },
    about: {
      text: 'Viewer and integrity verifier for OpenSPP audit logs. It sends nothing anywhere.',
      licence: 'Apache License 2.0',
      licences_one: 'Built with {{count, number}} package of others',
      licences_other: 'Built with {{count, number}} packages of others',
      licencesLabel: 'Packages and their licences',
      noText: 'The package names its licence ({{licence}}) and brings no text of it.',
      electron:
        'The desktop app contains Electron and Chromium; their licences lie beside the app, as LICENSE.electron.txt and LICENSES.chromium.html.',
    },
    recent: {
      title: 'Opened lately',
      remove: 'Remove {{paths}}',
    },
    delete: {
      title: 'Delete what was read?',
      goes: 'The workspace is deleted: the lines that were read, findings, filters, tags and notes, and the line in the list of what was opened lately.',
      stays:
        'The audit logs themselves are not touched. Reports that you saved stay where you saved them. The log of what was done with Unbroken still tells that this was opened, noted and deleted.',
      delete: 'Delete the workspace',
      forget: 'Only take it off the list',
      keep: 'Keep it',
    },
    drop: {
      over: 'Drop directories, logs or archives to open them',
      refused:
        'A browser does not tell where a dropped file lies, and Unbroken reads logs where they are. Type the path instead.',
      understood: 'Close',
    },
    crash: {
      copyLog: 'Copy the log',
      copied: 'Copied',
      notCopied: 'The log could not be copied',
      logText: 'The log may hold words of your logs: read it before you pass it on.',
    },
  },
};
