/** What a report was made of, as a hash: as long as that is the same, the kept report is the answer. */
import { createHash } from 'node:crypto';
import type { Report } from '../../contract/report.ts';
import type { Found, Gathered } from '../gather/gather.ts';
import { type FollowedState, isFollowUp } from './follow-paths.ts';

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

/** How far a report reaches is kept beside the hash: whether its end was open, and files were taken as unchanged. */
export function nameBasis(hash: string, { open }: Report, taken: number): string {
  return [hash, ...(open ? ['open'] : []), ...(taken > 0 ? ['taken'] : [])].join(' ');
}

/** Whether a report of that basis answers for what has this hash now: one that reaches as far as is asked for. */
export function isBasisFor(basis: string, wanted: string, following: FollowedState | undefined): boolean {
  const [hash, ...flags] = basis.split(' ');
  return (
    hash === wanted &&
    (isFollowUp(following) || !flags.includes('taken')) &&
    (following === 'open' || !flags.includes('open'))
  );
}

/** The same before anything is read; undefined where there is something to be read. */
export function hashKnownBasis(found: Found, made: Made): string | undefined {
  return found.unknown.length > 0 ? undefined : hashBasis(found, made);
}
