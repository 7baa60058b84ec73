/** English text of the desktop window's own parts: menus and the dialogs of the system. */
export const enShell = {
  shell: {
    about: 'About Unbroken',
    aboutDetail:
      'Version {{version}}\nElectron {{electron}}\n\nViewer and integrity verifier for OpenSPP audit logs.\nApache License 2.0',
    developmentRuntime:
      'This copy runs on a development runtime, which gets no security updates. Do not use it for anything but development.',
    chooseDirectory: 'Choose a directory of audit logs',
    chooseFiles: 'Choose audit logs, archives or both',
    help: 'Help',
  },
};
