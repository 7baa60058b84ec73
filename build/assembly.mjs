/**
 * Compiles what is written in AssemblyScript (`assembly` below src/engine) to WebAssembly, as modules that the product and
 * every test import: a step of set-up, taken where the sources have changed since.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root, say, withLock } from './machine.mjs';

/** @typedef {{ folder: string, name: string, exported: string, pages: number }} Module in pages of 64 KB of memory */

/** @type {readonly Module[]} */
const modules = [
  { folder: 'src/engine/parse', name: 'scan-lines', exported: 'scanLinesWasm', pages: 80 },
  { folder: 'src/engine/store', name: 'find-text', exported: 'findTextWasm', pages: 5 },
];

/** Compiles where that has not been done for these sources. */
export async function ensureAssembled() {
  for (const module of modules) await ensureModule(module);
}

/** @param {Module} module */
async function ensureModule(module) {
  const { folder, name, exported } = module;
  const target = join(root, folder, `${name}.wasm.ts`);
  const heading = `/** assembly/${name}.ts, compiled by set-up from ${hashSources(folder)}. */\n`;
  const isAssembled = () => existsSync(target) && readFileSync(target, 'utf8').startsWith(heading);
  if (isAssembled()) return;
  await withLock(join(root, 'out', 'assembly.lock'), async () => {
    if (isAssembled()) return;
    say(`compiling ${folder}/assembly`);
    const base64 = Buffer.from(await compile(module)).toString('base64');
    // Moved into place, so that nobody imports half of it.
    writeFileSync(`${target}.new`, `${heading}export const ${exported} =\n  '${base64}';\n`);
    renameSync(`${target}.new`, target);
  });
}

/**
 * @param {Module} module
 * @returns {Promise<Uint8Array>}
 */
async function compile({ folder, name, pages }) {
  // Loading the compiler takes half a second, which only this step needs.
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    [
      `${folder}/assembly/${name}.ts`,
      ...['--baseDir', root, '--outFile', `${name}.wasm`],
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--initialMemory', String(pages)],
      ...['--enable', 'simd', '--enable', 'bulk-memory'],
    ],
    {
      writeFile: (_, contents) => {
        binary = /** @type {Uint8Array} */ (contents);
      },
    },
  );
  if (error || !binary) return giveUp(new Error(`${error?.message ?? 'nothing was compiled'}\n${stderr}`));
  return binary;
}

/**
 * Hash of the compiler's version and options, and of what it reads.
 * @param {string} folder
 */
function hashSources(folder) {
  const hash = createHash('sha256');
  const sources = globSync(`${folder}/assembly/*.ts`, { cwd: root }).sort();
  for (const path of ['build/assembly.mjs', 'package-lock.json', ...sources]) {
    hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex').slice(0, 16);
}
