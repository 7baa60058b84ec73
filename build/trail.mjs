/** The trail as other programs import it: a package of its own, `unbroken`, of JavaScript with declarations. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'vite';
import { root, runStep } from './machine.mjs';

/** Names of what is offered, with the sources. */
const entries = { trail: 'src/trail/exports.ts', kysely: 'src/trail/adapters/audit-kysely.ts' };
/** What it takes from its own dependencies, and what a compiler needs of those; all else is built in. */
const needed = ['@types/better-sqlite3', 'better-sqlite3', 'zod'];
/** Where the compiler leaves declarations: tsconfig.base.json. */
const declarations = join(root, 'node_modules', '.cache', 'types');

/**
 * Builds into a folder, in place of what is there.
 * @param {string} folder
 */
export async function buildTrail(folder) {
  rmSync(folder, { recursive: true, force: true });
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)])),
        external: ['kysely', 'pg', ...needed],
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
    ssr: { noExternal: true },
  });
  await runStep(process.execPath, [
    join(root, 'node_modules/typescript/bin/tsc'),
    '-b',
    join(root, 'src/trail'),
  ]);
  const seen = new Set();
  for (const path of Object.values(entries)) copyDeclarations(path, join(folder, 'types'), seen);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(describeTrail(), null, 2)}\n`);
  for (const name of ['README.md', 'LICENSE', 'CHANGELOG.md'])
    copyFileSync(join(root, name), join(folder, name));
}

/** The product's own description names all that its window needs: no program should install that. */
function describeTrail() {
  const product = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const { name, version, license, engines, peerDependencies, peerDependenciesMeta } = product;
  const versions = { ...product.devDependencies, ...product.dependencies };
  return {
    ...{ name, version, license, type: 'module' },
    description: 'An audit trail for TypeScript programs, as OpenSPP documents it.',
    exports: {
      './trail': { types: './types/trail/exports.d.ts', default: './trail.js' },
      './trail/kysely': { types: './types/trail/adapters/audit-kysely.d.ts', default: './kysely.js' },
      './package.json': './package.json',
    },
    ...{ engines, peerDependencies, peerDependenciesMeta },
    dependencies: Object.fromEntries(needed.map((dependency) => [dependency, versions[dependency]])),
  };
}

/**
 * Copies a source's declarations, and those of all that it imports.
 * @param {string} path of the source, from the project's root
 * @param {string} folder
 * @param {Set<string>} seen
 */
function copyDeclarations(path, folder, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  const text = readFileSync(join(declarations, path.replace(/\.ts$/, '.d.ts')), 'utf8');
  const target = join(folder, relative('src', path).replace(/\.ts$/, '.d.ts'));
  mkdirSync(dirname(target), { recursive: true });
  // A program that takes the package knows the files by what they were compiled to.
  writeFileSync(
    target,
    text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'").replace(/\n\/\/# sourceMappingURL=.*/, ''),
  );
  for (const [, specifier = ''] of text.matchAll(/from '(\.[^']*\.ts)'/g))
    copyDeclarations(join(dirname(path), specifier), folder, seen);
}
