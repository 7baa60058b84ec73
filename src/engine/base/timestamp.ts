/**
 * Timestamps as microseconds since 1970-01-01 UTC in a double, exact until the year 2255. A JS Date keeps
 * milliseconds only, and the audit trail orders entries by microsecond.
 */

const DAY_MICROS = 86_400_000_000;

/** A quarter of an hour: every time zone's offset is a multiple of it. */
export const SLOT_MICROS = 900_000_000;

/** RFC 3339's profile of ISO 8601, a little wider: a space for `T`, 1-9 digits of fraction, `+0000`, `Z` or no offset. */
const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:Z|z|([+-])(\d\d):?(\d\d)(?::?(\d\d))?)?$/;

/** Days since the epoch of a civil date (Howard Hinnant's days_from_civil); NaN where there is no such date. */
export function daysFromCivil(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return Number.NaN;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Reads a timestamp; NaN where it is none. Without an offset it is taken as UTC; nanoseconds are cut to microseconds. */
export function parseTs(text: string): number {
  const match = ISO.exec(text);
  if (!match) return Number.NaN;
  const days = daysFromCivil(Number(match[1]), Number(match[2]), Number(match[3]));
  const hour = Number(match[4]);
  const minute = Number(match[5]);
  const second = Number(match[6] ?? 0);
  if (hour > 23 || minute > 59 || second > 60) return Number.NaN;
  const fraction = Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
  const offset = Number(match[9] ?? 0) * 3600 + Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0);
  const seconds = hour * 3600 + minute * 60 + second - (match[8] === '-' ? -offset : offset);
  return days * DAY_MICROS + seconds * 1_000_000 + fraction;
}

/** Writes microseconds as the module does (Python's `isoformat`): `+00:00`, and no fraction at all when it is 0. */
export function formatTs(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const seconds = new Date(millis - mod(millis, 1000)).toISOString().slice(0, 19);
  const fraction = mod(micros, 1_000_000);
  return fraction === 0 ? `${seconds}+00:00` : `${seconds}.${String(fraction).padStart(6, '0')}+00:00`;
}

/** Days since the epoch, whole. */
export function dayNumber(micros: number): number {
  return Math.floor(micros / DAY_MICROS);
}

/** Writes days since the epoch as `2024-01-15`. */
export function formatDayNumber(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function mod(value: number, by: number): number {
  return ((value % by) + by) % by;
}
