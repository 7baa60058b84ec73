// What `electron FOLDER` starts in an Electron that comes without its default app: loads that folder's main file.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

// As Electron's own default app: `-r MODULE` is loaded before the app, and no argument of it.
const required = process.argv.indexOf('-r');
if (required > 0) {
  const [, module = ''] = process.argv.splice(required, 2);
  createRequire(import.meta.url)(resolve(module));
}

const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.');
const manifest = JSON.parse(readFileSync(resolve(folder, 'package.json'), 'utf8'));

process.defaultApp = true;
app.setAppPath(folder);
app.setVersion(manifest.version);
app.setName(manifest.productName ?? manifest.name);
// Awaited: Electron becomes ready only after its main module, and some things must be set up before.
await import(pathToFileURL(resolve(folder, manifest.main)).href);
