/** Debian packages: what the window, the tests and the compiling of the native module need beyond npm's. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runStep, say } from './machine.mjs';

/** Libraries that Electron loads. */
export const forWindow = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libxtst6',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libxkbcommon0',
  'fonts-dejavu-core',
  'dbus',
];

export const forCompiling = ['g++', 'make', 'python3'];

/** A display without a screen, and a browser. */
export const forTests = ['xvfb', 'xauth', 'chromium'];

/** Real receivers of entries; tests that need one are skipped where it is not to be had. */
export const forPeers = ['rsyslog', 'rsyslog-relp', 'rsyslog-openssl', 'postgresql'];

/**
 * Installs the packages that are missing, where that is possible (root on Debian and its kin); elsewhere says what
 * to install. Gives whether all are there; systems without Debian's packages are believed to have what is needed.
 * @param {readonly string[]} packages
 * @returns {Promise<boolean>}
 */
export async function ensureDebianPackages(packages) {
  if (!existsSync('/usr/bin/dpkg-query')) return true;
  const missing = listMissing(packages);
  if (missing.length === 0) return true;
  if (process.getuid?.() !== 0) {
    say(`some packages of the system are missing; to have them: sudo apt-get install ${missing.join(' ')}`);
    return false;
  }
  say(`installing packages of the system: ${missing.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quietly = ['-qq', '-o', 'DPkg::Lock::Timeout=600', '-o', 'Dpkg::Use-Pty=0'];
  try {
    await runStep('apt-get', [...quietly, 'update'], { env });
    await runStep('apt-get', [...quietly, 'install', '-y', '--no-install-recommends', ...missing], { env });
    return true;
  } catch (error) {
    say(`that did not succeed (${error instanceof Error ? error.message : error})`);
    return false;
  }
}

/**
 * Unpacks a package beside the system into `folder`, where it is not yet and can be had: one that would drive out another
 * that the tests need.
 * @param {string} name
 * @param {string} folder
 */
export async function unpackDebianPackage(name, folder) {
  if (existsSync(folder) || !existsSync('/usr/bin/dpkg-deb') || process.getuid?.() !== 0) return;
  const parts = `${folder}.new`;
  rmSync(parts, { recursive: true, force: true });
  mkdirSync(parts, { recursive: true });
  try {
    await runStep('apt-get', ['-qq', '-o', 'APT::Sandbox::User=root', 'download', name], { cwd: parts });
    const [file = ''] = readdirSync(parts);
    await runStep('dpkg-deb', ['-x', file, '.'], { cwd: parts });
    renameSync(parts, folder);
  } catch (error) {
    say(`${name} is not to be had (${error instanceof Error ? error.message : error})`);
  }
}

/**
 * A package is there when it or one that provides it is installed, or when the command of its name is in PATH.
 * @param {readonly string[]} packages
 */
function listMissing(packages) {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own placeholders.
  const format = '${db:Status-Status}\t${Package}, ${Provides}\n';
  const listing = execFileSync('dpkg-query', ['--show', `--showformat=${format}`], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  const there = new Set(
    listing
      .split('\n')
      .filter((line) => line.startsWith('installed\t'))
      .flatMap((line) => line.slice('installed\t'.length).split(', '))
      .map((name) => name.replace(/ .*/, '')),
  );
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return packages.filter(
    (name) => !there.has(name) && !folders.some((folder) => existsSync(join(folder, name))),
  );
}
