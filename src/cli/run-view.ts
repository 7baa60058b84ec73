import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import { version } from '../engine/base/version.ts';
import { createHost } from '../host/dispatch.ts';
import { serveScreens } from '../host/serve-screens.ts';

/** From out/main to the checkout's or the package's root. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** `unbroken view`: the screens on loopback until the process is ended. */
export async function runView(paths: readonly string[], options: { readonly port: number }): Promise<void> {
  const host = createHost({
    shell: 'browser',
    version,
    runtime: `Node ${process.versions.node}`,
    developmentRuntime: false,
    startPaths: paths.map((path) => resolve(path)),
    dataDirectory: envPaths('unbroken', { suffix: '' }).data,
    workspaceDirectory: join(envPaths('unbroken', { suffix: '' }).data, 'workspaces'),
    configDirectory: envPaths('unbroken', { suffix: '' }).config,
    licencesFile: join(root, 'out', 'licences.json'),
    sampleDirectory: join(root, 'resources', 'sample', 'audit'),
    logBug: (error) =>
      process.stderr.write(`unbroken: ${error instanceof Error ? error.stack : String(error)}\n`),
  });
  const served = await serveScreens({
    host,
    rendererDirectory: join(root, 'out', 'renderer'),
    port: options.port,
  });
  process.stdout.write(`${served.link}\n`);
  process.stderr.write('Open this link in a browser on this machine; it works once. End with Ctrl+C.\n');
  const end = (): void => {
    void served
      .close()
      .then(() => host.close())
      .then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}
