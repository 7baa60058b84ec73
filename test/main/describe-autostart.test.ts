import { expect, test } from 'vitest';
import { describeAutostart } from '../../src/main/describe-autostart.ts';

const readExec = (command: readonly string[]): string | undefined =>
  /^Exec=(.*)$/m.exec(describeAutostart(command))?.[1];

test.each([
  ['a plain path', ['/usr/bin/unbroken', '--hidden'], '"/usr/bin/unbroken" "--hidden"'],
  ['spaces', ['/home/ana/My Apps/Unbroken.AppImage'], '"/home/ana/My Apps/Unbroken.AppImage"'],
  // A percent sign is a field code, and a backslash is written twice: once for the quotes, once for the file.
  ['signs that mean something', ['/a%b/$c`d"e\\f'], '"/a%%b/\\\\$c\\\\`d\\\\"e\\\\\\\\f"'],
])('%s', (_, command, exec) => {
  expect(readExec(command)).toBe(exec);
});

test('is an entry of a desktop', () => {
  expect(describeAutostart(['x']).split('\n')[0]).toBe('[Desktop Entry]');
});
