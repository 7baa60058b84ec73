/** A real PostgreSQL of its own, from Debian's packages; on a socket in a temporary folder, without a port. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, globSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the newest version's programs lie; undefined where none is installed. */
export const postgresPrograms = globSync('/usr/lib/postgresql/*/bin')
  .filter((folder) => existsSync(join(folder, 'initdb')))
  .sort()
  .at(-1);

export interface Postgres {
  readonly connectionString: string;
  stop(): Promise<void>;
}

export async function startPostgres(programs: string): Promise<Postgres> {
  const folder = mkdtempSync(join(tmpdir(), 'unbroken-postgres-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  // It refuses to run as root.
  const identity = process.getuid?.() === 0 ? { uid: readId('-u'), gid: readId('-g') } : {};
  if (identity.uid !== undefined)
    for (const path of [folder, data]) chownSync(path, identity.uid, identity.gid);
  const user = identity.uid === undefined ? [] : ['-U', 'postgres'];
  const options = { cwd: folder, stdio: 'ignore', ...identity } as const;
  const quickly = ['--no-sync', '--no-instructions', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  execFileSync(join(programs, 'initdb'), [...quickly, ...user, '-D', data], options);
  const server = spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, '-h', '', '-F'], options);
  const name =
    identity.uid === undefined ? execFileSync('id', ['-un'], { encoding: 'utf8' }).trim() : 'postgres';
  return {
    connectionString: `postgresql://${name}@/postgres?host=${encodeURIComponent(folder)}`,
    stop: async () => {
      server.kill('SIGQUIT');
      if (server.exitCode === null) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function readId(which: string): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}
