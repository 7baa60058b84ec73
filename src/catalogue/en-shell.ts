/** English text of the desktop window's own parts: menus and the dialogs of the system. */
export const enShell = {
  shell: {
    about: 'About Unbroken',
    aboutDetail:
      'Version {{version}}\nElectron {{electron}}\n\nViewer and integrity verifier for OpenSPP audit logs.\nApache License 2.0',
    developmentRuntime:
      'This copy runs on a development runtime, which gets no security updates. Do not use it for anything but development.',
    choose: {
      directories: 'Choose directories of audit logs: one, or several copies',
      files: 'Choose audit logs, archives or both',
      record: 'Choose an earlier report (JSON) or a list of checksums',
    },
    help: 'Help',
  },
};
