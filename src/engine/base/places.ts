/** Where files may be written: never into what is opened, and a workspace never on a network drive. */
import { realpathSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { createFailure } from './failure.ts';

/**
 * Types of network file systems as `statfs` gives them (linux/magic.h and fs/*): NFS, SMB, CIFS, SMB2, 9P, AFS, Ceph,
 * Coda, NCP. Drives mounted through FUSE cannot be told from local ones.
 */
const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x01021997, 0x5346414f, 0x00c36400, 0x73757245, 0x564c,
]);

/** The real path of something that may not exist yet: links are followed as far as the path exists. */
export function resolveReal(path: string): string {
  const absolute = resolve(path);
  try {
    return realpathSync(absolute);
  } catch {
    const parent = dirname(absolute);
    return parent === absolute ? absolute : join(resolveReal(parent), basename(absolute));
  }
}

/** True where `path` is one of `directories`, or lies below one. */
export function isInside(path: string, directories: readonly string[]): boolean {
  const real = resolveReal(path);
  return directories.some((directory) => {
    const way = relative(resolveReal(directory), real);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
  });
}

/** Refuses an output path inside what was opened, with the failure `output-inside-evidence`. */
export function refuseInside(output: string, evidence: readonly string[]): void {
  if (!isInside(output, evidence)) return;
  throw createFailure('output-inside-evidence', 'nothing is written into what was opened', {
    subject: output,
  });
}

/** Refuses a workspace on a network drive: SQLite's locks are not kept there. Failure: `workspace-on-network-drive`. */
export function refuseNetworkDrive(file: string): void {
  const real = resolveReal(file);
  if (!real.startsWith('\\\\') && !isOnNetwork(dirname(real))) return;
  throw createFailure('workspace-on-network-drive', 'a workspace must be on a local drive', {
    subject: file,
  });
}

/** True where the directory is, or is to be, on a network drive. */
export function isOnNetwork(directory: string): boolean {
  try {
    return NETWORK_TYPES.has(statfsSync(directory).type >>> 0);
  } catch {
    // The directory is not there yet: its parent is on the same drive.
    const parent = dirname(directory);
    return parent !== directory && isOnNetwork(parent);
  }
}

/** The first directory for temporary files that is outside what was opened. */
export function chooseSpillDirectory(evidence: readonly string[], others: readonly string[]): string {
  const directory = [tmpdir(), ...others].find((candidate) => !isInside(candidate, evidence));
  if (directory === undefined) {
    throw createFailure(
      'output-inside-evidence',
      'every directory for temporary files is inside what was opened',
    );
  }
  return directory;
}
