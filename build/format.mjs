/** `npm run format`: layout, order of imports and what lint can mend safely. */
import { join } from 'node:path';
import { root, run } from './machine.mjs';

const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
process.exitCode = await run(process.execPath, [biome, 'check', '--write']);
