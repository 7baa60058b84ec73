import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { checkLayers } from './layers.ts';

const root = resolve(import.meta.dirname, '../..');

test('the sources keep the dependency rule, the sizes and the names', () => {
  const paths = globSync('{src,test}/**/*.{ts,tsx}', { cwd: root }).map((path) => path.replaceAll('\\', '/'));
  const files = paths.sort().map((path) => ({ path, text: readFileSync(resolve(root, path), 'utf8') }));
  expect(files.length).toBeGreaterThan(10);
  expect(checkLayers(files)).toEqual([]);
});

const violations: [rule: string, path: string, text: string, complaint: string][] = [
  [
    'a stage imports a stage',
    'src/engine/parse/a.ts',
    `import { x } from '../store/open-store.ts';`,
    'engine/store',
  ],
  [
    'types count',
    'src/engine/store/a.ts',
    `import type { X } from '../analysis/analyse.ts';`,
    'engine/analysis',
  ],
  [
    're-exports count',
    'src/engine/store/a.ts',
    `export { x } from '../parse/parse-lines.ts';`,
    'engine/parse',
  ],
  ['late imports count', 'src/renderer/a.tsx', `const x = await import('../host/dispatch.ts');`, 'host'],
  [
    'inline types count',
    'src/renderer/a.ts',
    `export type X = import('../engine/engine.ts').Engine;`,
    'engine',
  ],
  ['a stage has one door', 'src/engine/engine.ts', `import { x } from './parse/scan.ts';`, 'parse-lines.ts'],
  ['the engine has one door', 'src/host/a.ts', `import { x } from '../engine/workers.ts';`, 'engine.ts'],
  ['a stage imports no shell', 'src/engine/source/a.ts', `import { x } from '../../main/paths.ts';`, 'main'],
  [
    'the contract imports nothing',
    'src/contract/a.ts',
    `import { x } from '../engine/batch.ts';`,
    'engine/batch.ts',
  ],
  ['the renderer sees no engine', 'src/renderer/a.ts', `import { x } from '../engine/engine.ts';`, 'engine'],
  ['parse has no Node', 'src/engine/parse/a.ts', `import { x } from 'node:buffer';`, 'no Node'],
  ['analysis has no Node', 'src/engine/analysis/a.ts', `import fs from 'node:fs';`, 'no Node'],
  ['report has no Node', 'src/engine/report/a.ts', `import fs from 'node:fs';`, 'no Node'],
  ['the catalogue has no Node', 'src/catalogue/a.ts', `import fs from 'node:fs';`, 'no Node'],
  ['electron is for the shell', 'src/host/a.ts', `import { app } from 'electron';`, 'electron'],
  [
    'SQLite is for the store',
    'src/engine/engine.ts',
    `import sqlite from 'better-sqlite3';`,
    'better-sqlite3',
  ],
  ['watching is for the source', 'src/engine/engine.ts', `import { watch } from 'chokidar';`, 'chokidar'],
  ['React is for the renderer', 'src/catalogue/a.ts', `import { useState } from 'react';`, 'react'],
  ['scopes too', 'src/main/a.ts', `import { Button } from '@mantine/core';`, '@mantine/core'],
  [
    'nothing reaches out of src',
    'src/cli/a.ts',
    `import { x } from '../../test/fixtures/a.ts';`,
    'outside src',
  ],
  ['every folder is in the table', 'src/trash/a.ts', '', 'no layer'],
  ['a name says something', 'src/engine/base/string-utils.ts', '', 'says nothing'],
  ['folders too', 'src/engine/common/a.ts', '', 'says nothing'],
  ['src files are short', 'src/host/a.ts', '//\n'.repeat(401), '401 lines'],
  ['test files are short', 'test/host/a.test.ts', '//\n'.repeat(601), '601 lines'],
];

test.each(violations)('%s', (_rule, path, text, complaint) => {
  const complaints = checkLayers([{ path, text }]);
  expect(complaints).toHaveLength(1);
  expect(complaints[0]).toContain(path);
  expect(complaints[0]).toContain(complaint);
});

test('what the table allows is not complained about', () => {
  const text = [
    `import { readFileSync } from 'node:fs';`,
    `import Database from 'better-sqlite3';`,
    `import type { Batch } from '../batch.ts';`,
    `import { hash } from '../base/hash.ts';`,
    `import { Failure } from '../../contract/failure.ts';`,
    `import { migrate } from './migrate.ts';`,
  ].join('\n');
  expect(checkLayers([{ path: 'src/engine/store/open-store.ts', text }])).toEqual([]);
});
