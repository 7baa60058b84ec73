/** Days of the coverage as numbers. */
import type { Report } from '../../contract/report.ts';
import { dayNumber, parseTs } from '../base/timestamp.ts';

/** The longest period that is drawn; a stray entry of another century must not empty a chart of all others. */
const MAX_DAYS = 366 * 30;

/** Reads `YYYY-MM-DD` as days since the epoch; NaN where it is no day. */
export function readDay(day: string): number {
  return dayNumber(parseTs(`${day}T00:00:00Z`));
}

/** Gives the first and last day of the coverage; undefined where it has none, or more days than can be drawn. */
export function findDayRange(coverage: Report['coverage']): { first: number; last: number } | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { day } of coverage) {
    const number = readDay(day);
    if (Number.isNaN(number)) continue;
    first = Math.min(first, number);
    last = Math.max(last, number);
  }
  return last - first >= 0 && last - first < MAX_DAYS ? { first, last } : undefined;
}
