/** What the host is told of a shell that is a browser, and where the screens are. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from '../engine/base/version.ts';

/** From out/main to the checkout's or the package's root. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** The built screens. */
export const rendererDirectory = join(root, 'out', 'renderer');

export const browserShell = {
  shell: 'browser',
  version,
  runtime: `Node ${process.versions.node}`,
  developmentRuntime: false,
  licencesFile: join(root, 'out', 'licences.json'),
  sampleDirectory: join(root, 'resources', 'sample', 'audit'),
} as const;
