import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { createHost } from '../host/dispatch.ts';
import { serveScreens } from '../host/serve/serve-screens.ts';
import { browserShell, rendererDirectory } from './browser-shell.ts';

/** `unbroken view`: the screens on loopback until the process is ended. */
export async function runView(paths: readonly string[], options: { readonly port: number }): Promise<void> {
  const { data, config } = envPaths('unbroken', { suffix: '' });
  const host = createHost({
    ...browserShell,
    startPaths: paths.map((path) => resolve(path)),
    dataDirectory: data,
    workspaceDirectory: join(data, 'workspaces'),
    configDirectory: config,
    logBug: (error) =>
      process.stderr.write(`unbroken: ${error instanceof Error ? error.stack : String(error)}\n`),
  });
  const served = await serveScreens({ host, rendererDirectory, port: options.port });
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
