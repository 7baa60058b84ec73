/** Whose entries are told around a gap, and in which times: those of the users and records on its two sides. */
import type { EntryFilter, EntryRow } from '../../contract/entry.ts';
import type { Finding, Place } from '../../contract/finding.ts';
import type { RecordName } from '../../contract/record.ts';
import { readMicros, writeMicros } from '../ui/format.ts';

/** A user or a record, and the sides of the gap that it stands on. */
export interface Subject {
  readonly key: string;
  readonly user?: string;
  readonly record?: RecordName;
  readonly filter: EntryFilter;
  readonly on: 'before' | 'after' | 'both';
}

/** So many users, and so many records, are told where several processes stood at the gap. */
const MOST = 3;

/** Users first, then records; each once. */
export function listSubjects(before: readonly EntryRow[], after: readonly EntryRow[]): Subject[] {
  const users = new Map<string, Subject>();
  const records = new Map<string, Subject>();
  const add = (known: Map<string, Subject>, subject: Subject): void => {
    const old = known.get(subject.key);
    if (old) known.set(subject.key, { ...old, on: old.on === subject.on ? old.on : 'both' });
    else if (known.size < MOST) known.set(subject.key, subject);
  };
  // The nearest of either side come first.
  const rows = Array.from({ length: Math.max(before.length, after.length) }, (_, at) => [
    { row: before[at], on: 'before' as const },
    { row: after[at], on: 'after' as const },
  ]).flat();
  for (const { row, on } of rows) {
    if (!row) continue;
    const { model, resId } = row;
    const user = row.userLogin || row.userId;
    if (user !== '') add(users, { key: user, user, filter: { user: [user] }, on });
    if (resId === '') continue;
    const key = `${model},${resId}`;
    add(records, { key, record: { model, resId }, filter: { model: [model], record: [key] }, on });
  }
  return [...users.values(), ...records.values()];
}

/** The times up to the last line before a gap, from there to the first one after it, and from that on. */
export interface GapTimes {
  readonly before: EntryFilter;
  /** Undefined where nothing can lie between. */
  readonly during: EntryFilter | undefined;
  readonly after: EntryFilter;
}

/** Where several lines may be the one beside the gap, all of the time between the outermost is the gap's. */
export function divideTime({ before, after, fromTs, toTs }: Finding): GapTimes | undefined {
  const from = pickTime(before, fromTs, Math.min);
  const to = pickTime(after, toTs, Math.max);
  if (from === undefined || to === undefined) return undefined;
  const [behind, ahead] = [writeMicros(from + 1), writeMicros(Math.max(from + 1, to))];
  return {
    before: { to: behind },
    during: to > from + 1 ? { from: behind, to: ahead } : undefined,
    after: { from: ahead },
  };
}

function pickTime(
  places: readonly Place[] = [],
  otherwise: string | undefined,
  choose: (...micros: number[]) => number,
): number | undefined {
  const times = places.flatMap(({ ts }) => (ts === undefined ? [] : readMicros(ts)));
  const known = times.filter((micros) => !Number.isNaN(micros));
  const micros = known.length > 0 ? choose(...known) : readMicros(otherwise ?? '');
  return Number.isNaN(micros) ? undefined : micros;
}
