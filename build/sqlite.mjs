/**
 * better-sqlite3 for the development runtime: that Electron offers Node-API 9, and the binary in the package wants 10.
 * Compiled from the package's own source with the one later function it uses taken from the experimental part.
 */

import { cp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { ensureDebianPackages, forCompiling } from './debian.mjs';
import { ensureCached, root, runStep, say } from './machine.mjs';

const require = createRequire(import.meta.url);

/** Gives the path of the binary, for better-sqlite3's option `nativeBinding`. */
export async function ensureSqliteBinding() {
  const { version } = require('better-sqlite3/package.json');
  const folder = await ensureCached(
    `better-sqlite3-${version}-napi9-${process.platform}-${process.arch}`,
    compile,
  );
  return join(folder, 'better_sqlite3.node');
}

/** @param {string} folder */
async function compile(folder) {
  await ensureDebianPackages(forCompiling);
  say('compiling SQLite for the development runtime (a minute or two, once)');
  const source = join(folder, 'source');
  await cp(dirname(require.resolve('better-sqlite3/package.json')), source, { recursive: true });
  const recipe = await readFile(join(source, 'binding.gyp'), 'utf8');
  const older = recipe.replace(
    `'NAPI_VERSION=10'`,
    `'NAPI_EXPERIMENTAL', 'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'`,
  );
  if (older === recipe)
    throw new Error('the recipe of better-sqlite3 has changed: NAPI_VERSION=10 is not in it');
  await writeFile(join(source, 'binding.gyp'), older);
  // The headers lie beside the project's Node: nothing is fetched.
  const headers = dirname(dirname(process.execPath));
  const args = [
    'rebuild',
    '--release',
    `--nodedir=${headers}`,
    `--jobs=${availableParallelism()}`,
    '--force_build=1',
  ];
  await runStep(process.execPath, [require.resolve('node-gyp/bin/node-gyp.js'), ...args], {
    cwd: source,
    env: { ...process.env, NODE_PATH: join(root, 'node_modules') },
  });
  await rename(join(source, 'build', 'Release', 'better_sqlite3.node'), join(folder, 'better_sqlite3.node'));
  await rm(source, { recursive: true });
}
