/** The product in out/: built where the sources have changed since it was built last. */
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { ensureAssembled } from './assembly.mjs';
import { writeLicences } from './licences.mjs';
import { giveUp, root, runStep, say, withLock } from './machine.mjs';
import { buildTrail } from './trail.mjs';

const require = createRequire(import.meta.url);
const stamp = join(root, 'out', 'built');

/** Room for new objects, in MB, in each thread: Node's own choice, 16, is 30 MB more for an import and not quicker. */
const NODE_FLAGS = '--max-semi-space-size=2';

/** Builds the reader of lines, main process, preload, screens, command line and trail, and writes the command's launcher. */
export async function ensureBuilt() {
  await ensureAssembled();
  if (isBuilt(hashSources())) return;
  await withLock(join(root, 'out', 'build.lock'), async () => {
    const sources = hashSources();
    if (isBuilt(sources)) return;
    say('building');
    const tool = join(require.resolve('electron-vite/package.json'), '..', 'bin', 'electron-vite.js');
    await runStep(process.execPath, [tool, 'build', '--logLevel=warn']).catch(giveUp);
    await buildTrail(join(root, 'out', 'trail')).catch(giveUp);
    writeLaunchers();
    writeLicences(join(root, 'out', 'licences.json'));
    writeFileSync(stamp, sources);
  });
}

/** @param {string} sources */
function isBuilt(sources) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sources;
}

/** Hash of the paths and contents of all that the build reads. */
function hashSources() {
  const patterns = [
    'src/**',
    'build/{licences,product,trail}.mjs',
    'tsconfig.base.json',
    'electron.vite.config.ts',
    'package.json',
    'package-lock.json',
  ];
  const hash = createHash('sha256').update(process.execPath);
  for (const path of globSync(patterns, { cwd: root }).sort()) {
    const file = join(root, path);
    if (statSync(file).isFile()) hash.update(`\n${path}\n`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** The command `unbroken` starts the project's own Node and nothing in between. */
function writeLaunchers() {
  const folder = join(root, 'out', 'cli');
  mkdirSync(folder, { recursive: true });
  // A Node that came with the packages is found from here, wherever the checkout is moved to.
  const node = relative(folder, process.execPath).startsWith(join('..', '..', 'node_modules'))
    ? relative(folder, process.execPath)
    : process.execPath;
  const launcher = join(folder, 'unbroken');
  writeFileSync(launcher, shellLauncher(node));
  chmodSync(launcher, 0o755);
  writeFileSync(
    join(folder, 'unbroken.cmd'),
    `@"%~dp0${node.replaceAll('/', '\\')}" ${NODE_FLAGS} "%~dp0..\\main\\cli.js" %*\r\n`,
  );
}

/** @param {string} node */
function shellLauncher(node) {
  return `#!/bin/sh
# Written by the build. Links to this file (node_modules/.bin, /usr/local/bin) are followed to its own folder.
case $0 in */*) self=$0 ;; *) self=./$0 ;; esac
while [ -L "$self" ]; do
  target=$(readlink "$self")
  case $target in /*) self=$target ;; *) self=\${self%/*}/$target ;; esac
done
folder=\${self%/*}
exec ${node.startsWith('/') ? `'${node}'` : `"$folder/${node}"`} ${NODE_FLAGS} "$folder/../main/cli.js" "$@"
`;
}
