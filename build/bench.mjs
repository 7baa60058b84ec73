/** `npm run bench [-- ...]`: Unbroken beside its peers on this machine; see test/bench/README.md. */
import { join } from 'node:path';
import { root, run } from './machine.mjs';
import { ensureBuilt } from './product.mjs';

await ensureBuilt();
process.exitCode = await run(process.execPath, [
  join(root, 'test', 'bench', 'bench.ts'),
  ...process.argv.slice(2),
]);
