/** What a report was made of, as a hash: as long as that is the same, the kept report is the answer. */
import { createHash } from 'node:crypto';
import type { Report } from '../contract/report.ts';
import type { Found, Gathered } from './gather.ts';

type Made = Omit<Report['made'], 'method'>;

/** The files with their hashes, whatever was left out and why, what was asked for, and who made it. */
export function hashBasis(
  { files, skipped, unreadable, archives }: Pick<Gathered, 'files' | 'skipped' | 'unreadable' | 'archives'>,
  { version, zone, parameters }: Made,
): string {
  const read = [...files.values()].map(({ file, reading, copyOf }) => [
    file.path,
    file.root,
    reading,
    copyOf,
  ]);
  const basis = [version, zone, parameters, read, skipped, unreadable, archives];
  return createHash('sha256').update(JSON.stringify(basis)).digest('hex');
}

/** The same before anything is read; undefined where there is something to be read. */
export function hashKnownBasis(found: Found, made: Made): string | undefined {
  return found.unknown.length > 0 ? undefined : hashBasis(found, made);
}
