/**
 * `npm run assembly`: compiles the quick lane of parsing to WebAssembly, after a change in src/engine/parse/assembly.
 * The result is kept in the repository, small and always the same, so that nothing needs to be built before a test or
 * a start. With `--check` nothing is written, and a kept result that differs fails: a test asks so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { giveUp, root } from './machine.mjs';

const target = join(root, 'src/engine/parse/scan-lines.wasm.ts');

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
if (error || !binary) giveUp(new Error(`${error?.message ?? 'nothing was compiled'}\n${stderr}`));
const text = `/** assembly/scan-lines.ts, compiled: \`npm run assembly\` wrote it. */
export const scanLinesWasm =
  '${Buffer.from(binary ?? []).toString('base64')}';
`;
if (!process.argv.includes('--check')) writeFileSync(target, text);
else if (readFileSync(target, 'utf8') !== text) giveUp(new Error('run `npm run assembly`'));
