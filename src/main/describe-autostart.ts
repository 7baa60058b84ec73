/** The file by which desktops of Linux start a program as somebody logs in. */

/** Source: https://specifications.freedesktop.org/autostart-spec and desktop-entry-spec, "The Exec key". */
export function describeAutostart(command: readonly string[]): string {
  const quoted = command.map((part) => `"${part.replaceAll('%', '%%').replace(/["`$\\]/g, '\\$&')}"`);
  // A backslash of a value is written twice in such a file.
  const exec = quoted.join(' ').replaceAll('\\', '\\\\');
  return `[Desktop Entry]\nType=Application\nName=Unbroken\nExec=${exec}\nX-GNOME-Autostart-enabled=true\n`;
}
