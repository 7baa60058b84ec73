/**
 * Compiles the quick lane of parsing (src/engine/parse/assembly) to WebAssembly, as a module that the product and every
 * test import: a step of set-up, taken where the sources have changed since.
 */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { giveUp, root, say, withLock } from './machine.mjs';

const target = join(root, 'src/engine/parse/scan-lines.wasm.ts');

/** Compiles where that has not been done for these sources. */
export async function ensureAssembled() {
  const heading = `/** assembly/scan-lines.ts, compiled by set-up from ${hashSources()}. */\n`;
  const isAssembled = () => existsSync(target) && readFileSync(target, 'utf8').startsWith(heading);
  if (isAssembled()) return;
  await withLock(join(root, 'out', 'assembly.lock'), async () => {
    if (isAssembled()) return;
    say('compiling the reader of lines');
    const base64 = Buffer.from(await compile()).toString('base64');
    // Moved into place, so that nobody imports half of it.
    writeFileSync(`${target}.new`, `${heading}export const scanLinesWasm =\n  '${base64}';\n`);
    renameSync(`${target}.new`, target);
  });
}

/** @returns {Promise<Uint8Array>} */
async function compile() {
  // Loading the compiler takes half a second, which only this step needs.
  const { default: asc } = await import('assemblyscript/asc');
  /** @type {Uint8Array | undefined} */
  let binary;
  const { error, stderr } = await asc.main(
    [
      'src/engine/parse/assembly/scan-lines.ts',
      ...['--baseDir', root, '--outFile', 'scan-lines.wasm'],
      ...['-O3', '--converge', '--noAssert', '--runtime', 'stub', '--initialMemory', '80'],
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

/** Hash of the compiler's version and options, and of what it reads. */
function hashSources() {
  const hash = createHash('sha256');
  const sources = globSync('src/engine/parse/assembly/*.ts', { cwd: root }).sort();
  for (const path of ['build/assembly.mjs', 'package-lock.json', ...sources]) {
    hash.update(`\n${path}\n`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex').slice(0, 16);
}
