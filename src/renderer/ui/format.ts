/** Numbers, sizes, times and spans as a person reads them: always from Intl, in one locale and one zone. */

export interface Format {
  readonly locale: string;
  readonly zone: string;
  number(value: number): string;
  /** `3.4K`: for an axis, never where the exact figure matters. */
  compact(value: number): string;
  percent(share: number): string;
  bytes(value: number): string;
  /** A span of time in its two greatest units. */
  span(ms: number): string;
  /** Date and time to the microsecond, without the zone: for columns whose head says it. */
  time(micros: number): string;
  /** Date and time to the second, without the zone. */
  timeShort(micros: number): string;
  /** Time of the day to the second, without the zone: of what has just happened. */
  clock(micros: number): string;
  /** A period to the second, without the zone; what both ends share is said once. */
  period(fromMicros: number, toMicros: number): string;
  /** The same to the minute, for a line that has no room for more. */
  periodShort(fromMicros: number, toMicros: number): string;
  /** Date only. */
  day(micros: number): string;
  /** A UTC day of a report (`2024-01-15`), whatever the zone. */
  utcDay(day: string): string;
}

const WHOLE: Intl.DateTimeFormatOptions = {
  year: 'numeric',
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
};
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
const SPAN_UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const;

export function createFormat(locale: string, zone: string): Format {
  const number = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const short = new Intl.DateTimeFormat(locale, { ...WHOLE, timeZone: zone });
  const { second: _, ...minutes } = WHOLE;
  const brief = new Intl.DateTimeFormat(locale, { ...minutes, timeZone: zone });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'medium', hourCycle: 'h23', timeZone: zone });
  const fine = new Intl.DateTimeFormat(locale, { ...WHOLE, fractionalSecondDigits: 3, timeZone: zone });
  const digits = new Intl.NumberFormat(locale, { minimumIntegerDigits: 6, useGrouping: false });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: zone });
  const utcDay = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  return {
    locale,
    zone,
    number: (value) => number.format(value),
    compact: (value) => compact.format(value),
    percent: (share) => percent.format(share),
    bytes: (value) => formatBytes(locale, value),
    span: (ms) => formatSpan(locale, ms),
    time: (micros) => formatFine(fine, digits, micros),
    timeShort: (micros) => short.format(micros / 1000),
    clock: (micros) => clock.format(micros / 1000),
    period: (from, to) => short.formatRange(Math.min(from, to) / 1000, Math.max(from, to) / 1000),
    periodShort: (from, to) => brief.formatRange(Math.min(from, to) / 1000, Math.max(from, to) / 1000),
    day: (micros) => day.format(micros / 1000),
    utcDay: (text) => utcDay.format(Date.parse(`${text}T00:00:00Z`)),
  };
}

/** Intl knows milliseconds only: its three digits are replaced by the six that were written. */
function formatFine(format: Intl.DateTimeFormat, digits: Intl.NumberFormat, micros: number): string {
  const fraction = ((micros % 1_000_000) + 1_000_000) % 1_000_000;
  return format
    .formatToParts(Math.floor(micros / 1000))
    .map(({ type, value }) => (type === 'fractionalSecond' ? digits.format(fraction) : value))
    .join('');
}

function formatBytes(locale: string, value: number): string {
  const power = value < 1000 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log10(value) / 3));
  const unit = BYTE_UNITS[power] ?? 'byte';
  const scaled = value / 1000 ** power;
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: scaled < 10 && power > 0 ? 1 : 0,
  }).format(scaled);
}

function formatSpan(locale: string, ms: number): string {
  if (ms < 1000) {
    return new Intl.NumberFormat(locale, {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'short',
      maximumFractionDigits: 3,
    }).format(Math.max(0, ms) / 1000);
  }
  const first = SPAN_UNITS.findIndex(([, size]) => ms >= size);
  let rest = Math.round(ms / 1000) * 1000;
  const parts: string[] = [];
  for (const [unit, size] of SPAN_UNITS.slice(first, first + 2)) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0 || parts.length === 0) {
      parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }).format(amount));
    }
  }
  return parts.join(' ');
}

/** Microseconds of a timestamp as written, or NaN: the fraction is read apart, since Date keeps milliseconds. */
export function readMicros(ts: string): number {
  const [, whole, fraction = '', offset = 'Z'] =
    /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:?\d\d)?$/i.exec(ts) ?? [];
  if (whole === undefined) return Number.NaN;
  const zone = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
  return Date.parse(`${whole.replace(' ', 'T')}${zone}`) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

/** The reverse of `readMicros`: ISO 8601 in UTC, to the microsecond. */
export function writeMicros(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = String(micros - millis * 1000).padStart(3, '0');
  return new Date(millis).toISOString().replace('Z', `${rest}Z`);
}

/** `2024-01-15T08:30` in a zone, as ISO 8601 with offset; undefined where it is no time. */
export function writeInstant(local: string, zone: string): string | undefined {
  // Date.parse takes almost anything for a time, an empty field as well.
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?$/.test(local)) return undefined;
  const asUtc = Date.parse(`${local}${local.length <= 16 ? ':00' : ''}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The offset depends on the instant and the instant on the offset: the second round settles it.
  const guess = asUtc - offsetAt(asUtc, zone);
  return new Date(asUtc - offsetAt(guess, zone)).toISOString();
}

/** The reverse of `writeInstant`: what a clock in the zone shows, as a `datetime-local` field takes it. */
export function readInstant(iso: string, zone: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? '' : new Date(at + offsetAt(at, zone)).toISOString().slice(0, 19);
}

/** How far a zone is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
