import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { readStartPaths } from '../../src/main/start-paths.ts';

test.each([
  ['the packed app', ['unbroken', 'a', '--hidden', 'b.zip'], false, ['a', 'b.zip']],
  ['Electron, told what to run', ['electron', '--no-sandbox', '/app', 'a'], true, ['a']],
  ['an unset variable of a shell', ['unbroken', ''], false, []],
  ['an unset variable, of Electron', ['electron', '/app', '', 'a'], true, ['a']],
  ['nothing', ['unbroken'], false, []],
])('%s', (_, argv, isTold, paths) => {
  expect(readStartPaths(argv, isTold)).toEqual(paths.map((path) => resolve(path)));
});
