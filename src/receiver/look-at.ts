import { statSync } from 'node:fs';

/** What a file looks like from outside: other where it was written or replaced, empty where there is none. */
export function lookAt(file: string): string {
  const stat = statSync(file, { bigint: true, throwIfNoEntry: false });
  return stat ? `${stat.ino} ${stat.size} ${stat.mtimeNs}` : '';
}
