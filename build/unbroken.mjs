/** `npm run unbroken -- ...`: the command line, built where needed, run where the caller stands. */
import { join } from 'node:path';
import { callerFolder, root, run } from './machine.mjs';
import { ensureBuilt } from './product.mjs';

await ensureBuilt();
process.exitCode = await run(
  process.execPath,
  [join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)],
  {
    cwd: callerFolder,
  },
);
