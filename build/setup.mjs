/**
 * First phase of every command: `node build/setup.mjs start|test|check|unbroken [argument...]`.
 * Runs on whatever Node the machine has, without any package: installs the packages where the lock file has changed,
 * finds the project's own Node, and goes on in it with build/<command>.mjs.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root, run, runNpm, say, withLock } from './machine.mjs';

const OLDEST_FOR_SETUP = 20;
/** From here on Node runs TypeScript as it is, and offers the Node-API that better-sqlite3's binary asks for. */
const OLDEST_FOR_PROJECT = [22, 18];

const [command = '', ...args] = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < OLDEST_FOR_SETUP) {
  say(`Node ${process.versions.node} is too old; ${OLDEST_FOR_SETUP} or newer is needed`);
  process.exit(2);
}
await installPackages();
const node = findNode();
if (node === undefined) {
  say(`there is no Node for ${process.platform}-${process.arch} among the packages, and the machine's own`);
  say(
    `(${process.versions.node}) is older than ${OLDEST_FOR_PROJECT.join('.')}: install Node 24 and try again`,
  );
  process.exit(2);
}
process.exitCode = await run(node, [join(root, 'build', `${command}.mjs`), ...args]);

/** Installs what package-lock.json says, where that has not been done yet. */
async function installPackages() {
  const stamp = join(root, 'node_modules', '.unbroken-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const isInstalled = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  if (isInstalled()) return;
  await withLock(join(root, 'out', 'install.lock'), async () => {
    if (isInstalled()) return;
    say('installing packages (npm ci)');
    await runNpm(['ci', '--loglevel=error']).catch(giveUp);
    writeFileSync(stamp, lock);
  });
}

/** The Node that came as a package; where there is none for this system, the machine's own if it is new enough. */
function findNode() {
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const folder = join(root, 'node_modules', `node-${system}-${process.arch}`, 'bin');
  const packaged = join(folder, system === 'win' ? 'node.exe' : 'node');
  if (existsSync(packaged)) return packaged;
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_FOR_PROJECT;
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
    ? process.execPath
    : undefined;
}
