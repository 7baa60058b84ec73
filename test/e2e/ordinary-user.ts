/** Lets an ordinary user (`nobody`) start the app on a machine where the tests run as root. */
import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface Launch {
  readonly executable: string;
  /** The app's folder. */
  readonly folder: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Gives the launch as `nobody` would make it. The checkout and the cache may lie where only root can read, so the
 * app and its runtime are copied below `home`. A launch that is an ordinary user's already stays as it is.
 */
export function lendToOrdinaryUser(launch: Launch, home: string): Launch {
  if (process.getuid?.() !== 0) return launch;
  const folder = join(home, 'app');
  const runtime = join(home, 'electron');
  copyProduct(launch.folder, folder);
  cpSync(dirname(launch.executable), runtime, { recursive: true });
  const binding = launch.env['UNBROKEN_SQLITE_BINDING'];
  if (binding !== undefined) copyFileSync(binding, join(home, 'better_sqlite3.node'));
  const { XAUTHORITY } = launch.env;
  if (XAUTHORITY !== undefined) copyFileSync(XAUTHORITY, join(home, 'Xauthority'));

  const starter = join(home, 'start');
  writeFileSync(
    starter,
    `#!/bin/sh\nexec setpriv --reuid=nobody --regid=nogroup --clear-groups --no-new-privs "${runtime}/electron" "$@"\n`,
  );
  chmodSync(starter, 0o755);
  execFileSync('chown', ['-R', 'nobody:nogroup', home]);
  execFileSync('chmod', ['-R', 'u+rwX', home]);
  return {
    executable: starter,
    folder,
    args: launch.args.filter((argument) => argument !== '--no-sandbox'),
    env: {
      ...launch.env,
      ...(binding === undefined ? {} : { UNBROKEN_SQLITE_BINDING: join(home, 'better_sqlite3.node') }),
      ...(XAUTHORITY === undefined ? {} : { XAUTHORITY: join(home, 'Xauthority') }),
    },
  };
}

/** Copies what the product is made of: the build, its resources and the packages that it loads when it runs. */
function copyProduct(from: string, to: string): void {
  const lock = JSON.parse(readFileSync(join(from, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean }>;
  };
  const packages = Object.entries(lock.packages)
    .filter(([path, { dev, optional }]) => path.startsWith('node_modules/') && !dev && !optional)
    .map(([path]) => path);
  for (const path of ['package.json', 'out', 'resources', ...packages]) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    cpSync(join(from, path), join(to, path), { recursive: true });
  }
}
