/** What one user did, and when, by the clock of a zone: the week's rhythm, bursts beyond it, and gaps around it. */
import type { EntryFilter } from '../../contract/entry.ts';
import type { PersonActivity, PersonHours, PersonWeekHours } from '../../contract/person.ts';
import type { Report } from '../../contract/report.ts';
import { createFailure } from '../base/failure.ts';
import { SLOT_MICROS } from '../base/timestamp.ts';
import type { Activity, EntryQueries } from '../store/open-store.ts';
import { chooseSource, listGaps, rankGaps, selectSource } from './possible-gaps.ts';

/**
 * An hour is a burst with at least so many times the entries of the person's median hour. The median of hours that
 * have entries hardly moves with a few wild ones, as a mean would; the least figures keep quiet people quiet.
 */
const FACTOR = 5;
const LEAST_ENTRIES = 20;
const LEAST_HOURS = 8;
const SHOWN = 12;
const SHOWN_HOURS = 200;
const HOUR_SLOTS = 4;
const DAY_SLOTS = 24 * HOUR_SLOTS;
/** 1970-01-01 was a Thursday, and weeks begin on Monday. */
const FIRST_WEEKDAY = 3;

export interface PersonQuestion {
  /** Login, or the user's id in digits. */
  readonly user: string;
  readonly source?: number | undefined;
  /** IANA name. */
  readonly zone: string;
}

interface ClockHour extends PersonHours {
  /** From Monday's first hour on, 0 to 167. */
  readonly ofWeek: number;
}

/** Failure: `bad-request` for a zone that is none. */
export function tellActivity(
  entries: Pick<EntryQueries, 'page' | 'activity' | 'topRecords'>,
  report: Report,
  { user, source: asked, zone }: PersonQuestion,
): PersonActivity {
  const { source, filter } = selectPerson(report, user, asked);
  const activity = entries.activity(filter);
  const records = entries.topRecords(filter, SHOWN);
  const hours = divideHours(activity, zone);
  const week = new Array<number>(168).fill(0);
  for (const { ofWeek, count } of hours) week[ofWeek]! += count;
  const nodes = sumBy(activity, ({ node }) => node);
  const { rows, total } = entries.page(filter, { order: 'oldest-first', offset: 0, limit: 1 });
  const [first] = rows;
  const [last] = entries.page(filter, { order: 'newest-first', offset: 0, limit: 1 }).rows;
  const names = sumBy(activity, ({ userId, userLogin }) => JSON.stringify([userId, userLogin]));
  const always = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] as const;
  return {
    ...(source === undefined ? {} : { source }),
    total,
    ...(first && last ? { first, last } : {}),
    names: {
      total: names.length,
      shown: names.slice(0, SHOWN).map(({ value, count }) => {
        const [userId, userLogin] = JSON.parse(value) as [string, string];
        return { userId, userLogin, count };
      }),
    },
    week,
    ...findBursts(hours),
    nodes: takeTop(nodes),
    models: takeTop(sumBy(activity, ({ model }) => model)),
    actions: takeTop(sumBy(activity, ({ action }) => action)),
    records: { total: records.total, shown: [...records.shown] },
    gaps: rankGaps(
      listGaps(report, source, ...always),
      new Set(nodes.map(({ value }) => value)),
      ({ fromMicros, toMicros }) => countNear(activity, fromMicros, toMicros),
    ),
  };
}

/** The hours behind one cell of the week, most entries first. Failure: `bad-request` for a zone that is none. */
export function tellHours(
  entries: Pick<EntryQueries, 'activity'>,
  report: Report,
  { user, source, zone, ofWeek }: PersonQuestion & { readonly ofWeek: number },
): PersonWeekHours {
  const { filter } = selectPerson(report, user, source);
  const hours = divideHours(entries.activity(filter), zone).filter((hour) => hour.ofWeek === ofWeek);
  return {
    total: hours.length,
    shown: hours
      .sort((a, b) => b.count - a.count || a.fromMicros - b.fromMicros)
      .slice(0, SHOWN_HOURS)
      .map(({ fromMicros, toMicros, count }) => ({ fromMicros, toMicros, count })),
  };
}

function selectPerson(report: Report, user: string, asked: number | undefined) {
  const source = chooseSource(report, asked);
  const filter: EntryFilter = { ...selectSource(report, source), user: [user] };
  return { source, filter };
}

/** Quarters of hours as hours of a zone's clock, in time order. An hour that a clock shows twice is two. */
function divideHours({ slots, counts }: Activity, zone: string): ClockHour[] {
  const readOffset = createOffsets(zone);
  const hours: (ClockHour & { count: number })[] = [];
  let lastKey = '';
  slots.forEach((slot, index) => {
    const offset = readOffset(slot);
    const local = Math.floor((slot + offset) / HOUR_SLOTS);
    const key = `${local} ${offset}`;
    if (key !== lastKey) {
      const fromMicros = (local * HOUR_SLOTS - offset) * SLOT_MICROS;
      const ofWeek = modulo(local + FIRST_WEEKDAY * 24, 168);
      hours.push({ fromMicros, toMicros: fromMicros + HOUR_SLOTS * SLOT_MICROS, count: 0, ofWeek });
      lastKey = key;
    }
    hours.at(-1)!.count += counts[index]!;
  });
  return hours;
}

/** How many quarters of an hour a zone is ahead of UTC in a given one; read once for a day where it does not change. */
function createOffsets(zone: string): (slot: number) => number {
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  } catch (cause) {
    throw createFailure('bad-request', 'this is no time zone', { subject: zone, cause });
  }
  const known = new Map<number, number>();
  const read = (slot: number): number => {
    let offset = known.get(slot);
    if (offset === undefined) {
      const parts = format.formatToParts((slot * SLOT_MICROS) / 1000);
      const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const [, sign, hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(name) ?? [];
      // Zones of long ago were no multiple of a quarter.
      offset = (sign === '-' ? -1 : 1) * (Number(hours) * HOUR_SLOTS + Math.floor(Number(minutes) / 15));
      known.set(slot, offset);
    }
    return offset;
  };
  return (slot) => {
    const day = Math.floor(slot / DAY_SLOTS) * DAY_SLOTS;
    const offset = read(day);
    return offset === read(day + DAY_SLOTS) ? offset : read(slot);
  };
}

function findBursts(hours: readonly ClockHour[]): Pick<PersonActivity, 'habit' | 'bursts'> {
  const sorted = hours.map(({ count }) => count).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median =
    sorted.length === 0
      ? 0
      : sorted.length % 2 === 1
        ? sorted[middle]!
        : (sorted[middle - 1]! + sorted[middle]!) / 2;
  const rule = { factor: FACTOR, leastEntries: LEAST_ENTRIES, leastHours: LEAST_HOURS };
  const habit = { hours: hours.length, median, ...rule };
  if (hours.length < LEAST_HOURS) return { habit, bursts: { total: 0, shown: [] } };
  const threshold = Math.max(LEAST_ENTRIES, FACTOR * median);
  const bursts: { fromMicros: number; toMicros: number; count: number }[] = [];
  for (const { fromMicros, toMicros, count } of hours) {
    if (count < threshold) continue;
    const open = bursts.at(-1);
    if (open?.toMicros === fromMicros) {
      open.toMicros = toMicros;
      open.count += count;
    } else bursts.push({ fromMicros, toMicros, count });
  }
  const most = bursts.sort((a, b) => b.count - a.count || a.fromMicros - b.fromMicros);
  return { habit: { ...habit, threshold }, bursts: { total: bursts.length, shown: most.slice(0, SHOWN) } };
}

/** The person's entries from an hour before to an hour after, to the quarter of an hour. */
function countNear({ slots, counts }: Activity, fromMicros: number, toMicros: number): number {
  const from = Math.floor(fromMicros / SLOT_MICROS) - HOUR_SLOTS;
  const to = Math.floor(toMicros / SLOT_MICROS) + HOUR_SLOTS;
  let near = 0;
  for (let at = findFirst(slots, from); at < slots.length && slots[at]! <= to; at++) near += counts[at]!;
  return near;
}

function findFirst(ascending: Float64Array, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

function sumBy(
  { tuples }: Activity,
  read: (tuple: Activity['tuples'][number]['tuple']) => string,
): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { tuple, count } of tuples) counts.set(read(tuple), (counts.get(read(tuple)) ?? 0) + count);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

function takeTop<T>(all: T[]): { total: number; shown: T[] } {
  return { total: all.length, shown: all.slice(0, SHOWN) };
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
