import { statSync } from 'node:fs';

/** The same for a file as long as it stays where it was made: a copy is another one, also of the same name. */
export function identifyFile(file: string): string {
  const { ino, birthtimeNs } = statSync(file, { bigint: true });
  return `${ino} ${birthtimeNs}`;
}
