/**
 * Finds times in which a node wrote nothing although it always writes at these hours. Conservative: every other day must
 * have had many entries in the same hours, and there must be several such days. A silence proves nothing by itself.
 */
import type { Silence } from './node-analysis.ts';
import { findTime, type SortedEntries } from './sorted-entries.ts';

const HOUR_MICROS = 3_600_000_000;
const LEAST_HOURS = 3;
const LEAST_DAYS = 4;
const LEAST_USUAL = 30;

/** Finds the silences of one node. Whole hours are looked at; the times given are those of the entries around. */
export function findSilences(entries: SortedEntries): Silence[] {
  const hours: number[] = [];
  const counts: number[] = [];
  const lastTs: number[] = [];
  const firstTs: number[] = [];
  let until = Number.NEGATIVE_INFINITY;
  for (const { count, tsMicros } of entries.chunks()) {
    for (let from = 0; from < count; ) {
      if (tsMicros[from]! >= until) {
        const hour = Math.floor(tsMicros[from]! / HOUR_MICROS);
        until = (hour + 1) * HOUR_MICROS;
        hours.push(hour);
        counts.push(0);
        firstTs.push(tsMicros[from]!);
        lastTs.push(tsMicros[from]!);
      }
      const to = findTime(tsMicros, from, count, until);
      counts[counts.length - 1]! += to - from;
      lastTs[lastTs.length - 1] = tsMicros[to - 1]!;
      from = to;
    }
  }
  if (hours.length === 0) return [];
  const byHour = new Map(hours.map((hour, index) => [hour, counts[index]!]));
  const firstHour = hours[0]!;
  const lastHour = hours[hours.length - 1]!;
  const silences: Silence[] = [];
  for (let i = 1; i < hours.length && silences.length < 1000; i += 1) {
    const from = hours[i - 1]! + 1;
    const to = hours[i]!;
    if (to - from < LEAST_HOURS || to - from > 24 * 7) continue;
    const usual = findUsual(byHour, from, to, firstHour, lastHour);
    if (usual === undefined) continue;
    silences.push({ fromMicros: lastTs[i - 1]!, toMicros: firstTs[i]!, ...usual });
  }
  return silences;
}

/** Gives the least number of entries in the same hours of any other day, if that is many on enough days. */
function findUsual(
  byHour: ReadonlyMap<number, number>,
  from: number,
  to: number,
  firstHour: number,
  lastHour: number,
): { usualAtLeast: number; otherDays: number } | undefined {
  let days = 0;
  let least = Number.POSITIVE_INFINITY;
  const span = to - from;
  // A silence of days is compared with the same stretch shifted by days; what overlaps itself tells nothing.
  for (let shift = -365; shift <= 365; shift += 1) {
    const shifted = from + shift * 24;
    if (Math.abs(shift * 24) < span || shifted < firstHour || shifted + span > lastHour + 1) continue;
    let sum = 0;
    for (let hour = shifted; hour < shifted + span; hour += 1) sum += byHour.get(hour) ?? 0;
    days += 1;
    least = Math.min(least, sum);
    if (least < LEAST_USUAL) return undefined;
  }
  return days >= LEAST_DAYS ? { usualAtLeast: least, otherDays: days } : undefined;
}
