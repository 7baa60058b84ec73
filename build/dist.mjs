/**
 * `npm run dist [-- TARGET...]`: what people install, in dist/. Without a target all those of this system; `dir` is the
 * unpacked app, which needs nothing from the network.
 */
import { dirname } from 'node:path';
import { build, Platform } from 'electron-builder';
import { ensureElectron } from './electron.mjs';
import { say } from './machine.mjs';
import { describePackage } from './package-app.mjs';
import { ensureBuilt } from './product.mjs';

const targets = process.argv.slice(2);
const isOnlyUnpacked = targets.length === 1 && targets[0] === 'dir';

await ensureBuilt();
// The development runtime is past its end of life: it is packed to be tested, and never into an installer.
const electron = isOnlyUnpacked ? await ensureElectron() : undefined;
const built = await build({
  targets: Platform.current().createTarget(targets.length > 0 ? targets : undefined),
  config: describePackage(electron && { folder: dirname(electron.executable), version: electron.version }),
  publish: 'never',
});
for (const path of built) say(`made ${path}`);
