/** The lock file holds what `npm ci` asks for on every system, so that a fresh clone can be set up anywhere. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')) as Locked & {
    readonly packages: Readonly<Record<string, Locked>>;
  };
const { packages } = read('package-lock.json');

/** Where a package finds another: beside it, or in a folder around it. */
function findInstalled(from: string, name: string): Locked | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const found = packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`];
    if (found || folder === '') return found;
  }
}

test('every dependency is locked, those for other systems too', () => {
  const lacking = Object.entries(packages).flatMap(([path, locked]) =>
    Object.keys({ ...locked.dependencies, ...locked.optionalDependencies, ...locked.devDependencies })
      .filter((name) => findInstalled(path, name) === undefined)
      .map((name) => `${path || 'the project'} needs ${name}`),
  );
  expect(lacking).toEqual([]);
});

test('our own are pinned exactly, and the lock has those versions', () => {
  const { dependencies, optionalDependencies, devDependencies } = read('package.json');
  for (const [name, version] of Object.entries({
    ...dependencies,
    ...optionalDependencies,
    ...devDependencies,
  })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
    expect(findInstalled('', name)?.version, name).toBe(version);
  }
});
