/** Every call of the contract is made by some screen: one that none makes is asked for by nobody. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { calls, events } from '../../src/contract/api.ts';

const folder = join(import.meta.dirname, '..', '..', 'src', 'renderer');
const sources = globSync('**/*.{ts,tsx}', { cwd: folder }).map((path) =>
  readFileSync(join(folder, path), 'utf8'),
);

/** Names that are given to a function, generic or not; `t(` is the catalogue, some of whose keys look the same. */
const made = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/(\w+)(?:<[^()]*>)?\(\s*(?:client,\s*)?'([a-z]+\.\w+)'/g)].flatMap(
      ([, maker, name = '']) => (maker === 't' ? [] : name),
    ),
  ),
);

test.each([...Object.keys(calls), ...Object.keys(events)])('%s is used', (name) => {
  expect(made).toContain(name);
});
