/**
 * The licences of all that is in the product: the packages that its sources import, and what those need, by the lock
 * file. Written into out/ as it is built, since bundles no longer show what is inside them.
 */
import { globSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './machine.mjs';

/** Electron brings a file of its own, and what its package needs is its installer. */
const APART = new Set(['electron']);
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/** @typedef {{ name: string, version: string, licence: string, text: string }} Licence */
/** @typedef {{ version: string, license?: string, dependencies?: Record<string, string> }} Locked */

/** @param {string} file */
export function writeLicences(file) {
  writeFileSync(file, JSON.stringify(listLicences()));
}

/** @returns {Licence[]} by name */
function listLicences() {
  /** @type {Record<string, Locked>} */
  const packages = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  /** @type {Set<string>} */
  const found = new Set();
  /** @type {(from: string, name: string) => void} */
  const add = (from, name) => {
    const path = findInstalled(packages, from, name);
    // Types leave nothing behind in what is built.
    if (path === undefined || found.has(path) || name.startsWith('@types/')) return;
    found.add(path);
    for (const needed of Object.keys(packages[path]?.dependencies ?? {})) add(path, needed);
  };
  for (const name of listImported()) add('', name);
  return [...found]
    .map((path) => readLicence(path, packages[path]))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Names of the packages that the sources import. */
function listImported() {
  /** @type {Set<string>} */
  const names = new Set();
  for (const path of globSync('src/**/*.{ts,tsx}', { cwd: root })) {
    for (const [, specifier = ''] of readFileSync(join(root, path), 'utf8').matchAll(
      /\b(?:from|import) '([^'.][^']*)'/g,
    )) {
      const [scope = '', name] = specifier.split('/');
      const full = scope.startsWith('@') ? `${scope}/${name}` : scope;
      if (!full.startsWith('node:') && !APART.has(full)) names.add(full);
    }
  }
  return names;
}

/**
 * Where a package finds another: beside it, or in a folder around it.
 * @param {Record<string, Locked>} packages
 * @param {string} from
 * @param {string} name
 */
function findInstalled(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
  }
}

/**
 * @param {string} path
 * @param {Locked | undefined} locked
 * @returns {Licence}
 */
function readLicence(path, locked) {
  const folder = join(root, path);
  const texts = readdirSync(folder)
    .filter((name) => LICENCE_FILE.test(name) && !name.endsWith('.js'))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
  return {
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: locked?.version ?? '',
    licence: locked?.license ?? '',
    text: texts.join('\n\n'),
  };
}
