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

/** The engine serves these already, and no screen asks for them yet: whoever builds that screen takes them off. */
const WITHOUT_SCREEN = ['rules.export', 'rules.import'];

const names = [...Object.keys(calls), ...Object.keys(events)];

test.each(names.filter((name) => !WITHOUT_SCREEN.includes(name)))('%s is used', (name) => {
  expect(made).toContain(name);
});

test.each(WITHOUT_SCREEN)('%s has no screen yet', (name) => {
  expect(names).toContain(name);
  expect(made).not.toContain(name);
});
